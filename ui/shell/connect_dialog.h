// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/client_config.h"
#include "shell/page.h"
#include "widgets/dialog.h"

class QLineEdit;
class QPlainTextEdit;

namespace meshbone::ui {

class Segmented;

/// "Connect a client…": a ready configuration for kcat, Java, Python and librdkafka, for a user that is made here.
class ConnectDialog : public Dialog {
    Q_OBJECT
public:
    explicit ConnectDialog(PageContext& context, QWidget* parent = nullptr);

private:
    void createUser();
    void showConfig();
    PageContext& m_context;
    ClientCredential m_credential;
    QLineEdit* m_user = nullptr;
    Button* m_create = nullptr;
    Segmented* m_kind = nullptr;
    QPlainTextEdit* m_config = nullptr;
};

} // namespace meshbone::ui
