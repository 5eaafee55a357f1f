// SPDX-License-Identifier: Apache-2.0
#include "shell/settings.h"

#include <QSettings>

namespace meshbone::ui {

namespace {

const QString kScheme = QStringLiteral("window/scheme");
const QString kUtc = QStringLiteral("window/utc");
const QString kGeometry = QStringLiteral("window/geometry");
const QString kPage = QStringLiteral("window/page");
const QString kInspector = QStringLiteral("window/inspector");

QString splitterKey(const QString& name) {
    return QStringLiteral("splitters/%1").arg(name);
}

} // namespace

Scheme Settings::scheme() const {
    const auto word = QSettings().value(kScheme).toString();
    return word == u"light" ? Scheme::Light : word == u"dark" ? Scheme::Dark : Scheme::System;
}

void Settings::setScheme(Scheme scheme) {
    const auto* word = scheme == Scheme::Light ? "light" : scheme == Scheme::Dark ? "dark" : "system";
    QSettings().setValue(kScheme, QLatin1String(word));
    emit schemeChanged(scheme);
}

bool Settings::isUtc() const {
    return QSettings().value(kUtc, true).toBool();
}

void Settings::setUtc(bool utc) {
    QSettings().setValue(kUtc, utc);
    emit utcChanged(utc);
}

QByteArray Settings::windowGeometry() const {
    return QSettings().value(kGeometry).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry) {
    QSettings().setValue(kGeometry, geometry);
}

QString Settings::lastPage() const {
    return QSettings().value(kPage).toString();
}

void Settings::setLastPage(const QString& page) {
    QSettings().setValue(kPage, page);
}

bool Settings::isInspectorShown() const {
    return QSettings().value(kInspector, true).toBool();
}

void Settings::setInspectorShown(bool shown) {
    QSettings().setValue(kInspector, shown);
}

QByteArray Settings::splitterState(const QString& name) const {
    return QSettings().value(splitterKey(name)).toByteArray();
}

void Settings::setSplitterState(const QString& name, const QByteArray& state) {
    QSettings().setValue(splitterKey(name), state);
}

} // namespace meshbone::ui
