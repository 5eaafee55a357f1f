// SPDX-License-Identifier: Apache-2.0
#include "schemas/subject_list.h"

#include "schemas/schema_acts.h"
#include "shell/violation_feed.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/table_view.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kSubjectHeight = 50;
constexpr int kFieldHeight = 28;
constexpr std::chrono::milliseconds kTypingPause{150};
} // namespace

SubjectList::SubjectList(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("schemasList"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildTop();
    buildTable();
    setTabOrder(m_filter, m_table);
}

void SubjectList::buildTop() {
    m_filter = new FilterLine(this);
    m_filter->setObjectName(QStringLiteral("schemasFilter"));
    m_filter->setHint(tr("Name, field, type, tag…"), QStringLiteral("search"), QStringLiteral("/"));
    m_filter->setPause(kTypingPause);
    m_filter->setMaxLength(200);
    m_counts = new Label({}, TextStyle::SmallStrong, Token::Text3, this);
    m_counts->setObjectName(QStringLiteral("schemasCounts"));
    m_counts->setElided(true);
    m_deleted = new Button(tr("Show deleted"), ButtonKind::Ghost, this);
    m_deleted->setObjectName(QStringLiteral("schemasDeleted"));
    m_deleted->setCheckable(true);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(0, 0, 0, 0);
    below->addWidget(m_counts, 1);
    below->addWidget(m_deleted);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 8, 8, 4);
    top->setSpacing(4);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 8, 0);
    line->addWidget(m_filter);
    top->addLayout(line);
    top->addLayout(below);
    static_cast<QVBoxLayout*>(layout())->addLayout(top);
    connect(m_filter, &FilterLine::filterChanged, this, &SubjectList::search);
    connect(m_filter, &FilterLine::leaveDown, this, [this] {
        m_table->setFocus(Qt::TabFocusReason);
        if (!m_table->currentIndex().isValid() && m_model.rowCount() > 0) {
            m_table->selectRow(0);
        }
    });
    connect(m_deleted, &Button::toggled, this, &SubjectList::setShowDeleted);
}

void SubjectList::buildTable() {
    m_table = new TableView(this);
    m_table->setObjectName(QStringLiteral("schemasTable"));
    m_table->setAccessibleName(tr("Subjects"));
    m_table->horizontalHeader()->hide();
    m_table->setRowHeight(kSubjectHeight);
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_empty = new EmptyView(this);
    m_empty->setMessage(QStringLiteral("schema"), tr("All subjects are deleted"),
                        tr("Show the deleted ones to bring one back."));
    m_noMatch = new EmptyView(this);
    m_noMatch->setAction(tr("Clear the search"), [this] {
        m_filter->clear();
        emit m_filter->returnPressed();
    });
    m_loading = new LoadingView(tr("Reading the schemas…"), this);
    m_stack = new QStackedLayout;
    static_cast<QVBoxLayout*>(layout())->addLayout(m_stack, 1);
    for (auto* page : std::initializer_list<QWidget*>{m_table, m_empty, m_noMatch, m_loading}) {
        m_stack->addWidget(page);
    }
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SubjectList::tellCurrent);
}

void SubjectList::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

TopicNames SubjectList::topics() const {
    return knownTopics(m_context);
}

void SubjectList::update() {
    if (!m_words.isEmpty() && m_searched != m_context.schemas.book()) {
        search(m_words); // its answer shows the rows
        return;
    }
    showRows();
}

void SubjectList::search(const QString& words) {
    m_words = words;
    if (words.isEmpty()) {
        m_context.jobs.run(
            this, {.title = {}, .key = QStringLiteral("schemaSearch")},
            [](const JobContext&) -> Result<int> { return 0; }, [](const Result<int>&) {}); // ends one under way
        m_found.reset();
        showRows();
        return;
    }
    m_context.jobs.run(
        this, {.title = tr("Searching the schemas"), .key = QStringLiteral("schemaSearch")},
        [book = m_context.schemas.book(),
         words = words.toStdString()](const JobContext&) -> Result<std::pair<catalog::SchemaBookPtr, FoundSchemas>> {
            return std::pair(book, findSchemas(*book, words));
        },
        [this](Result<std::pair<catalog::SchemaBookPtr, FoundSchemas>> found) {
            std::tie(m_searched, m_found) = std::move(*found);
            showRows();
        });
}

void SubjectList::showRows() {
    const auto before = current();
    m_isFilling = true;
    auto rows = subjectRows(*m_context.schemas.book(), *m_context.feed.catalog(), topics(),
                            m_found ? &*m_found : nullptr, m_words, m_showDeleted);
    for (auto& row : rows) {
        row.violations = m_context.violations.countOf(row.topic, row.subject);
    }
    m_model.setRows(std::move(rows));
    fitRows();
    m_isFilling = false;
    if (current().isEmpty() && !before.isEmpty()) {
        select(before);
    }
    updateState();
}

/// A subject takes two lines, a field one.
void SubjectList::fitRows() {
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const int height = m_model.at(row).isField() ? kFieldHeight : kSubjectHeight;
        if (m_table->verticalHeader()->sectionSize(row) != height) {
            m_table->verticalHeader()->resizeSection(row, height);
        }
    }
}

void SubjectList::updateState() {
    const auto& rows = m_model.rows();
    const auto fields = static_cast<int>(std::ranges::count_if(rows, &SubjectRow::isField));
    const auto subjects = static_cast<int>(rows.size()) - fields;
    auto counts = tr("%n subject(s)", nullptr, subjects);
    if (fields > 0) {
        counts += tr(", %n field(s)", nullptr, fields);
    }
    m_counts->setText(rows.empty() ? QString() : counts);
    const bool isLoading = !m_context.schemas.isLoaded() && m_context.schemas.problem().isEmpty() &&
                           m_context.schemas.registry() != nullptr;
    if (!rows.empty()) {
        m_stack->setCurrentWidget(m_table);
    } else if (isLoading) {
        m_stack->setCurrentWidget(m_loading);
    } else if (!m_words.isEmpty()) {
        m_noMatch->setMessage(QStringLiteral("search"), tr("Nothing matches"),
                              tr("No subject, field, type, doc, tag or owner contains “%1”.").arg(m_words));
        m_stack->setCurrentWidget(m_noMatch);
    } else {
        m_stack->setCurrentWidget(m_empty);
    }
}

void SubjectList::setShowDeleted(bool shown) {
    if (shown == m_showDeleted) {
        return;
    }
    m_showDeleted = shown;
    m_deleted->setChecked(shown);
    m_deleted->setText(shown ? tr("Hide deleted") : tr("Show deleted"));
    showRows();
}

QString SubjectList::current() const {
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_model.at(rows.front().row()).subject;
}

QString SubjectList::first() const {
    return m_model.rowCount() == 0 ? QString() : m_model.at(0).subject;
}

bool SubjectList::has(const QString& subject) const {
    return m_model.rowOf(subject) >= 0;
}

void SubjectList::select(const QString& subject) {
    if (current() == subject) {
        return; // a field of it may be chosen
    }
    m_isFilling = true;
    if (const int row = m_model.rowOf(subject); row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_model.index(row, 0));
    } else {
        m_table->clearSelection();
    }
    m_isFilling = false;
}

void SubjectList::tellCurrent() {
    const auto rows = m_table->selectionModel()->selectedRows();
    if (m_isFilling || rows.isEmpty()) {
        return;
    }
    const auto& row = m_model.at(rows.front().row());
    emit chosen(row.subject, row.field, row.version);
}

} // namespace meshbone::ui
