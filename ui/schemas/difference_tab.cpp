// SPDX-License-Identifier: Apache-2.0
#include "schemas/difference_tab.h"

#include "schemas/diff_panes.h"
#include "schemas/schema_words.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/panel.h"
#include "widgets/table_view.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kRowHeight = 46; ///< the sentence, and below it the repair

/// What stands against `reader` reading data of `writer`.
std::vector<DifferenceRow> readingRows(const catalog::ParsedSchema& reader, const catalog::ParsedSchema& writer,
                                       const QString& who, bool isOfReader, catalog::CompatibilityPolicy policy,
                                       QString& problem) {
    std::vector<DifferenceRow> rows;
    const auto differences = reader.differencesReading(writer, policy);
    if (!differences) {
        problem = text(differences.error().message);
        return rows;
    }
    for (const auto& one : *differences) {
        rows.push_back({who, one, isOfReader, 0});
    }
    return rows;
}

/// Fields that came, went or became others without any harm: the rules have nothing to say of them.
void addQuiet(const std::vector<catalog::SchemaField>& from, const QStringList& paths, const QString& where,
              const QString& message, bool isOfReader, std::vector<DifferenceRow>& rows) {
    for (const auto& path : paths) {
        const auto name = path.toStdString();
        if (std::ranges::any_of(rows, [&](const DifferenceRow& row) { return row.difference.field == name; })) {
            continue; // it is told already, and better
        }
        const auto field = std::ranges::find(from, name, &catalog::SchemaField::path);
        catalog::SchemaDifference quiet;
        quiet.field = name;
        quiet.message = message.arg(text(field->type)).toStdString();
        quiet.isBreaking = false;
        (isOfReader ? quiet.inReader : quiet.inWriter) = field->place;
        rows.push_back({where, quiet, true, 0});
    }
}

QStringList linesOf(const PrettyText& pretty) {
    return text(pretty.text()).split(u'\n');
}

/// Whether a comma follows depends on what stands below: it is no difference of the line.
QStringList withoutCommas(QStringList lines) {
    for (auto& line : lines) {
        if (line.endsWith(u',')) {
            line.chop(1);
        }
    }
    return lines;
}

} // namespace

