// SPDX-License-Identifier: Apache-2.0
#include "access/authorizer_log_dialog.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QTimeZone>
#include <QVBoxLayout>

#include <array>

namespace meshbone::ui {

namespace {

constexpr int kHourMinutes = 60;
/// Every offset that a clock on Earth has today, in minutes.
constexpr std::array kOffsets{-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150,
                              -120, -60,  0,    60,   120,  180,  210,  240,  270,  300,  330,  345,  360,
                              390,  420,  480,  525,  540,  570,  600,  630,  660,  720,  765,  780,  840};

/// "+02:00"; "Z" for none
QString zoneOf(int minutes) {
    const auto size = std::abs(minutes);
    const auto twoDigits = [](int number) { return QString::number(number).rightJustified(2, u'0'); };
    return minutes == 0 ? QStringLiteral("Z")
                        : QStringLiteral("%1%2:%3").arg(minutes < 0 ? QStringLiteral("-") : QStringLiteral("+"),
                                                        twoDigits(size / kHourMinutes), twoDigits(size % kHourMinutes));
}

/// "UTC+02:00"
QString wordsOfZone(const QString& zone) {
    return zone == u'Z' ? QStringLiteral("UTC") : zone.contains(u':') ? QStringLiteral("UTC") + zone : zone;
}

/// Places, whose clocks may be set forward and back; not the many names by which an offset has been known.
bool isPlace(const QString& zone) {
    return zone.contains(u'/') && !zone.startsWith(QStringLiteral("Etc/")) && !zone.startsWith(QStringLiteral("UTC"));
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
    addZones();
    addField(tr("Its times are in"), m_zone,
             tr("The log names no zone: it is that of the brokers' clocks. A place follows its summer time."));
    setZone(QStringLiteral("Z"));
    auto* verb = addVerb(tr("Read"));
    verb->setObjectName(QStringLiteral("authorizerLogVerb"));
    connect(verb, &QPushButton::clicked, this, &AuthorizerLogDialog::send);
    browse->setFocus();
}

/// The offsets with UTC among them, where this machine is above them, all other places below.
void AuthorizerLogDialog::addZones() {
    const auto here = QString::fromLatin1(QTimeZone::systemTimeZoneId());
    if (isPlace(here)) {
        m_zone->addItem(tr("%1, as here").arg(here), here);
        m_zone->insertSeparator(m_zone->count());
    }
    for (const auto minutes : kOffsets) {
        const auto zone = zoneOf(minutes);
        m_zone->addItem(wordsOfZone(zone), zone);
    }
    m_zone->insertSeparator(m_zone->count());
    for (const auto& id : QTimeZone::availableTimeZoneIds()) {
        if (const auto place = QString::fromLatin1(id); isPlace(place) && place != here) {
            m_zone->addItem(place, place);
        }
    }
}

void AuthorizerLogDialog::setZone(const QString& zone) {
    m_zone->setCurrentIndex(m_zone->findData(zone));
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
    const auto zone = m_zone->currentData().toString();
    emit given({m_paths, zone, wordsOfZone(zone)});
    accept();
}

} // namespace meshbone::ui
