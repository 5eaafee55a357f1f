// SPDX-License-Identifier: Apache-2.0
#include "audit/audit_page.h"

#include "audit/entry_panel.h"
#include "audit/evidence.h"
#include "audit/ledger_model.h"
#include "audit/undo_action.h"
#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/export_rows.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kEntryWidth = 440;
constexpr qint64 kDayMs = 86'400'000;
} // namespace

AuditPage::AuditPage(PageContext& context)
    : Page(context, QStringLiteral("audit"), tr("Audit")) {
    registerCommands();
    addHeaderCommand(QStringLiteral("audit.verify"));
    addHeaderCommand(QStringLiteral("audit.export"));
    m_chain = new MessageBar;
    m_chain->setObjectName(QStringLiteral("chainMessage"));
    auto* bar = new QVBoxLayout;
    bar->setContentsMargins(16, 12, 16, 4);
    bar->addWidget(m_chain);
    content()->addLayout(bar);
    buildList();
    buildUndo();
    m_entry = new EntryPanel(context);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_list);
    splitter->addWidget(m_entry);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({1000, kEntryWidth});
    content()->addWidget(splitter, 1);
    connect(m_entry, &EntryPanel::closeAsked, this, [this] { m_entry->hide(); });
    connect(m_undo, &UndoAction::changed, this, [this] { m_entry->setUndoable(m_undo->canUndo()); });
    connect(&context.ledger, &LedgerWatch::changed, this, &AuditPage::updateChain);
    connect(&context.feed, &LiveFeed::catalogChanged, this, [this] {
        m_model->reload();
        fillAuthors();
        updateChain();
    });
    connect(&context.feed, &LiveFeed::stateChanged, this, &AuditPage::updateRemark);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, [this] {
        updateChain();
        openCurrent(m_list->currentSourceRow());
    });
    updateChain();
    updateRemark();
    fillAuthors();
    fillActs();
    if (context.services.catalog != nullptr) {
        m_list->setLoading(true, tr("Reading the ledger…"));
        m_model->setQuery({});
    }
}

void AuditPage::registerCommands() {
    const auto why = [this]() -> QString {
        return context().services.catalog == nullptr ? text(context().services.catalogProblem) : QString();
    };
    context().commands.add(
        this,
        {QStringLiteral("audit.verify"), tr("Verify Chain"), tr("Audit"), QKeySequence(Qt::Key_F5),
         QStringLiteral("shield"), id(), [this] { context().ledger.verify(); },
         [this, why] { return context().ledger.isVerifying() ? tr("The chain is being verified.") : why(); }, false});
    context().commands.add(this, {QStringLiteral("audit.export"),
                                  tr("Export Evidence…"),
                                  tr("Audit"),
                                  {},
                                  QStringLiteral("export"),
                                  id(),
                                  [this] { exportEvidence(); },
                                  why,
                                  false});
}

void AuditPage::buildUndo() {
    m_undo = new UndoAction(context(), this);
    connect(m_undo, &UndoAction::undone, this, &AuditPage::sayUndone);
    connect(m_undo, &UndoAction::failed, this, [this](const QString& sentence) {
        messageBar()->clearActions();
        messageBar()->say(Tone::Danger, tr("The entry is not undone."), sentence);
    });
}

void AuditPage::sayUndone(std::int64_t entry, std::int64_t byEntry) {
    messageBar()->clearActions();
    messageBar()->say(Tone::Ok, tr("Entry #%1 is undone by entry #%2.").arg(formatCount(entry), formatCount(byEntry)),
                      tr("Both stay in the ledger; the new one can be undone in turn."));
    messageBar()->addAction(tr("Show Entry"), [this, byEntry] {
        context().navigator.select({SelectionKind::Entry, QString::number(byEntry)});
    });
    messageBar()->addAction(tr("Dismiss"), [this] { messageBar()->hide(); });
}