DifferenceTab::DifferenceTab(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("schemaDifference"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildChoices();
    m_problem = new MessageBar(this);
    auto* message = new QVBoxLayout;
    message->setContentsMargins(16, 0, 16, 6);
    message->addWidget(m_problem);
    layout->addLayout(message);
    m_problem->hide();
    buildList();
}

void DifferenceTab::buildChoices() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    m_left = new Choice(tr("The version at the left"), this);
    m_left->setObjectName(QStringLiteral("diffLeft"));
    m_right = new Choice(tr("The version at the right"), this);
    m_right->setObjectName(QStringLiteral("diffRight"));
    m_counts = new Label({}, TextStyle::Secondary, Token::Text3, this);
    m_counts->setObjectName(QStringLiteral("diffCounts"));
    m_counts->setElided(true);
    row->addWidget(m_left);
    row->addWidget(new Label(tr("with"), TextStyle::Body, Token::Text2, this));
    row->addWidget(m_right);
    row->addWidget(m_counts, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    for (auto* choice : {m_left, m_right}) {
        connect(choice, &QComboBox::currentIndexChanged, this, &DifferenceTab::compare);
    }
}

void DifferenceTab::buildList() {
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    m_panes = new DiffPanes(splitter);
    m_panes->setObjectName(QStringLiteral("diffPanes"));
    auto* below = new Ground(Token::Surface, Qt::TopEdge, splitter);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    auto* verdicts = new QVBoxLayout;
    verdicts->setContentsMargins(16, 8, 16, 6);
    verdicts->setSpacing(3);
    m_backward = new Label({}, TextStyle::BodyStrong, Token::Text1, below);
    m_backward->setObjectName(QStringLiteral("diffBackward"));
    m_forward = new Label({}, TextStyle::BodyStrong, Token::Text1, below);
    m_forward->setObjectName(QStringLiteral("diffForward"));
    for (auto* label : {m_backward, m_forward}) {
        label->setElided(true);
        verdicts->addWidget(label);
    }
    column->addLayout(verdicts);
    m_table = new TableView(below);
    m_table->setObjectName(QStringLiteral("differencesTable"));
    m_table->setAccessibleName(tr("Differences"));
    m_table->setRowHeight(kRowHeight);
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setLayoutKey(QStringLiteral("differences"));
    column->addWidget(m_table, 1);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    static_cast<QVBoxLayout*>(layout())->addWidget(splitter, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DifferenceTab::showPlace);
}

void DifferenceTab::clear() {
    m_facts.reset();
    m_model.setRows({});
    m_panes->setTexts({}, {}, {});
}

void DifferenceTab::setVersion(SubjectFactsPtr facts, int version) {
    m_facts = std::move(facts);
    {
        const QSignalBlocker left(m_left), right(m_right);
        m_left->clear();
        m_right->clear();
        int at = 0;
        for (auto one = m_facts->versions.rbegin(); one != m_facts->versions.rend(); ++one) {
            const auto number = one->version.version;
            const auto name = one->version.isDeleted ? tr("%1, deleted").arg(versionWord(number)) : versionWord(number);
            m_left->addItem(name, number);
            m_right->addItem(name, number);
            if (number == version) {
                at = m_right->count() - 1;
            }
        }
        m_right->setCurrentIndex(at);
        m_left->setCurrentIndex(std::min(at + 1, m_left->count() - 1)); // the one before it
    }
    compare();
}

DifferenceTab::Comparison DifferenceTab::compared(const catalog::SchemaBook& book, const VersionFacts& left,
                                                  const VersionFacts& right, catalog::CompatibilityPolicy policy) {
    Comparison made;
    made.left = linesOf(left.pretty);
    made.right = linesOf(right.pretty);
    made.lines = lineDiff(withoutCommas(made.left), withoutCommas(made.right));
    const auto before = book.parsed(left.version), after = book.parsed(right.version);
    if (!before || !after) {
        made.problem = text((before ? after : before).error().message);
        return made;
    }
    const auto old = versionWord(left.version.version), now = versionWord(right.version.version);
    made.rows = readingRows(**after, **before, tr("%1 reads %2").arg(now, old), true, policy, made.problem);
    std::ranges::move(readingRows(**before, **after, tr("%1 reads %2").arg(old, now), false, policy, made.problem),
                      std::back_inserter(made.rows));
    const auto change = changeBetween(left.fields, right.fields);
    const auto both = tr("%1 and %2").arg(old, now);
    addQuiet(right.fields, change.added, both, tr("The field was added: %1."), true, made.rows);
    addQuiet(left.fields, change.removed, both, tr("The field was removed: %1."), false, made.rows);
    addQuiet(right.fields, change.changed, both, tr("The field was changed: %1."), true, made.rows);
    sortBySeverity(made.rows);
    return made;
}

void DifferenceTab::compare() {
    const auto* left = m_facts == nullptr ? nullptr : m_facts->version(m_left->currentData().toInt());
    const auto* right = m_facts == nullptr ? nullptr : m_facts->version(m_right->currentData().toInt());
    if (left == nullptr || right == nullptr) {
        return;
    }
    m_context.jobs.run(
        this, {.title = tr("Comparing two versions"), .key = QStringLiteral("schemaDiff")},
        [book = m_context.schemas.book(), facts = m_facts, left, right](const JobContext&) -> Result<Comparison> {
            return compared(*book, *left, *right, facts->policy);
        },
        [this](Result<Comparison> comparison) { show(std::move(*comparison)); });
}

void DifferenceTab::show(Comparison comparison) {
    m_problem->setVisible(!comparison.problem.isEmpty());
    if (!comparison.problem.isEmpty()) {
        m_problem->say(Tone::Warn, tr("The two can't be compared by the rules."), comparison.problem);
    }
    m_panes->setTexts(std::move(comparison.left), std::move(comparison.right), std::move(comparison.lines));
    m_model.setRows(std::move(comparison.rows));
    const auto old = m_left->currentText(), now = m_right->currentText();
    const bool isSame = m_left->currentIndex() == m_right->currentIndex();
    m_counts->setText(isSame ? tr("The same version on both sides: choose another one.")
                             : tr("%1, %2").arg(tr("%n line(s) removed", nullptr, m_panes->removedCount()),
                                                tr("%n line(s) added", nullptr, m_panes->addedCount())));
    const bool isKnown = comparison.problem.isEmpty() && !isSame;
    m_backward->setVisible(isKnown);
    m_forward->setVisible(isKnown);
    sayVerdict(*m_backward, true, now, old);
    sayVerdict(*m_forward, false, old, now);
}

void DifferenceTab::sayVerdict(Label& label, bool ofReader, const QString& reader, const QString& writer) {
    const auto breaking = static_cast<int>(std::ranges::count_if(m_model.rows(), [&](const DifferenceRow& row) {
        return row.isOfReader == ofReader && row.difference.isBreaking;
    }));
    label.setInk(breaking == 0 ? Token::Ok : Token::Danger);
    label.setText(breaking == 0 ? tr("%1 reads what %2 has written.").arg(reader, writer)
                                : tr("%1 can't read what %2 has written: %n difference(s) (stands|stand) against it.",
                                     nullptr, breaking)
                                      .arg(reader, writer));
}

void DifferenceTab::showPlace() {
    const auto rows = m_table->selectionModel()->selectedRows();
    const auto* left = m_facts == nullptr ? nullptr : m_facts->version(m_left->currentData().toInt());
    const auto* right = m_facts == nullptr ? nullptr : m_facts->version(m_right->currentData().toInt());
    if (rows.isEmpty() || left == nullptr || right == nullptr) {
        return;
    }
    const auto& row = m_model.at(rows.front().row());
    const auto& difference = row.difference;
    const auto inRight = row.isOfReader ? difference.inReader : difference.inWriter;
    const auto inLeft = row.isOfReader ? difference.inWriter : difference.inReader;
    m_panes->showLines(left->pretty.placeOf(inLeft).line, right->pretty.placeOf(inRight).line);
}

} // namespace meshbone::ui
