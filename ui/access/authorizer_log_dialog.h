// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"

#include <QStringList>

class QLineEdit;

namespace meshbone::ui {

class Choice;

/// Files of a cluster's authorizer log, and by which clock their times were written.
struct AuthorizerLogFiles {
    QStringList paths;
    QString zone = QStringLiteral("Z"); ///< as lineage::LogZone is named: "Z", "+02:00", "Europe/Berlin"
    QString zoneWords;                  ///< "UTC", "UTC+02:00"
};

/// Asks for them. Deletes itself when it is closed. GUI thread.
class AuthorizerLogDialog : public Dialog {
    Q_OBJECT
public:
    explicit AuthorizerLogDialog(QWidget* parent);
    /// The zone that was chosen the last time.
    void setZone(const QString& zone);

signals:
    void given(const AuthorizerLogFiles& files);

private:
    void addZones();
    void browse();
    void send();

    QStringList m_paths;
    QLineEdit* m_shown = nullptr;
    Choice* m_zone = nullptr;
};

} // namespace meshbone::ui
