// SPDX-License-Identifier: Apache-2.0
#include "access/inbox_view.h"

#include "access/request_actions.h"
#include "access/request_panel.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kListWidth = 376;
constexpr int kInboxRowHeight = 52;
constexpr int kFilterWidth = 190;
constexpr int kFootHeight = 56;
} // namespace

InboxView::InboxView(PageContext& context, QWidget* parent)
    : AccessView(context, parent)
    , m_rows(
          context.jobs, this,
          [&context] {
              return [catalog = context.feed.catalog(), person = context.services.person](const JobContext&) {
                  return inboxRows(*catalog, person, nowMs());
              };
          },
          [this](std::vector<InboxRow> rows) { showRows(std::move(rows)); }) {
    setObjectName(QStringLiteral("inboxView"));
    m_model = new InboxModel(this);
    m_actions = new RequestActions(context, this);
    registerCommands();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList());
    layout->addWidget(buildDetail(), 1);
    connect(m_actions, &RequestActions::done, this,
            [this](const QString& sentence) { sayOutcome(Tone::Ok, sentence); });
    connect(m_actions, &RequestActions::failed, this,
            [this](const QString& sentence) { sayOutcome(Tone::Danger, sentence); });
    connect(&context.abilities, &ClusterAbilities::changed, this, &InboxView::showButtons);
    m_panel->showNothing(tr("Choose a request to see what it would allow, and who must agree."));
    showButtons();
}

QWidget* InboxView::buildList() {
    auto* side = new QWidget;
    side->setFixedWidth(kListWidth);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 10, 0, 0);
    layout->setSpacing(0);
    m_which = new Segmented({tr("Waiting for me"), tr("Mine"), tr("All")}, tr("Which requests"));
    m_which->setObjectName(QStringLiteral("inboxWhich"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_which);
    row->addStretch(1);
    layout->addLayout(row);
    m_list = new ListPanel(QStringLiteral("inbox"));
    m_list->filterLine()->setFixedWidth(kFilterWidth);
    m_list->table()->setAccessibleName(tr("Requests"));
    m_list->table()->setRowHeight(kInboxRowHeight);
    m_list->setSource(m_model);
    for (int column = InboxModel::Id; column < m_model->columnCount(); ++column) {
        m_list->table()->setColumnHidden(column, true); // for copies and exports
    }
    m_list->table()->horizontalHeader()->hide();
    layout->addWidget(m_list, 1);
    auto* keys = new QHBoxLayout;
    keys->setContentsMargins(16, 6, 16, 8);
    keys->setSpacing(6);
    for (const auto& [key, word] :
         {std::pair(QStringLiteral("J"), QString()), std::pair(QStringLiteral("K"), tr("move")),
          std::pair(QStringLiteral("Y"), tr("approve")), std::pair(QStringLiteral("N"), tr("decline"))}) {
        keys->addWidget(new KeyCaps(key));
        if (!word.isEmpty()) {
            keys->addWidget(new Label(word, TextStyle::Secondary, Token::Text3));
            keys->addSpacing(6);
        }
    }
    keys->addStretch(1);
    layout->addLayout(keys);
    connect(m_which, &Segmented::currentChanged, this, [this] {
        m_list->rowFilter()->invalidateCondition();
        chooseSomething();
        refresh();
    });
    m_list->rowFilter()->setCondition([this](int row) {
        const auto& one = m_model->at(row);
        return m_which->current() == All || (m_which->current() == Mine ? one.isMine : one.waitsForMe);
    });
    connect(m_list->table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InboxView::showCurrent);
    return side;
}

QWidget* InboxView::buildDetail() {
    m_panel = new RequestPanel(context());
    auto* messages = new QVBoxLayout;
    messages->setContentsMargins(24, 0, 24, 8);
    m_outcome = new MessageBar;
    m_outcome->setObjectName(QStringLiteral("inboxOutcome"));
    messages->addWidget(m_outcome);
    m_panel->foot()->addLayout(messages);
    auto* foot = new Ground(Token::Surface, Qt::TopEdge);
    foot->setFixedHeight(kFootHeight);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 1, 16, 0);
    row->setSpacing(8);
    m_effect = new Label({}, TextStyle::Secondary, Token::Text2);
    m_effect->setObjectName(QStringLiteral("inboxEffect"));
    m_effect->setElided(true);
    row->addWidget(m_effect, 1);
    const auto add = [&](const QString& id, QList<QWidget*>& group, ButtonKind kind = ButtonKind::Plain) {
        auto* button = context().commands.makeButton(id);
        button->setKind(kind);
        row->addWidget(button);
        group << button;
    };
    add(QStringLiteral("request.withdraw"), m_own);
    add(QStringLiteral("request.amend"), m_own);
    add(QStringLiteral("request.remind"), m_own);
    add(QStringLiteral("request.reopen"), m_own);
    add(QStringLiteral("request.decline"), m_decide, ButtonKind::Danger);
    add(QStringLiteral("request.change"), m_decide);
    add(QStringLiteral("request.approve"), m_decide, ButtonKind::Primary);
    m_panel->foot()->addWidget(foot);
    connect(m_panel, &RequestPanel::smallerAsked, this, [this] {
        const auto row = m_list->currentSourceRow();
        if (row >= 0 && m_panel->facts() != nullptr && m_panel->facts()->smaller) {
            m_actions->approveWithChanges(m_model->at(row).request, *m_panel->facts()->smaller);
        }
    });
    connect(m_panel, &RequestPanel::factsChanged, this, &InboxView::showButtons);
    return m_panel;
}

