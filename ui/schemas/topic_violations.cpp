// SPDX-License-Identifier: Apache-2.0
#include "schemas/topic_violations.h"

#include "shell/violation_feed.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/table_view.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kMostRows = 6; ///< of a table, before it scrolls: the fields are what the tab is for
} // namespace

TopicViolations::TopicViolations(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::TopEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("topicViolations"));
    build();
    connect(&m_context.violations, &ViolationFeed::changed, this, &TopicViolations::update);
    connect(m_newestTable, &TableView::activatedRow, this, &TopicViolations::open);
    connect(m_forget, &Button::clicked, this, [this] { m_context.violations.forget(m_topic); });
    hide();
}

void TopicViolations::build() {
    m_title = new Label({}, TextStyle::BodyStrong, Token::Text1, this);
    m_title->setObjectName(QStringLiteral("violationsTitle"));
    m_title->setElided(true);
    m_forget = new Button(tr("Forget These"), ButtonKind::Link, this);
    m_forget->setObjectName(QStringLiteral("violationsForget"));
    m_forget->setToolTip(tr("The counts begin anew; the events stay as they are."));
    m_problem = new Label({}, TextStyle::Secondary, Token::Warn, this);
    m_problem->setObjectName(QStringLiteral("violationsProblem"));
    m_problem->setElided(true);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    const auto table = [&](const char* name, const QString& what, QAbstractItemModel& model) {
        auto* made = new TableView(splitter);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(what);
        made->setModel(&model);
        made->setHeightByRows(kMostRows);
        made->setSelectionMode(QAbstractItemView::SingleSelection);
        return made;
    };
    m_causeTable = table("violationCauses", tr("What is wrong with events of the topic"), m_causes);
    m_newestTable = table("violationsNewest", tr("The newest events that aren't as the schema says"), m_newest);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    m_tables = splitter;
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 12, 4);
    head->addWidget(m_title, 1);
    head->addWidget(m_forget);
    auto* why = new QHBoxLayout;
    why->setContentsMargins(16, 0, 12, 0);
    why->addWidget(m_problem);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(why);
    layout->addWidget(splitter);
}

void TopicViolations::setTopic(const QString& topic) {
    m_topic = topic;
    update();
}

void TopicViolations::update() {
    const auto* marked = m_topic.isEmpty() ? nullptr : m_context.violations.of(m_topic);
    const auto problem = m_topic.isEmpty() ? QString() : m_context.violations.problemOf(m_topic);
    m_causes.setRows(marked == nullptr ? std::vector<CauseRow>() : causeRows(*marked));
    m_newest.setRows(marked == nullptr ? std::vector<ViolationRow>() : violationRows(*marked));
    m_tables->setVisible(marked != nullptr);
    m_forget->setVisible(marked != nullptr);
    m_problem->setVisible(!problem.isEmpty());
    m_problem->setText(problem);
    if (marked == nullptr) {
        m_title->setText(tr("Events aren't held against the schema"));
    } else {
        const auto count = static_cast<int>(std::min<std::int64_t>(marked->records, std::numeric_limits<int>::max()));
        auto words = tr("%n event(s) (isn't|aren't) as the schema says", nullptr, count);
        if (marked->refused > 0) {
            words += tr(", %1 of them refused").arg(formatCount(marked->refused));
        }
        m_title->setText(words + tr("; the last %1").arg(formatTime(marked->lastMs).left(19)));
    }
    setVisible(marked != nullptr || !problem.isEmpty());
    emit shown();
}

void TopicViolations::open(int row) {
    const auto& one = m_newest.at(row).violation;
    if (one.offset != kNoOffset) {
        emit eventWanted(one.at.partition.value(), one.offset.value());
    }
}

} // namespace meshbone::ui
