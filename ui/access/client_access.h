// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/access.h>

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace meshbone::ui {

class Button;
class Label;
class ScopeEditor;
class UntilField;

/// What a new client is to be allowed: the fields of a request for it, what becomes of the request, and the request
/// itself. Where nobody but who sits here is enrolled, so that nobody could agree, it offers a policy that agrees by
/// itself.
class ClientAccess : public QWidget {
    Q_OBJECT
public:
    explicit ClientAccess(PageContext& context, QWidget* parent = nullptr);
    void setUser(const std::string& user);
    [[nodiscard]] catalog::AccessScope scope() const; ///< as the fields are now, perhaps incomplete

signals:
    void changed();
    void refused(const QString& sentence);
    /// The request stands in the ledger; approved: it is a grant already.
    void sent(bool approved, const QString& sentence);

private:
    void addTerms();
    void addOffer();
    void review();
    void showReview(const catalog::AccessReview& review);
    void send();
    void tell(const std::string& id);
    [[nodiscard]] std::vector<catalog::Submission> submissions(const catalog::SubmitRequest& request) const;
    [[nodiscard]] bool nobodyElse() const;
    [[nodiscard]] bool policyWouldHelp(const catalog::AccessReview& review) const;

    PageContext& m_context;
    std::string m_user;
    ScopeEditor* m_editor = nullptr;
    QLineEdit* m_purpose = nullptr;
    UntilField* m_until = nullptr;
    Label* m_verdict = nullptr;
    QCheckBox* m_offer = nullptr;
    Label* m_offerWords = nullptr;
    Button* m_send = nullptr;
};

} // namespace meshbone::ui
