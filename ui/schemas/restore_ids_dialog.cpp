// SPDX-License-Identifier: Apache-2.0
#include "schemas/restore_ids_dialog.h"

#include "schemas/restore_form.h"
#include "schemas/scan_line.h"
#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <catalog/restore_id.h>

#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kRestoreWidth = 1240, kRestoreHeight = 680;

std::vector<std::string> allTopics(const PageContext& context) {
    std::vector<std::string> names;
    for (const auto& topic : context.health.facts()->topics) {
        if (!topic.internal) {
            names.push_back(topic.name);
        }
    }
    return names;
}

} // namespace

RestoreIdsDialog::RestoreIdsDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Restore Missing Ids"),
             tr("Events name their schema by its id. Where the registry has lost an id, its events can't be read: look "
                "for such ids, and give each its schema back."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("restoreIdsDialog"));
    resize(kRestoreWidth, kRestoreHeight);
    setCancelText(tr("Close"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(16);
    buildList();
    columns->addWidget(m_list, 1);
    m_form = new RestoreForm(this);
    connect(m_form, &RestoreForm::changed, this, &RestoreIdsDialog::updateVerb);
    columns->addWidget(m_form);
    content()->addLayout(columns, 1);
    m_coverage = new Label(tr("No events were looked at."), TextStyle::Secondary, Token::Text2, this);
    m_coverage->setObjectName(QStringLiteral("lostIdsCoverage"));
    m_coverage->setWordWrap(true);
    content()->addWidget(m_coverage);
    m_restore = addVerb(tr("Restore the Id"));
    m_restore->setObjectName(QStringLiteral("restoreId"));
    connect(m_restore, &Button::clicked, this, &RestoreIdsDialog::restore);
    connect(&m_context.schemas, &SchemaFeed::changed, this, &RestoreIdsDialog::showRows);
    chooseId();
}

void RestoreIdsDialog::buildList() {
    m_list = new ListPanel(QStringLiteral("lostIds"), this);
    m_list->filterLine()->hide(); // there are few, and the line has other things to hold
    m_list->setSource(&m_model);
    m_list->table()->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->table()->setAccessibleName(tr("Ids that the registry doesn't know"));
    m_list->emptyView()->setMessage(QStringLiteral("search"), tr("No missing ids are known"),
                                    tr("Look at events to find the ids that they name and the registry doesn't know."));
    m_scan = new ScanLine(m_context, m_list, QStringLiteral("lostIds"), tr("All topics"));
    connect(m_scan, &ScanLine::runAsked, this, &RestoreIdsDialog::look);
    connect(m_scan, &ScanLine::stopped, this,
            [this] { showFound(fail(ErrorCode::Cancelled, "Looking at the events was stopped.")); });
    connect(m_list, &ListPanel::currentChanged, this, [this] { chooseId(); });
}

void RestoreIdsDialog::look() {
    const auto topics = m_scan->topics();
    m_list->setLoading(m_model.rowCount() == 0, tr("Looking at events…"));
    m_scan->started(m_context.jobs.run(
        this, {.title = tr("Looking for missing ids"), .key = QStringLiteral("lostIds")},
        [&backbone = m_context.services.backbone, book = m_context.schemas.book(), window = m_scan->window(),
         topics = topics.empty() ? allTopics(m_context) : topics, count = m_scan->count()](const JobContext& job) {
            return findLostIds(backbone, book, topics, window, job, *count);
        },
        [this](const Result<LostIdsFound>& found) { showFound(found); }));
}

void RestoreIdsDialog::showFound(const Result<LostIdsFound>& found) {
    m_list->setLoading(false);
    m_scan->ended();
    if (!found) {
        m_list->messageBar()->say(Tone::Warn, text(found.error().message),
                                  tr("What was found before it was stopped isn't shown."));
        return;
    }
    m_found = *found;
    m_coverage->setText(text(
        catalog::scanWords(m_found.topics, [](TimestampMs time) { return formatTime(time).left(16).toStdString(); })));
    m_list->emptyView()->setMessage(QStringLiteral("check"), tr("No id is missing"),
                                    tr("The registry knows each id that the events name which were looked at."));
    showRows();
}

/// An id that has come back meanwhile isn't missing any more.
void RestoreIdsDialog::showRows() {
    const auto& book = *m_context.schemas.book();
    auto rows = m_found.ids;
    std::erase_if(rows, [&](const catalog::LostId& one) {
        return std::ranges::any_of(one.topics, [&](const auto& topic) {
            return book.byId(one.id, topic.first, false) || book.byId(one.id, topic.first, true);
        });
    });
    m_model.setRows(std::move(rows));
    if (m_list->currentSourceRow() < 0 && m_model.rowCount() > 0) {
        m_list->selectSourceRow(0);
    }
    chooseId();
}

void RestoreIdsDialog::chooseId() {
    const int row = m_list->currentSourceRow();
    m_form->setLost(row < 0 || row >= m_model.rowCount() ? nullptr : &m_model.at(row));
    updateVerb();
}

void RestoreIdsDialog::updateVerb() {
    if (m_restore != nullptr) { // not while the dialog is being built
        m_restore->setReason(m_isRestoring ? tr("It is being restored.") : m_form->whyNot());
    }
}

void RestoreIdsDialog::restore() {
    const auto lost = m_form->schema();
    m_isRestoring = true;
    updateVerb();
    message()->hide();
    const auto done = std::make_shared<catalog::RestoredId>(); // the job's, until it has ended
    actOnRegistry(
        m_context, this, tr("Restoring id %1").arg(lost.given.id.value()),
        [lost, done, book = m_context.schemas.book()](catalog::SchemaRegistry& registry, const CallOptions& call) {
            auto restored = catalog::restoreId(registry, *book, lost, call);
            if (!restored) {
                return Status(std::unexpected(restored.error()));
            }
            *done = *restored;
            return Status();
        },
        [this, done, subject = text(lost.subject)](const Status& status) {
            m_isRestoring = false;
            updateVerb();
            if (!status) {
                sayError(text(status.error().message));
                return;
            }
            message()->say(Tone::Ok, tr("Id %1 is back, as %2 of %3.")
                                         .arg(done->registered.id.value())
                                         .arg(versionWord(done->registered.version), subject));
        });
}

} // namespace meshbone::ui
