// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/differences_model.h"
#include "schemas/register_check.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <QTimer>

class QLineEdit;
class QVBoxLayout;

namespace meshbone::ui {

class Choice;
class CodeView;
class EvidencePanel;
class ImpactList;
class Label;
class MessageBar;
class TableView;

/// Registers a version of a subject, or a new subject's first: the text, what is wrong with it as one types, and before
/// anything is done what the rules say of it, which contracts it breaks, what the topic's real events say, and who
/// meets what it takes away. Not modal: what it names can be looked at meanwhile.
class RegisterDialog : public Dialog {
    Q_OBJECT
public:
    /// `subject` may be empty, or one that isn't there yet: then its name can be changed.
    RegisterDialog(PageContext& context, const QString& subject, QWidget* parent = nullptr);

signals:
    void registered(const QString& subject, int version);

private:
    void buildName(const QString& subject, QVBoxLayout& column);
    void buildEditor(QVBoxLayout& column);
    void buildVerdicts(QVBoxLayout& column);
    void useTemplate();
    void check();
    void showCheck(const RegisterCheck& checked);
    void showProblem(const QString& problem);
    void showVerdict(const RegisterCheck& checked);
    void showContracts(const std::vector<catalog::BrokenContract>& broken);
    void showImpact(const QStringList& fields);
    void showPlace();
    void showSentence();
    void registerNow();
    [[nodiscard]] QString subject() const;
    [[nodiscard]] catalog::SchemaDefinition definition() const;

    PageContext& m_context;
    QString m_subject;                ///< that is there already; empty: a new one
    catalog::SchemaDefinition m_base; ///< what the new text stands instead of: references, metadata and rules stay
    DifferencesModel m_model;
    QTimer m_rest;         ///< the keys rest
    QStringList m_touched; ///< the fields that are asked about
    QLineEdit* m_name = nullptr;
    Choice* m_language = nullptr;
    CodeView* m_text = nullptr;
    Label* m_state = nullptr;
    MessageBar* m_verdict = nullptr;
    MessageBar* m_contracts = nullptr;
    TableView* m_table = nullptr;
    Label* m_sentence = nullptr; ///< of the difference that is chosen, or of the first one: a row is too narrow for it
    EvidencePanel* m_evidence = nullptr;
    ImpactList* m_impact = nullptr;
    Button* m_register = nullptr;
    QString m_template;
};

} // namespace meshbone::ui
