// SPDX-License-Identifier: Apache-2.0
#include "shell/settings_dialog.h"

#include "widgets/segmented.h"

#include <QVBoxLayout>

namespace meshbone::ui {

SettingsDialog::SettingsDialog(Settings& settings, QWidget* parent)
    : Dialog(tr("Settings"), {}, parent) {
    setObjectName(QStringLiteral("settingsDialog"));
    auto* scheme = new Segmented({tr("As the system"), tr("Light"), tr("Dark")}, tr("Appearance"));
    scheme->setObjectName(QStringLiteral("scheme"));
    scheme->setCurrent(static_cast<int>(settings.scheme()));
    connect(scheme, &Segmented::currentChanged, &settings,
            [&settings](int index) { settings.setScheme(static_cast<Scheme>(index)); });
    addField(tr("Appearance"), scheme);
    auto* zone = new Segmented({tr("UTC"), tr("Local time")}, tr("Time zone"));
    zone->setObjectName(QStringLiteral("zone"));
    zone->setCurrent(settings.isUtc() ? 0 : 1);
    connect(zone, &Segmented::currentChanged, &settings, [&settings](int index) { settings.setUtc(index == 0); });
    addField(tr("Times are shown in"), zone, tr("What is copied or exported is always ISO 8601 in UTC."));
    content()->addStretch(1);
    setCancelText(tr("Close"));
}

} // namespace meshbone::ui
