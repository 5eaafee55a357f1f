// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/access.h>

#include <QObject>

namespace meshbone::ui {

class Button;

/// The commands on the requests that are chosen in the inbox: approve (as asked, several at once), decline, withdraw,
/// ask again, remind. Owned by the inbox; GUI thread.
class RequestActions : public QObject {
    Q_OBJECT
public:
    RequestActions(PageContext& context, QWidget* view);
    void setChosen(std::vector<catalog::AccessRequest> requests);
    [[nodiscard]] const std::vector<catalog::AccessRequest>& chosen() const { return m_chosen; }
    /// Those of them that wait for who sits here.
    [[nodiscard]] std::vector<catalog::AccessRequest> decidable() const;

    /// Where a decision goes from here, a sentence: how many bindings, by which enforcer, or for what it will wait.
    [[nodiscard]] QString enforcementText() const;
    /// What keeps that which is approved from being enforced, a sentence: no authorizer, no enforcer here, a right that
    /// is missing; empty: nothing that is known.
    [[nodiscard]] QString whyEnforcementWaits() const;
    /// Opens the request for its approval with changes; `scope`: what to begin with.
    void approveWithChanges(const catalog::AccessRequest& request, const catalog::AccessScope& scope);
    /// Submits these and tells the outcome by done() or failed().
    void submit(std::vector<catalog::Submission> submissions, const QString& title, const QString& doneSentence);

signals:
    void done(const QString& sentence);
    void failed(const QString& sentence);

private:
    void registerDecisions();
    void registerOwn();
    void approve();
    void amend();
    void decline();
    void ownAct(const QString& title, const QString& doneSentence, catalog::Command (*command)(const std::string& id));
    [[nodiscard]] QString whyNotDecide() const;
    [[nodiscard]] QString whyNotOwn(catalog::RequestState wanted, bool orDeclined) const;

    PageContext& m_context;
    QWidget* m_view;
    std::vector<catalog::AccessRequest> m_chosen;
    bool m_isWriting = false;
};

} // namespace meshbone::ui
