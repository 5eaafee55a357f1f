// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/request_facts.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <QTimer>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace meshbone::ui {

class BindingTable;
class Label;
class ScopeEditor;
class UntilField;

/// Asks for access, changes what was asked for, or approves a part of it: for whom, what, why and until when; before it
/// is sent, which ACLs it would make, who must agree, and what is to be minded. Not modal; goes by itself.
class RequestDialog : public Dialog {
    Q_OBJECT
public:
    enum class Purpose : quint8 {
        Ask,     ///< a new request
        Amend,   ///< who asked changes it; what was decided is void
        Approve, ///< who decides agrees to less, or for a shorter time
    };
    /// `request`: what the fields begin with; its id is that of what is amended or approved, a new one's is made up.
    RequestDialog(PageContext& context, Purpose purpose, catalog::AccessRequest request, QWidget* parent);

signals:
    void sent(const QString& sentence, const QString& id);

private:
    void buildFields();
    void buildPreview();
    void fillPrincipals();
    void previewSoon();
    void preview();
    void showFacts(const RequestFacts& facts);
    void send();
    [[nodiscard]] Result<catalog::Submission> submission() const;
    [[nodiscard]] catalog::AccessScope draft() const;

    PageContext& m_context;
    Purpose m_purpose;
    catalog::AccessRequest m_request;
    QComboBox* m_principal = nullptr;
    ScopeEditor* m_scope = nullptr;
    QPlainTextEdit* m_why = nullptr;
    UntilField* m_until = nullptr;
    BindingTable* m_bindings = nullptr;
    Label* m_needs = nullptr;
    Label* m_mind = nullptr;
    Button* m_verb = nullptr;
    QTimer m_settle; ///< gathers keys before the preview is made again
};

} // namespace meshbone::ui
