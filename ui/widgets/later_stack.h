// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStackedWidget>
#include <QTimer>

#include <functional>
#include <vector>

namespace meshbone::ui {

/// The pages behind tabs. One that is added with a maker is made when it is shown for the first time, or else at a turn
/// of the event loop of its own: all at once would hold the window. GUI thread.
class LaterStack : public QStackedWidget {
    Q_OBJECT
public:
    explicit LaterStack(QWidget* parent = nullptr);
    /// A page that is there. Pages are counted in the order in which they are added, from 0.
    void add(QWidget* page);
    /// A page that `make` will make, once.
    void addLater(std::function<QWidget*()> make);
    void showPage(int index);
    /// null: not made yet
    [[nodiscard]] QWidget* page(int index) const { return m_pages[static_cast<std::size_t>(index)].widget; }
    [[nodiscard]] bool isComplete() const { return !m_rest.isActive(); }

signals:
    /// A page was made that nobody asked for yet.
    void madeAhead(int index);

private:
    struct Later {
        std::function<QWidget*()> make; ///< empty once it is made
        QWidget* widget = nullptr;
    };
    void make(int index);
    void makeNext();

    std::vector<Later> m_pages;
    QTimer m_rest; ///< runs as long as pages are to be made
};

} // namespace meshbone::ui
