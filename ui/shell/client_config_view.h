// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/client_config.h"

#include <QWidget>

class QPlainTextEdit;

namespace meshbone::ui {

class Segmented;

/// A client's configuration for kcat, Java, Python and librdkafka, to copy. What it shows is kept nowhere else.
class ClientConfigView : public QWidget {
    Q_OBJECT
public:
    explicit ClientConfigView(backbone::Profile profile, QWidget* parent = nullptr);
    void setSetup(ClientSetup setup);
    [[nodiscard]] const ClientSetup& setup() const { return m_setup; }

private:
    void showConfig();
    backbone::Profile m_profile;
    ClientSetup m_setup;
    Segmented* m_kind = nullptr;
    QPlainTextEdit* m_config = nullptr;
};

} // namespace meshbone::ui
