// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/dialog.h"

#include <backbone/replay.h>

namespace meshbone::ui {

/// A run's manifest: what was read, what was written, what proves it; to be copied or saved.
class ManifestDialog : public Dialog {
    Q_OBJECT
public:
    ManifestDialog(const backbone::Manifest& manifest, QWidget* parent);

private:
    void save();
    QString m_json;
    QString m_run;
};

} // namespace meshbone::ui
