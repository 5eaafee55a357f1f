// SPDX-License-Identifier: Apache-2.0
#include "schemas/restore_ids_dialog.h"

#include "schemas/code_view.h"
#include "schemas/pretty_text.h"
#include "schemas/scan_line.h"
#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <catalog/restore_id.h>

#include <QIntValidator>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <tuple>

namespace meshbone::ui {

namespace {

constexpr int kRestoreWidth = 1240, kRestoreHeight = 680;
constexpr int kFormWidth = 460;

std::vector<std::string> allTopics(const PageContext& context) {
    std::vector<std::string> names;
    for (const auto& topic : context.health.facts()->topics) {
        if (!topic.internal) {
            names.push_back(topic.name);
        }
    }
    return names;
}

bool areSame(const std::vector<catalog::SchemaVersion>& some, const std::vector<catalog::SchemaVersion>& others) {
    return std::ranges::equal(some, others, [](const catalog::SchemaVersion& one, const catalog::SchemaVersion& other) {
        return std::tie(one.subject, one.version, one.guid) == std::tie(other.subject, other.version, other.guid);
    });
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
    columns->addLayout(buildForm());
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

QLayout* RestoreIdsDialog::buildForm() {
    auto* form = new QVBoxLayout;
    m_which = new Label({}, TextStyle::BodyStrong, Token::Text1, this);
    m_which->setObjectName(QStringLiteral("restoreWhich"));
    m_which->setElided(true);
    form->addWidget(m_which);
    m_candidate = new Choice(tr("Schema"), this);
    m_candidate->setObjectName(QStringLiteral("restoreCandidate"));
    form->addLayout(labelled(tr("Schema"), m_candidate));
    m_subject = new QLineEdit(this);
    m_subject->setObjectName(QStringLiteral("restoreSubject"));
    m_version = new QLineEdit(this);
    m_version->setObjectName(QStringLiteral("restoreVersion"));
    m_version->setPlaceholderText(tr("next"));
    m_version->setValidator(new QIntValidator(1, std::numeric_limits<int>::max(), m_version));
    m_language = new Choice(tr("Language"), this);
    m_language->setObjectName(QStringLiteral("restoreLanguage"));
    for (const auto type : {catalog::SchemaType::Avro, catalog::SchemaType::Json, catalog::SchemaType::Protobuf}) {
        m_language->addItem(languageWord(type));
    }
    auto* row = new QHBoxLayout;
    row->addLayout(labelled(tr("Subject"), m_subject), 3);
    row->addLayout(labelled(tr("Version"), m_version), 1);
    row->addLayout(labelled(tr("Language"), m_language), 1);
    form->addLayout(row);
    m_text = new CodeView(tr("Text of the schema"), this);
    m_text->setObjectName(QStringLiteral("restoreText"));
    m_text->setFixedWidth(kFormWidth);
    form->addWidget(m_text, 1);
    connect(m_candidate, &QComboBox::currentIndexChanged, this, &RestoreIdsDialog::useCandidate);
    connect(m_subject, &QLineEdit::textChanged, this, &RestoreIdsDialog::updateVerb);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RestoreIdsDialog::updateVerb);
    return form;
}

void RestoreIdsDialog::look() {
    const auto window = m_scan->window();
    m_list->setLoading(m_model.rowCount() == 0, tr("Looking at events…"));
    m_scan->started(m_context.jobs.run(
        this, {.title = tr("Looking for missing ids"), .key = QStringLiteral("lostIds")},
        [&backbone = m_context.services.backbone, book = m_context.schemas.book(), window,
         topics = window.topic.empty() ? allTopics(m_context) : std::vector{window.topic}, count = m_scan->count()](
            const JobContext& job) { return findLostIds(backbone, book, topics, window, job, *count); },
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

const catalog::LostId* RestoreIdsDialog::chosen() const {
    const int row = m_list->currentSourceRow();
    return row < 0 || row >= m_model.rowCount() ? nullptr : &m_model.at(row);
}

void RestoreIdsDialog::chooseId() {
    const auto* lost = chosen();
    const auto which = lost == nullptr ? tr("Choose an id at the left.") : tr("Id %1").arg(lost->id.value());
    const auto candidates = lost == nullptr ? std::vector<catalog::SchemaVersion>() : lost->candidates;
    if (m_which->text() == which && lost != nullptr) { // what was typed for it stays
        if (areSame(candidates, m_candidates)) {
            return;
        }
        if (m_text->toPlainText() != m_shownText) {
            m_candidates = candidates;
            fillCandidates(true);
            m_language->setEnabled(true);
            return;
        }
    }
    m_which->setText(which);
    m_candidates = candidates;
    fillCandidates(false);
    for (auto* widget : std::initializer_list<QWidget*>{m_candidate, m_subject, m_version, m_language, m_text}) {
        widget->setEnabled(lost != nullptr);
    }
    m_version->clear();
    useCandidate();
}

/// `isOwnText`: what stands in the form is none of them.
void RestoreIdsDialog::fillCandidates(bool isOwnText) {
    const QSignalBlocker quiet(m_candidate);
    m_candidate->clear();
    if (chosen() == nullptr) {
        return;
    }
    for (const auto& one : m_candidates) {
        m_candidate->addItem(fitWords(one));
    }
    m_candidate->addItem(tr("Another text"));
    m_candidate->setCurrentIndex(isOwnText ? m_candidate->count() - 1 : 0);
}

void RestoreIdsDialog::useCandidate() {
    const auto* lost = chosen();
    const auto at = static_cast<std::size_t>(std::max(0, m_candidate->currentIndex()));
    const bool isKnown = lost != nullptr && at < m_candidates.size();
    m_base = isKnown ? *m_candidates[at].definition : catalog::SchemaDefinition();
    m_shownText = isKnown ? text(PrettyText(m_base.type, m_base.text).text()) : QString();
    m_language->setCurrentIndex(static_cast<int>(m_base.type));
    m_language->setEnabled(lost != nullptr && !isKnown);
    m_text->setPlainText(m_shownText);
    m_subject->setText(lost == nullptr || lost->topics.empty()
                           ? QString()
                           : text(lost->topics.begin()->first) + QStringLiteral("-value"));
    updateVerb();
}

catalog::SchemaDefinition RestoreIdsDialog::definition() const {
    auto definition = m_base;
    if (const auto typed = m_text->toPlainText(); typed != m_shownText) {
        definition.text = typed.toStdString();
    }
    definition.type = static_cast<catalog::SchemaType>(m_language->currentIndex());
    return definition;
}

QString RestoreIdsDialog::whyNot() const {
    return m_isRestoring                               ? tr("It is being restored.")
           : chosen() == nullptr                       ? tr("Choose an id first.")
           : m_subject->text().trimmed().isEmpty()     ? tr("Name the subject.")
           : m_text->toPlainText().trimmed().isEmpty() ? tr("Give the text of the schema.")
                                                       : QString();
}

void RestoreIdsDialog::updateVerb() {
    if (m_restore != nullptr) { // not while the dialog is being built
        m_restore->setReason(whyNot());
    }
}

void RestoreIdsDialog::restore() {
    const catalog::LostSchema lost{
        m_subject->text().trimmed().toStdString(), definition(), {chosen()->id, m_version->text().toInt()}};
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
