// SPDX-License-Identifier: Apache-2.0
#include "access/until_field.h"

#include "access/access_words.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include <array>

namespace meshbone::ui {

namespace {
constexpr TimestampMs kDayMs = 86'400'000;
constexpr std::array kSpansDays{7, 30, 90, 180, 365};
constexpr int kDefaultDays = 90;
constexpr int kOnADay = -1, kNever = -2; // beside the days in the choice's data
} // namespace

UntilField::UntilField(QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_span = new Choice(tr("Ends"));
    m_span->setObjectName(QStringLiteral("untilSpan"));
    for (const auto days : kSpansDays) {
        m_span->addItem(tr("in %n days", nullptr, days), days);
    }
    m_span->addItem(tr("on a day…"), kOnADay);
    m_span->addItem(tr("never"), kNever);
    m_span->setCurrentIndex(m_span->findData(kDefaultDays));
    m_day = new QLineEdit;
    m_day->setObjectName(QStringLiteral("untilDay"));
    m_day->setAccessibleName(tr("Last day"));
    m_day->setPlaceholderText(tr("2027-05-23"));
    row->addWidget(m_span);
    row->addWidget(m_day, 1);
    setFocusProxy(m_span);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        showDay();
        emit changed();
    });
    connect(m_day, &QLineEdit::textChanged, this, &UntilField::changed);
    showDay();
}

void UntilField::showDay() {
    const auto days = m_span->currentData().toInt();
    m_day->setEnabled(days == kOnADay);
    if (days > 0) {
        m_day->setText(formatDay(nowMs() + days * kDayMs));
    } else if (days == kNever) {
        m_day->clear();
    }
}

void UntilField::setUntil(TimestampMs untilMs) {
    m_span->setCurrentIndex(m_span->findData(untilMs < 0 ? kNever : kOnADay));
    if (untilMs >= 0) {
        m_day->setText(formatTime(untilMs).left(16));
    }
}

Result<TimestampMs> UntilField::until() const {
    const auto days = m_span->currentData().toInt();
    if (days == kNever) {
        return catalog::kNoEnd;
    }
    if (days > 0) {
        return nowMs() + days * kDayMs;
    }
    const auto typed = m_day->text().trimmed();
    const auto at = parseTypedEnd(typed);
    if (!at) {
        return fail(ErrorCode::InvalidArgument,
                    tr("“%1” isn't a day; write it as 2027-05-23.").arg(typed).toStdString());
    }
    if (*at <= nowMs()) {
        return fail(ErrorCode::InvalidArgument, tr("The end %1 is past.").arg(typed).toStdString());
    }
    return *at;
}

} // namespace meshbone::ui