void AuditPage::buildList() {
    m_model = new LedgerModel(context().services.catalog, context().jobs, this);
    m_list = new ListPanel(QStringLiteral("audit"));
    m_list->table()->setAccessibleName(tr("Entries of the ledger"));
    m_list->filterLine()->setMinimumWidth(140); // beside three filters it gives way
    m_list->filterLine()->setMaximumWidth(240);
    m_who = addMenuFilter(QStringLiteral("auditWho"), tr("Who"), tr("Anyone"));
    m_act = addMenuFilter(QStringLiteral("auditAct"), {}, tr("Any act"));
    m_when = addMenuFilter(QStringLiteral("auditWhen"), {}, tr("Any time"));
    m_when->setIconName(QStringLiteral("clock"));
    for (const auto& [days, title] : {std::pair(0, tr("Any time")), std::pair(1, tr("Last 24 hours")),
                                      std::pair(7, tr("Last 7 days")), std::pair(30, tr("Last 30 days"))}) {
        m_when->menu()->addAction(title, this, [this, days, title] { setTimeFilter(days, title); });
    }
    m_list->setSource(m_model, ListPanel::Filtering::ByModel);
    if (context().services.catalog == nullptr) {
        m_list->emptyView()->setMessage(QStringLiteral("audit"), tr("The ledger can't be opened"),
                                        text(context().services.catalogProblem));
    } else {
        m_list->emptyView()->setMessage(
            QStringLiteral("audit"), tr("Nothing has been decided yet"),
            tr("Every change of a domain, product, owner or topic becomes an entry here, signed by its "
               "author and chained to the one before."));
        m_list->emptyView()->setAction(tr("Open Products"),
                                       [this] { context().navigator.goTo(QStringLiteral("products")); });
    }
    connect(m_list, &ListPanel::filterChanged, this, [this](const QString& filter) {
        auto query = m_model->query();
        query.contains = filter.toStdString();
        m_model->setQuery(query);
    });
    connect(m_list, &ListPanel::currentChanged, this, [this](int row) {
        openCurrent(row);
        if (row >= 0 && !m_following) {
            context().navigator.select({SelectionKind::Entry, QString::number(m_model->at(row).number)});
        }
    });
    m_list->setContextMenu([this](QMenu& menu) { context().commands.addToMenu(menu, {QStringLiteral("audit.undo")}); });
    connect(m_list, &ListPanel::activated, this, [this](int row) { openCurrent(row); });
    connect(m_model, &LedgerModel::loaded, this, &AuditPage::loaded);
}

Button* AuditPage::addMenuFilter(const QString& name, const QString& prefix, const QString& any) {
    auto* button = new Button(any);
    button->setObjectName(name);
    button->setPrefix(prefix);
    button->setMenu(new QMenu(button));
    m_list->addFilter(button);
    return button;
}

void AuditPage::fillAuthors() {
    auto* menu = m_who->menu();
    menu->clear();
    const auto choose = [this](const std::string& author, const QString& title) {
        m_who->setText(title);
        auto query = m_model->query();
        query.author = author;
        m_model->setQuery(query);
    };
    menu->addAction(tr("Anyone"), this, [choose] { choose({}, tr("Anyone")); });
    menu->addSeparator();
    for (const auto& person : context().feed.catalog()->people) {
        const auto title = text(person.name.empty() ? person.id : person.name);
        menu->addAction(title, this, [choose, id = person.id, title] { choose(id, title); });
    }
}

void AuditPage::fillActs() {
    auto* menu = m_act->menu();
    menu->clear();
    const auto choose = [this](const QString& act, const QString& title) {
        m_act->setText(title);
        auto query = m_model->query();
        query.act = act.toStdString();
        m_model->setQuery(query);
    };
    menu->addAction(tr("Any act"), this, [choose] { choose({}, tr("Any act")); });
    menu->addSeparator();
    QStringList acts(m_acts.begin(), m_acts.end());
    acts.sort();
    for (const auto& act : acts) {
        const auto title = actTitle(act.toStdString());
        menu->addAction(icon(actIcon(act.toStdString())), title, this, [choose, act, title] { choose(act, title); });
    }
}

void AuditPage::setTimeFilter(int days, const QString& title) {
    m_when->setText(title);
    auto query = m_model->query();
    query.fromMs = days == 0 ? std::nullopt : std::optional(QDateTime::currentMSecsSinceEpoch() - days * kDayMs);
    m_model->setQuery(query);
}

