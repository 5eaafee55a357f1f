// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace meshbone::app {

/// Turns SIGTERM and SIGINT into QCoreApplication::quit(), so that the desktop stops as cleanly as by closing its
/// window. One a process; GUI thread.
class QuitSignals : public QObject {
    Q_OBJECT
public:
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;
};

} // namespace meshbone::app
