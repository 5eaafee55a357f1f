// SPDX-License-Identifier: Apache-2.0
#include "access/period_choice.h"

#include "access/access_words.h"
#include "widgets/format.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLineEdit>

namespace meshbone::ui {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr int kTyped = -1; // beside the days in the choice's data
constexpr int kTimeWidth = 150;

QString tr(const char* words, int n = -1) {
    return QCoreApplication::translate("PeriodChoice", words, nullptr, n);
}

QString minuteOf(TimestampMs timeMs) {
    return formatDay(timeMs) + u' ' + formatMinute(timeMs);
}

} // namespace

catalog::EvidencePeriod SeenPeriod::at(TimestampMs nowMs) const {
    // Without an end: a cluster's log may be younger than the look.
    return days ? catalog::EvidencePeriod{nowMs - *days * kDayMs, catalog::EvidencePeriod().toMs} : span;
}

QString SeenPeriod::words() const {
    if (days) {
        return tr("the last %n day(s)", *days);
    }
    const bool hasBegin = span.fromMs > 0, hasEnd = span.toMs != catalog::EvidencePeriod().toMs;
    if (hasBegin && hasEnd) {
        return tr("%1 to %2").arg(minuteOf(span.fromMs), minuteOf(span.toMs));
    }
    return hasBegin ? tr("the time since %1").arg(minuteOf(span.fromMs))
           : hasEnd ? tr("the time until %1").arg(minuteOf(span.toMs))
                    : tr("all time");
}

Choice* periodChoice(const QString& accessibleName, int usualDays) {
    auto* choice = new Choice(accessibleName);
    for (const int days : {1, 7, 30, 90}) {
        choice->addItem(tr("%n day(s)", days), days);
    }
    choice->setCurrentIndex(choice->findData(usualDays));
    return choice;
}

PeriodField::PeriodField(const QString& accessibleName, int usualDays, const QString& name, Qt::Orientation direction,
                         QWidget* parent)
    : QWidget(parent) {
    auto* row = new QBoxLayout(direction == Qt::Horizontal ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_days = periodChoice(accessibleName, usualDays);
    m_days->setObjectName(name);
    m_days->addItem(tr("From … to …"), kTyped);
    row->addWidget(m_days);
    m_from = addTime(tr("From"), name + QStringLiteral("From"));
    m_to = addTime(tr("To"), name + QStringLiteral("To"));
    setFocusProxy(m_days);
    connect(m_days, &QComboBox::currentIndexChanged, this, [this] {
        const bool isTyped = m_days->currentData().toInt() == kTyped;
        m_from->setVisible(isTyped);
        m_to->setVisible(isTyped);
        emit changed();
    });
}

QLineEdit* PeriodField::addTime(const QString& title, const QString& name) {
    auto* time = new QLineEdit;
    time->setObjectName(name);
    time->setAccessibleName(title);
    time->setPlaceholderText(title);
    time->setToolTip(tr("As 2027-03-01 12:00, or a whole day; empty: no limit."));
    time->setFixedWidth(kTimeWidth);
    time->hide();
    layout()->addWidget(time);
    connect(time, &QLineEdit::textChanged, this, &PeriodField::changed);
    return time;
}

Result<SeenPeriod> PeriodField::period() const {
    const auto days = m_days->currentData().toInt();
    if (days != kTyped) {
        return SeenPeriod::lastDays(days);
    }
    SeenPeriod period;
    const auto from = m_from->text().trimmed(), to = m_to->text().trimmed();
    const auto begin = parseTypedTime(from), end = parseTypedEnd(to);
    if ((!begin && !from.isEmpty()) || (!end && !to.isEmpty())) {
        return fail(ErrorCode::InvalidArgument, tr("“%1” isn't a time; write it as 2027-03-01 12:00.")
                                                    .arg(!begin && !from.isEmpty() ? from : to)
                                                    .toStdString());
    }
    period.span.fromMs = begin.value_or(period.span.fromMs);
    period.span.toMs = end.value_or(period.span.toMs);
    if (period.span.fromMs > period.span.toMs) {
        return fail(ErrorCode::InvalidArgument, tr("The period ends before it begins.").toStdString());
    }
    return period;
}

} // namespace meshbone::ui
