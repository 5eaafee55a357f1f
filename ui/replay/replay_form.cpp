// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_form.h"

#include "replay/findings_list.h"
#include "shell/page.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/panel.h"
#include "widgets/segmented.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
enum PaceAt : int { Max, Original, Times, PerSecond };
} // namespace

ReplayForm::ReplayForm(PageContext& context, QWidget* parent)
    : QWidget(parent) {
    setFixedWidth(384);
    // In a low window the fields scroll; the button stays in sight.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* fields = new QWidget;
    auto* layout = new QVBoxLayout(fields);
    layout->setContentsMargins(16, 12, 16, 0);
    layout->setSpacing(6);
    scroll->setWidget(fields);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(scroll, 1);
    layout->addWidget(new Label(tr("Target topic"), TextStyle::SmallStrong, Token::Text2, this));
    m_target = new QLineEdit(this);
    m_target->setObjectName(QStringLiteral("replayTarget"));
    m_target->setAccessibleName(tr("Target topic"));
    m_target->setMaxLength(249);
    layout->addWidget(m_target);
    layout->addSpacing(4);
    layout->addWidget(new Label(tr("Pace"), TextStyle::SmallStrong, Token::Text2, this));
    auto* row = new QHBoxLayout;
    m_pace = new Segmented({tr("Max"), tr("Original"), tr("× N"), tr("Per s")}, tr("Pace"), this);
    m_pace->setObjectName(QStringLiteral("replayPace"));
    m_value = new QDoubleSpinBox(this);
    m_value->setObjectName(QStringLiteral("replayPaceValue"));
    m_value->setAccessibleName(tr("Factor or events per second"));
    m_value->setRange(0.01, 1e6);
    m_value->setDecimals(2);
    m_value->setValue(60);
    m_value->hide();
    row->addWidget(m_pace);
    row->addWidget(m_value, 1);
    row->addStretch();
    layout->addLayout(row);
    m_paceWords = new Label({}, TextStyle::Secondary, Token::Text3, this);
    layout->addWidget(m_paceWords);
    layout->addWidget(new Rule(this));
    m_findingsTitle = new Label(tr("Guards"), TextStyle::SmallStrong, Token::Text2, this);
    layout->addWidget(m_findingsTitle);
    m_findings = new FindingsList(this);
    layout->addWidget(m_findings);
    layout->addStretch();
    m_start = context.commands.makeButton(QStringLiteral("replay.start"), this);
    m_start->setObjectName(QStringLiteral("replayStart"));
    m_start->setKind(ButtonKind::Primary);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(16, 6, 16, 12);
    below->addWidget(m_start);
    outer->addLayout(below);
    connect(m_target, &QLineEdit::textEdited, this, [this](const QString& target) { m_typed = !target.isEmpty(); });
    connect(m_target, &QLineEdit::editingFinished, this, &ReplayForm::changed);
    connect(m_pace, &Segmented::currentChanged, this, &ReplayForm::updatePace);
    connect(m_value, &QDoubleSpinBox::valueChanged, this, &ReplayForm::updatePace);
}

void ReplayForm::proposeTarget(const QString& source) {
    if (!m_typed) {
        m_target->setText(source.isEmpty() ? QString()
                                           : QStringLiteral("sandbox.") + source + QStringLiteral("-replay"));
    }
}

QString ReplayForm::target() const {
    return m_target->text().trimmed();
}

backbone::Pace ReplayForm::pace() const {
    using Kind = backbone::Pace::Kind;
    constexpr Kind kKinds[]{Kind::Max, Kind::Original, Kind::Factor, Kind::RecordsPerSecond};
    return {kKinds[m_pace->current()], m_value->value()};
}

void ReplayForm::updatePace() {
    const int pace = m_pace->current();
    m_value->setVisible(pace == Times || pace == PerSecond);
    const auto span = std::chrono::milliseconds(m_spanMs);
    QString words;
    if (m_records > 0 && pace == Original) {
        words = tr("takes %1, as the events did").arg(formatSpan(span));
    } else if (m_records > 0 && pace == Times) {
        words = tr("%1 of events in about %2")
                    .arg(formatSpan(span),
                         formatSpan(std::chrono::milliseconds(qint64(double(m_spanMs) / m_value->value()))));
    } else if (m_records > 0 && pace == PerSecond) {
        words = tr("about %1")
                    .arg(formatSpan(std::chrono::milliseconds(qint64(1000.0 * double(m_records) / m_value->value()))));
    }
    m_paceWords->setText(words.isEmpty() ? tr("as fast as the backbone takes them") : words);
    if (words.isEmpty() && pace != Max) {
        m_paceWords->setText({});
    }
    emit changed();
}

void ReplayForm::setPlan(const backbone::ReplayPlan* plan, const QString& why) {
    m_records = plan == nullptr ? 0 : plan->records();
    TimestampMs first = -1, last = -1;
    if (plan != nullptr) {
        for (const auto& partition : plan->partitions) {
            if (partition.firstTimestampMs >= 0 && (first < 0 || partition.firstTimestampMs < first)) {
                first = partition.firstTimestampMs;
            }
            last = std::max(last, partition.lastTimestampMs);
        }
    }
    m_spanMs = first < 0 ? 0 : last - first;
    m_findingsTitle->setVisible(plan != nullptr);
    m_findings->setFindings(plan == nullptr ? std::vector<backbone::ReplayFinding>() : plan->findings);
    m_start->setText(plan == nullptr ? tr("Replay") : tr("Replay %n event(s)", nullptr, static_cast<int>(m_records)));
    m_start->setReason(why);
    const QSignalBlocker blocker(this);
    updatePace();
}

} // namespace meshbone::ui
