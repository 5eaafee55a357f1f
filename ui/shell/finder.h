// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QAbstractListModel>
#include <QWidget>

class QLineEdit;
class QListView;

namespace meshbone::ui {

class Label;

/// One line of the finder: a command, or a thing to go to.
struct FinderItem {
    QString group; ///< heading above the first of a group
    QString icon;
    QString text;
    QString detail;
    QString shortcut;
    QString whyDisabled; ///< not empty: shown as detail, can't be run
    std::function<void()> run;
};

/// What is found; a plain list. The query is kept to mark it in the texts.
class FinderModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setItems(QList<FinderItem> items, const QString& query);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] const FinderItem& at(int row) const { return m_items.at(row); }
    [[nodiscard]] bool startsGroup(int row) const { return row == 0 || at(row).group != at(row - 1).group; }
    [[nodiscard]] const QString& query() const { return m_query; }

private:
    QList<FinderItem> m_items;
    QString m_query;
};

/// The command palette (Ctrl+Shift+P) and the global search (Ctrl+K) in one: a box over the dimmed window. The palette
/// lists commands first, the search things first. Down and Up move, Enter runs, Esc closes and gives the focus back.
class Finder : public QWidget {
    Q_OBJECT
public:
    enum class Mode : quint8 { Commands, Things };
    Finder(PageContext& context, const PageRegistry& pages, QWidget* window);
    void open(Mode mode);
    void close();
    [[nodiscard]] bool isOpen() const { return isVisible(); }
    [[nodiscard]] const FinderModel& model() const { return *m_model; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Box;
    class Delegate;
    void search(const QString& text);
    void moveCurrent(int step);
    void runCurrent();
    void placeBox();

    PageContext& m_context;
    const PageRegistry& m_pages;
    Mode m_mode = Mode::Commands;
    Box* m_box = nullptr;
    QLineEdit* m_line = nullptr;
    Label* m_count = nullptr;
    QListView* m_list = nullptr;
    FinderModel* m_model = nullptr;
    QPointer<QWidget> m_before; ///< had the focus
};

/// What the finder finds for a text; the order is that of the mode.
QList<FinderItem> findThings(PageContext& context, const PageRegistry& pages, const QString& text);
QList<FinderItem> findCommands(PageContext& context, const QString& text);

} // namespace meshbone::ui
