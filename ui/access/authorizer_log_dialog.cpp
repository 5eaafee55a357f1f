// SPDX-License-Identifier: Apache-2.0
#include "access/authorizer_log_dialog.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QDateTime>
#include <QFileDialog>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>

namespace meshbone::ui {

namespace {

constexpr std::int64_t kOffsetMinuteMs = 60'000;
constexpr int kHourMinutes = 60;
/// Every offset that a clock on Earth has today, in minutes.
constexpr std::array kOffsets{-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150,
                              -120, -60,  0,    60,   120,  180,  210,  240,  270,  300,  330,  345,  360,
                              390,  420,  480,  525,  540,  570,  600,  630,  660,  720,  765,  780,  840};

/// "UTC+02:00"
QString zoneOf(int minutes) {
    const auto size = std::abs(minutes);
    const auto twoDigits = [](int number) { return QString::number(number).rightJustified(2, u'0'); };
    return minutes == 0 ? QStringLiteral("UTC")
                        : QStringLiteral("UTC%1%2:%3")
                              .arg(minutes < 0 ? QStringLiteral("-") : QStringLiteral("+"),
                                   twoDigits(size / kHourMinutes), twoDigits(size % kHourMinutes));
}

} // namespace

AuthorizerLogDialog::AuthorizerLogDialog(QWidget* parent)
    : Dialog(tr("Read an Authorizer Log"),
             tr("What a cluster's authorizer decided: kafka-authorizer.log of every broker, rotated files too."),
             parent) {
    setObjectName(QStringLiteral("authorizerLogDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_shown = new QLineEdit;
    m_shown->setObjectName(QStringLiteral("authorizerLogFiles"));
    m_shown->setReadOnly(true);
    addField(tr("Files"), m_shown);
    auto* browse = new Button(tr("Choose Files…"), ButtonKind::Link);
    browse->setObjectName(QStringLiteral("authorizerLogBrowse"));
    browse->setAutoDefault(false);
    content()->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, &AuthorizerLogDialog::browse);
    m_zone = new Choice(tr("Its times are in"));
    m_zone->setObjectName(QStringLiteral("authorizerLogZone"));
    const auto here = QDateTime::currentDateTime().offsetFromUtc() / kHourMinutes;
    for (const auto minutes : kOffsets) {
        const auto zone = zoneOf(minutes);
        m_zone->addItem(minutes == here && here != 0 ? tr("%1, as here now").arg(zone) : zone, minutes);
    }
    addField(tr("Its times are in"), m_zone,
             tr("The log names no zone: it is that of the brokers' clocks when it was written."));
    setUtcOffset(0);
    auto* verb = addVerb(tr("Read"));
    verb->setObjectName(QStringLiteral("authorizerLogVerb"));
    connect(verb, &QPushButton::clicked, this, &AuthorizerLogDialog::send);
    browse->setFocus();
}

void AuthorizerLogDialog::setUtcOffset(std::int64_t utcOffsetMs) {
    m_zone->setCurrentIndex(m_zone->findData(static_cast<int>(utcOffsetMs / kOffsetMinuteMs)));
}

void AuthorizerLogDialog::browse() {
    const auto paths = QFileDialog::getOpenFileNames(this, tr("Choose an Authorizer Log"), {},
                                                     tr("Authorizer logs (*authorizer*);;All files (*)"));
    if (!paths.isEmpty()) {
        m_paths = paths;
        m_shown->setText(paths.join(QStringLiteral(", ")));
    }
}

void AuthorizerLogDialog::send() {
    if (m_paths.isEmpty()) {
        sayError(tr("Choose the files of the log first."));
        return;
    }
    const auto minutes = m_zone->currentData().toInt();
    emit given({m_paths, minutes * kOffsetMinuteMs, zoneOf(minutes)});
    accept();
}

} // namespace meshbone::ui
