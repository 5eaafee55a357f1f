// SPDX-License-Identifier: Apache-2.0
#include "audit/audit_page.h"

#include "access/as_of_dialog.h"
#include "audit/audit_filters.h"
#include "audit/chain_words.h"
#include "audit/entry_panel.h"
#include "audit/evidence_dialog.h"
#include "audit/ledger_model.h"
#include "audit/undo_action.h"
#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kEntryWidth = 440;
} // namespace

AuditPage::AuditPage(PageContext& context)
    : Page(context, QStringLiteral("audit"), tr("Audit")) {
    registerCommands();
    addHeaderCommand(QStringLiteral("audit.asOf"));
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
    auto* splitter = new QSplitter(Qt::Horizontal, this);
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
        m_filters->fillAuthors();
        updateChain();
    });
    connect(&context.feed, &LiveFeed::stateChanged, this, &AuditPage::updateRemark);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, [this] {
        updateChain();
        openCurrent(m_list->currentSourceRow());
    });
    updateChain();
    updateRemark();
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
    const auto add = [this](const char* command, const QString& text, const char* icon, std::function<void()> run,
                            std::function<QString()> whyDisabled) {
        context().commands.add(this, {QLatin1String(command),
                                      text,
                                      tr("Audit"),
                                      {},
                                      QLatin1String(icon),
                                      id(),
                                      std::move(run),
                                      std::move(whyDisabled),
                                      false});
    };
    add(
        "audit.export", tr("Export Evidence…"), "export", [this] { exportEvidence(); }, why);
    add("audit.check", tr("Check an Evidence File…"), "shield", [this] { checkEvidence(); }, {});
    add(
        "audit.asOf", tr("Access As Of…"), "clock", [this] { showAsOf(); }, why);
}

void AuditPage::buildUndo() {
    m_undo = new UndoAction(context(), this);
    connect(m_undo, &UndoAction::undone, this, &AuditPage::sayUndone);
    connect(m_undo, &UndoAction::failed, this,
            [this](const QString& sentence) { say(Tone::Danger, tr("The entry is not undone."), sentence); });
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
    m_model->setSubjects(
        [this](const catalog::LedgerEntry& entry) { return entrySubject(entry, &context().feed.catalog()->access); });
    m_list = new ListPanel(QStringLiteral("audit"), this);
    m_list->table()->setAccessibleName(tr("Entries of the ledger"));
    m_list->filterLine()->setMinimumWidth(110); // beside four filters it gives way
    m_list->filterLine()->setMaximumWidth(240);
    m_filters = new AuditFilters(context(), *m_list, this);
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
    connect(m_list, &ListPanel::filterChanged, m_filters, &AuditFilters::setContains);
    connect(m_filters, &AuditFilters::changed, this, [this] { m_model->setQuery(m_filters->query()); });
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
    m_filters->addActs(m_model->rows());
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
        m_undo->setEntry(m_model->at(row));
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

void AuditPage::say(Tone tone, const QString& sentence, const QString& detail) {
    messageBar()->clearActions();
    messageBar()->say(tone, sentence, detail);
    messageBar()->addAction(tr("Dismiss"), [this] { messageBar()->hide(); });
}

void AuditPage::exportEvidence() {
    auto* dialog = new EvidenceDialog(context(), m_filters->about(), this);
    connect(dialog, &EvidenceDialog::written, this, [this](const EvidenceWritten& done) {
        if (done.report.isGenuine()) {
            say(Tone::Ok, tr("The evidence is written to “%1”.").arg(done.path), evidenceWords(done.report));
        } else {
            say(Tone::Danger, tr("The evidence is written to “%1”, and the ledger itself doesn't hold.").arg(done.path),
                text(done.report.wrong.front().what));
        }
    });
    dialog->open();
}

void AuditPage::checkEvidence() {
    const auto path =
        QFileDialog::getOpenFileName(this, tr("Check an Evidence File"), {}, tr("Evidence (*.jsonl);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    context().jobs.run(
        this, {.title = tr("Checking the evidence"), .key = QStringLiteral("check")},
        [path](const JobContext&) { return checkEvidenceFile(path); },
        [this, path](const Result<catalog::EvidenceReport>& report) {
            if (!report) {
                say(Tone::Danger, text(report.error().message));
            } else if (report->isGenuine()) {
                say(Tone::Ok,
                    tr("“%1” is genuine, made by %2 at %3.").arg(path, text(report->maker), formatTime(report->madeMs)),
                    evidenceWords(*report));
            } else {
                const auto& first = report->wrong.front();
                say(Tone::Danger, tr("“%1” isn't what was made.").arg(path),
                    tr("Line %1: %2").arg(formatCount(first.line), text(first.what)));
            }
        });
}

void AuditPage::showAsOf() {
    const auto& opened = m_entry->entry();
    (new AsOfDialog(context(), opened ? opened->timeMs : QDateTime::currentMSecsSinceEpoch(), this))->open();
}

} // namespace meshbone::ui
