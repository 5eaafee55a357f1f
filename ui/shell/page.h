// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/attention.h"
#include "shell/cluster_abilities.h"
#include "shell/commands.h"
#include "shell/job_runner.h"
#include "shell/ledger_watch.h"
#include "shell/live_feed.h"
#include "shell/mesh_health.h"
#include "shell/navigator.h"
#include "shell/schema_feed.h"
#include "shell/services.h"
#include "shell/settings.h"

#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace meshbone::ui {

class Button;
class MessageBar;
class PageHeader;
class ViolationFeed;

/// What every page gets from the window; outlives all pages.
struct PageContext {
    Services& services;
    Navigator& navigator;
    JobRunner& jobs;
    CommandRegistry& commands;
    Settings& settings;
    LiveFeed& feed;
    MeshHealth& health;
    LedgerWatch& ledger;
    AttentionFeed& attention;
    ClusterAbilities& abilities;
    SchemaFeed& schemas;
    ViolationFeed& violations;
    /// Of the pages: what is built inside where it belongs is styled once, what is put there later once more for each
    /// level. Null before the window is built.
    QWidget* pageParent = nullptr;
};

/// A page: header (back, forward, title, remark, actions), the message when the backbone is away, content. Pages are
/// made when they are first shown and live as long as the window.
class Page : public QWidget {
    Q_OBJECT
public:
    Page(PageContext& context, const QString& id, const QString& title);
    ~Page() override;

    [[nodiscard]] const QString& id() const { return m_id; }
    /// Everything that the page loads by itself is there (or has failed, and it says so). The tour waits for it.
    [[nodiscard]] virtual bool isSettled() const = 0;
    /// The page has become visible, or what is selected has changed while it is.
    virtual void showSelection(const Selection& selection) { Q_UNUSED(selection); }
    /// Called when the page becomes visible and when it is left; to start and stop what costs something.
    virtual void entered() {}
    virtual void left() {}
    /// Shown at the right, 320 px wide, while the page is visible; null: none. Owned by the page.
    [[nodiscard]] virtual QWidget* inspector() { return nullptr; }
    /// Takes the focus for "/" (the filter line, as a rule).
    virtual void focusFilter() {}

protected:
    [[nodiscard]] PageContext& context() const { return m_context; }
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }   ///< no margins; pages set their own
    [[nodiscard]] MessageBar* messageBar() const { return m_message; } ///< the page's own messages, above the content
    void setRemark(const QString& remark);       ///< beside the title, for example "11 topics, 4 internal hidden"
    void setCrumb(const QString& here);          ///< "Lineage › here"; empty: the title alone
    void addHeaderWidget(QWidget* widget);       ///< at the right
    Button* addHeaderCommand(const QString& id); ///< the command's button, at the right
    [[nodiscard]] bool isUnreachable() const;
    /// The page that the window shows. What another page shows is made when it is entered, not at each piece of news.
    [[nodiscard]] bool isCurrent() const { return m_context.navigator.page() == m_id; }
    /// Runs `update`, a member of the page, at each piece of news while the page is the current one; entered() makes up
    /// for the rest.
    template <class Source, class News, class Self>
    void follow(Source* source, News news, void (Self::*update)()) {
        connect(source, news, this, [this, update] {
            if (isCurrent()) {
                (static_cast<Self*>(this)->*update)();
            }
        });
    }
    /// "as of 14:31:52" while the backbone is away, else empty: for setRemark.
    [[nodiscard]] QString asOf() const;

private:
    void updateReachability();
    PageContext& m_context;
    QString m_id;
    PageHeader* m_header = nullptr;
    MessageBar* m_away = nullptr;
    MessageBar* m_message = nullptr;
    QVBoxLayout* m_content = nullptr;
};

/// A page of the navigation.
struct PageEntry {
    QString id;    ///< "topics"
    QString title; ///< "Topics"
    QString icon;
    std::function<Page*(PageContext&)> make;
    /// Registers the commands of the page that work elsewhere too, before any page is made. May be empty.
    std::function<void(PageContext&)> install = {};
    /// What waits for the person there; shown beside its name. May be empty.
    std::function<int(const PageContext&)> counter = {};
};
using PageRegistry = std::vector<PageEntry>;

} // namespace meshbone::ui