void AuditPage::loaded() {
    m_list->setLoading(false);
    if (!m_model->error().isEmpty()) {
        messageBar()->clearActions();
        messageBar()->say(Tone::Danger, m_model->error());
        m_loadFailed = true;
    } else if (std::exchange(m_loadFailed, false)) {
        messageBar()->hide();
    }
    m_list->setCounts(m_model->matching(), m_model->total());
    const auto known = m_acts.size();
    for (const auto& entry : m_model->rows()) {
        m_acts.insert(text(entry.act));
    }
    if (m_acts.size() != known) {
        fillActs();
    }
    updateRemark();
    if (m_wanted >= 0) {
        showSelection({SelectionKind::Entry, QString::number(m_wanted)});
    } else if (m_list->currentSourceRow() < 0 && m_model->rowCount() > 0) {
        m_following = true;
        m_list->selectSourceRow(0);
        m_following = false;
    }
}

void AuditPage::openCurrent(int row) {
    if (row >= 0 && row < m_model->rowCount()) {
        m_entry->show(m_model->at(row));
        m_entry->QWidget::show();
        m_undo->setEntry(m_model->at(row).number);
    } else if (m_model->rowCount() == 0) {
        m_entry->showNothing();
        m_undo->setEntry(std::nullopt);
    }
}

void AuditPage::showSelection(const Selection& selection) {
    m_wanted = -1;
    if (selection.kind != SelectionKind::Entry) {
        return;
    }
    const auto row = m_model->rowOf(selection.name);
    if (row >= 0) {
        if (row != m_list->currentSourceRow()) {
            m_following = true;
            m_list->selectSourceRow(row);
            m_following = false;
        }
    } else if (m_model->isLoading() || selection.name.toLongLong() >= m_model->total()) {
        m_wanted = selection.name.toLongLong(); // it may be among those that are on their way
    }
}

void AuditPage::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

bool AuditPage::isSettled() const {
    return !m_model->isLoading() && m_undo->isSettled() && context().ledger.isSettled();
}

void AuditPage::updateRemark() {
    const auto away = asOf();
    const auto count =
        tr("ledger _meshbone.ledger, %1 entries").arg(formatCount(context().feed.catalog()->status.appliedEntries));
    setRemark(away.isEmpty() ? count : QStringLiteral("%1, %2").arg(count, away));
}

void AuditPage::updateChain() {
    const auto words = chainWords(context().ledger);
    m_chain->clearActions();
    m_chain->say(words.tone, words.sentence, words.detail);
    const auto& report = context().ledger.report();
    if (report && !report->head.empty()) {
        m_chain->addAction(tr("Copy Head Hash"),
                           [head = text(report->head)] { QGuiApplication::clipboard()->setText(head); });
    }
    if (report && report->firstWrong) {
        m_chain->addAction(tr("Show Entry"), [this, wrong = *report->firstWrong] {
            context().navigator.select({SelectionKind::Entry, QString::number(wrong)});
        });
    }
    context().commands.refresh();
}

void AuditPage::exportEvidence() {
    const auto path = QFileDialog::getSaveFileName(this, tr("Export evidence"), QStringLiteral("ledger-evidence.json"),
                                                   tr("JSON (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    auto* catalog = context().services.catalog;
    context().jobs.run(
        this, {.title = tr("Exporting the ledger"), .key = QStringLiteral("export")},
        [catalog, query = m_model->query(), report = context().ledger.report(),
         path](const JobContext& job) -> Result<qint64> { return writeEvidence(*catalog, query, report, path, job); },
        [this, path](const Result<qint64>& written) {
            messageBar()->clearActions();
            if (written) {
                messageBar()->say(
                    Tone::Ok, tr("%1 entries with their hashes are written to “%2”.").arg(formatCount(*written), path));
            } else {
                messageBar()->say(Tone::Danger, text(written.error().message));
            }
            messageBar()->addAction(tr("Dismiss"), [this] { messageBar()->hide(); });
        });
}

} // namespace meshbone::ui
