// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/client_user.h"
#include "widgets/dialog.h"

class QLineEdit;
class QStackedWidget;

namespace meshbone::ui {

class ClientAccess;
class ClientConfigView;
class MessageBar;
class Tabs;

/// "Connect a client…": a user that is made here, a request for what it may do, and a ready configuration. Each step
/// can be skipped, and what that means is said.
class ConnectDialog : public Dialog {
    Q_OBJECT
public:
    explicit ConnectDialog(PageContext& context, QWidget* parent = nullptr);

private:
    enum Step : int { User, Access, Configuration };
    QWidget* buildUser();
    QWidget* buildConfiguration();
    void createUser();
    void userChanged();
    void showConfig();
    void showStanding();
    void readStanding();
    PageContext& m_context;
    ClientCredential m_credential;
    QString m_topic;          ///< that was selected
    bool m_isEnforced = true; ///< false: the backbone runs without an authorizer
    bool m_isAsked = false;
    Tabs* m_steps = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLineEdit* m_user = nullptr;
    Button* m_create = nullptr;
    ClientAccess* m_access = nullptr;
    MessageBar* m_standing = nullptr; ///< what the client may do already
    ClientConfigView* m_config = nullptr;
};

/// The command "client.connect", for every page.
void installConnectCommand(PageContext& context);

} // namespace meshbone::ui
