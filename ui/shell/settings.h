// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QByteArray>
#include <QObject>

namespace meshbone::ui {

/// What the window remembers, typed; stored in the application's QSettings. GUI thread. (Tables keep their columns
/// themselves, see TableView::setLayoutKey.)
class Settings : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] Scheme scheme() const;
    void setScheme(Scheme scheme);
    [[nodiscard]] bool isUtc() const;
    void setUtc(bool utc);
    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    [[nodiscard]] QString lastPage() const;
    void setLastPage(const QString& page);
    [[nodiscard]] bool isInspectorShown() const;
    void setInspectorShown(bool shown);
    [[nodiscard]] QByteArray splitterState(const QString& name) const;
    void setSplitterState(const QString& name, const QByteArray& state);

signals:
    void schemeChanged(meshbone::ui::Scheme scheme);
    void utcChanged(bool utc);
};

} // namespace meshbone::ui
