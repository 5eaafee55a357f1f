// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/principal_rows.h"
#include "shell/client_user.h"
#include "widgets/dialog.h"

namespace meshbone::ui {

class Choice;
class ClientConfigView;
class Label;

/// What a client of this principal works on, from its grants, as its configuration needs it.
ClientSetup setupOf(const CatalogView& catalog, const std::string& principal);

/// A SCRAM user for a principal, or a new password for it. SCRAM-SHA-256 and SCRAM-SHA-512 are two credentials of one
/// user: the new password is for one of them and leaves the other one's alone, so that clients can move in their own
/// time. The password is shown once, with configurations, and kept nowhere.
class PasswordDialog : public Dialog {
    Q_OBJECT
public:
    PasswordDialog(PageContext& context, const PrincipalRow& row, QWidget* parent);

signals:
    void changed(); ///< the users of the backbone are other ones

private:
    [[nodiscard]] backbone::ScramMechanism mechanism() const;
    [[nodiscard]] bool has(backbone::ScramMechanism mechanism) const;
    [[nodiscard]] backbone::ScramMechanism proposed() const;
    void tellEffect();
    void put();
    void showSecret(const ClientCredential& credential, const QString& notRecorded);
    void check(const ClientCredential& credential);
    PageContext& m_context;
    PrincipalRow m_row;
    Choice* m_mechanism = nullptr;
    Label* m_effect = nullptr;
    Label* m_checked = nullptr;
    Button* m_verb = nullptr;
    ClientConfigView* m_config = nullptr;
};

/// The configurations alone, with a placeholder for the password.
class ConfigurationDialog : public Dialog {
    Q_OBJECT
public:
    ConfigurationDialog(PageContext& context, const PrincipalRow& row, QWidget* parent);
};

} // namespace meshbone::ui