void InboxView::registerCommands() {
    const auto add = [this](const QString& id, const QString& title, Qt::Key key, int rows) {
        context().commands.add(this, {id,
                                      title,
                                      tr("Access"),
                                      QKeySequence(key),
                                      {},
                                      kAccessPage,
                                      [this, rows] { move(rows); },
                                      [this] { return isVisible() ? QString() : tr("Open the inbox first."); },
                                      false});
    };
    add(QStringLiteral("request.next"), tr("Next Request"), Qt::Key_J, 1);
    add(QStringLiteral("request.previous"), tr("Previous Request"), Qt::Key_K, -1);
}

void InboxView::move(int rows) {
    auto* table = m_list->table();
    const auto count = table->model()->rowCount();
    if (count == 0) {
        return;
    }
    const auto at = table->currentIndex().isValid() ? table->currentIndex().row() + rows : 0;
    table->setFocus(Qt::ShortcutFocusReason);
    table->selectRow(std::clamp(at, 0, count - 1));
}

bool InboxView::isSettled() const {
    return m_rows.isIdle() && m_panel->isSettled() && context().jobs.isIdle(m_actions);
}

void InboxView::entered() {
    m_outcome->hide();
    context().commands.refresh();
}

QStringList InboxView::headerCommands() const {
    QStringList ids;
    for (const auto& id : {QStringLiteral("access.explain"), QStringLiteral("access.request")}) {
        if (context().commands.action(id) != nullptr) {
            ids << id;
        }
    }
    return ids;
}

void InboxView::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void InboxView::refresh() {
    const auto& catalog = *context().feed.catalog();
    const auto waiting = static_cast<int>(catalog.access.pending.size());
    emit counterChanged(waiting == 0 ? QString() : formatCount(waiting), Tone::Accent);
    if (isCurrent()) { // another tab's rows are made when it is shown
        m_list->setLoading(m_model->rowCount() == 0, tr("Reading the catalog…"));
        m_rows.ask();
    }
}

void InboxView::showRows(std::vector<InboxRow> rows) {
    m_list->setLoading(!context().feed.isCatalogLoaded(), tr("Reading the catalog…"));
    if (!m_model->setRows(std::move(rows))) {
        m_list->rowFilter()->invalidateCondition();
    }
    auto* empty = m_list->emptyView();
    empty->setMessage(QStringLiteral("access"), tr("No requests yet"),
                      tr("Whoever needs a topic asks for it, from the topic, the product or the lineage."));
    if (context().commands.action(QStringLiteral("access.request")) != nullptr) {
        empty->setAction(tr("Request Access…"), [this] { context().commands.run(QStringLiteral("access.request")); });
    }
    chooseSomething();
    m_isFollowing = true; // news choose nothing for the window
    showCurrent();
    m_isFollowing = false;
}

/// What is wanted, else what is chosen already, else the first.
void InboxView::chooseSomething() {
    auto* table = m_list->table();
    if (!m_wanted.isEmpty()) {
        const auto row = m_model->rowOf(m_wanted);
        if (row >= 0) {
            m_wanted.clear();
            m_isFollowing = true;
            if (!m_list->rowFilter()->mapFromSource(m_model->index(row, 0)).isValid()) {
                m_which->setCurrent(All);
            }
            m_list->selectSourceRow(row);
            m_isFollowing = false;
        }
    } else if (!table->currentIndex().isValid() && table->model()->rowCount() > 0) {
        m_isFollowing = true;
        table->selectRow(0);
        m_isFollowing = false;
    }
}

void InboxView::showSelection(const Selection& selection) {
    if (selection.kind != SelectionKind::Request) {
        return;
    }
    if (const auto row = m_model->rowOf(selection.name); row < 0 || row != m_list->currentSourceRow()) {
        m_wanted = selection.name;
        chooseSomething();
    }
}

void InboxView::showCurrent() {
    std::vector<catalog::AccessRequest> chosen;
    for (const auto row : m_list->selectedSourceRows()) {
        chosen.push_back(m_model->at(row).request);
    }
    const auto current = m_list->currentSourceRow();
    m_actions->setChosen(std::move(chosen));
    if (current < 0) {
        m_panel->showNothing(m_which->current() == ForMe ? tr("Nothing waits for you.")
                                                         : tr("Choose a request to see what it would allow."));
    } else {
        const auto& request = m_model->at(current).request;
        if (!m_isFollowing && isCurrent()) {
            context().navigator.select({SelectionKind::Request, text(request.id)});
        }
        m_panel->show(request);
    }
    showButtons();
}

/// Who may decide gets those buttons, who asked gets theirs; nobody both.
void InboxView::showButtons() {
    const auto& chosen = m_actions->chosen();
    const bool decides = !m_actions->decidable().empty();
    const bool mine = !decides && chosen.size() == 1 && chosen.front().author == context().services.person;
    for (auto* button : m_decide) {
        button->setVisible(!mine);
    }
    for (auto* button : m_own) {
        button->setVisible(mine && button->isEnabled());
    }
    m_effect->setText(decides          ? m_actions->enforcementText()
                      : chosen.empty() ? QString()
                                       : context().commands.whyDisabled(QStringLiteral("request.approve")));
}

void InboxView::sayOutcome(Tone tone, const QString& sentence) {
    const auto why = tone == Tone::Ok ? m_actions->whyEnforcementWaits() : QString();
    m_outcome->say(tone, sentence, why.isEmpty() ? QString() : tr("What is approved waits: %1").arg(why));
}

} // namespace meshbone::ui
