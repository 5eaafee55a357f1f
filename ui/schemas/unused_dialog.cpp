// SPDX-License-Identifier: Apache-2.0
#include "schemas/unused_dialog.h"

#include "schemas/scan_line.h"
#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QItemSelectionModel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kUnusedWidth = 1240, kUnusedHeight = 560;
constexpr int kUnusedRowHeight = 46;
} // namespace

UnusedDialog::UnusedDialog(PageContext& context, const UsageAnswerPtr& answer, QWidget* parent)
    : Dialog(tr("Unused Versions"),
             tr("Versions that nobody was seen using. What wasn't looked at may use them all the same: look at the "
                "events before one goes."),
             parent)
    , m_context(context)
    , m_answer(answer) {
    setObjectName(QStringLiteral("unusedDialog"));
    resize(kUnusedWidth, kUnusedHeight);
    setCancelText(tr("Close"));
    buildList();
    m_coverage = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_coverage->setObjectName(QStringLiteral("unusedCoverage"));
    m_coverage->setWordWrap(true);
    content()->addWidget(m_coverage);
    m_delete = addVerb(tr("Delete Versions…"), true);
    m_delete->setObjectName(QStringLiteral("unusedDelete"));
    connect(m_delete, &Button::clicked, this, &UnusedDialog::askDelete);
    connect(&m_context.schemas, &SchemaFeed::changed, this, [this] {
        if (!m_scan->isRunning()) {
            ask({});
        }
    });
    updateVerb();
    ask({});
}

void UnusedDialog::buildList() {
    m_list = new ListPanel(QStringLiteral("unused"), this);
    m_list->filterLine()->setHint(tr("Filter…"), QStringLiteral("filter"), {});
    m_list->setSource(&m_model);
    m_list->table()->setRowHeight(kUnusedRowHeight);
    m_list->table()->setAccessibleName(tr("Unused versions"));
    m_list->emptyView()->setMessage(QStringLiteral("schema"), tr("No unused versions"),
                                    tr("Each version is the latest of its subject, or was seen in use."));
    m_scan = new ScanLine(m_context, m_list, QStringLiteral("unused"), tr("All topics of these subjects"));
    connect(m_scan, &ScanLine::runAsked, this, [this] { ask(m_scan->window()); });
    connect(m_scan, &ScanLine::stopped, this,
            [this] { showAnswer(fail(ErrorCode::Cancelled, "Looking at the events was stopped.")); });
    connect(m_list, &ListPanel::activated, this, [this](int row) {
        if (row >= 0) {
            openSubject(m_model.at(row).subject);
        }
    });
    connect(m_list->table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &UnusedDialog::updateVerb);
    m_list->setContextMenu([this](QMenu& menu) {
        const int row = m_list->currentSourceRow(); // while the menu is open it may become another one
        const auto subject = row < 0 ? QString() : m_model.at(row).subject;
        auto* look = menu.addAction(tr("Open the Version"), this, [this, subject] { openSubject(subject); });
        look->setEnabled(row >= 0);
        auto* remove = menu.addAction(tr("Delete Versions…"), this, &UnusedDialog::askDelete);
        remove->setEnabled(!chosen().empty());
    });
    content()->addWidget(m_list, 1);
}

void UnusedDialog::ask(const std::optional<EvidenceWindow>& window) {
    m_askedBook = m_context.schemas.book();
    const UsageQuestion question{m_askedBook,
                                 knownTopics(m_context),
                                 m_context.schemas.registry(),
                                 m_context.services.catalog,
                                 &m_context.services.backbone,
                                 m_answer == nullptr ? nullptr : m_answer->seen,
                                 window,
                                 m_scan->topics()};
    m_list->setLoading(m_answer == nullptr, tr("Asking who uses which version…"));
    const auto job = m_context.jobs.run(
        this, {.title = tr("Looking for unused versions"), .key = QStringLiteral("usage")},
        [question, count = m_scan->count()](const JobContext& context) -> Result<Found> {
            auto answer = usageOf(question, context, *count);
            return answer ? Result<Found>(Found{*answer, unusedRows(**answer)}) : std::unexpected(answer.error());
        },
        [this](Result<Found> found) { showAnswer(std::move(found)); });
    if (window) {
        m_scan->started(job);
    }
}

void UnusedDialog::showAnswer(Result<Found> found) {
    m_list->setLoading(false);
    m_scan->ended();
    if (found) {
        m_answer = std::move(found->answer);
        m_model.setRows(std::move(found->rows));
        m_coverage->setText(text(catalog::coverageWords(
            m_answer->coverage(), [](TimestampMs time) { return formatTime(time).left(16).toStdString(); })));
        updateVerb();
        emit answered(m_answer);
    } else {
        m_list->messageBar()->say(Tone::Warn, text(found.error().message),
                                  tr("What was found before it was stopped isn't counted."));
    }
    if (m_askedBook != m_context.schemas.book()) {
        ask({}); // a change that came while events were looked at
    }
}

std::vector<VersionKey> UnusedDialog::chosen() const {
    std::vector<VersionKey> versions;
    for (const int row : m_list->selectedSourceRows()) {
        versions.emplace_back(m_model.at(row).subject, m_model.at(row).version);
    }
    return versions;
}

void UnusedDialog::updateVerb() {
    m_delete->setReason(chosen().empty() ? tr("Choose the versions first.") : QString());
}

void UnusedDialog::askDelete() {
    const auto rows = m_list->selectedSourceRows();
    const auto unsure = std::ranges::count_if(
        rows, [this](int row) { return m_model.at(row).looked != catalog::VersionUsage::Looked::All; });
    emit deleteAsked(chosen(), static_cast<int>(unsure));
}

void UnusedDialog::openSubject(const QString& subject) {
    m_context.navigator.goTo(kSchemasPage, {SelectionKind::Schema, subject});
}

} // namespace meshbone::ui
