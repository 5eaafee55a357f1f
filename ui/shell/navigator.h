// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace meshbone::ui {

enum class SelectionKind : quint8 {
    None,
    Topic,
    Product,
    Domain,
    Team,
    Person,
    Client,
    Run,
    Entry,
    Group,
    Principal, ///< "User:flights-loader"
    Request,   ///< of access, by id
    Grant,     ///< by id
    Campaign,  ///< a recertification, by id
    Drift,     ///< what isn't on the backbone as agreed
    Schema,    ///< a subject of the schema registry
};

/// What is selected in the whole window: one thing, by its name or id.
struct Selection {
    SelectionKind kind = SelectionKind::None;
    QString name;
    friend bool operator==(const Selection&, const Selection&) = default;
    [[nodiscard]] bool isNone() const { return kind == SelectionKind::None; }
};

/// Where the window is: a page and what is selected on it.
struct Place {
    QString page;
    Selection selection;
    friend bool operator==(const Place&, const Place&) = default;
};

/// Where the window is, where it was and where it can go back to. One selection travels: going to another page keeps
/// it. GUI thread.
class Navigator : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const Place& place() const { return m_place; }
    [[nodiscard]] const QString& page() const { return m_place.page; }
    [[nodiscard]] const Selection& selection() const { return m_place.selection; }

    /// Goes to a page with the selection as it is.
    void goTo(const QString& page);
    /// Goes to a page and selects something there; a step that Back undoes.
    void goTo(const QString& page, const Selection& selection);
    /// Selects on the current page. Small steps (rows of a list) replace the place instead of adding to the history.
    void select(const Selection& selection);

    [[nodiscard]] bool canGoBack() const { return !m_back.isEmpty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.isEmpty(); }
    void back();
    void forward();

signals:
    void placeChanged(const meshbone::ui::Place& place);
    void selectionChanged(const meshbone::ui::Selection& selection);
    void historyChanged();

private:
    void move(const Place& place);
    Place m_place;
    QList<Place> m_back, m_forward; ///< at most kHistory each
};

} // namespace meshbone::ui
