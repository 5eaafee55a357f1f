// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/dialog.h"

#include <catalog/catalog.h>

#include <functional>

class QLineEdit;
class QPlainTextEdit;

namespace meshbone::ui {

class Choice;

/// "Air traffic delays" becomes "air-traffic-delays": the id that a name gives.
QString slugOf(const QString& name);

/// A form that becomes one ledger entry. Subclasses add fields and make the command; errors stand in the form, which
/// stays open with what was typed.
class CatalogForm : public Dialog {
    Q_OBJECT
public:
    CatalogForm(PageContext& context, const QString& title, const QString& sentence, const QString& verb,
                QWidget* parent);

signals:
    void submitted(const QString& id); ///< accepted by the catalog; id of the thing

protected:
    /// What the fields say, or the sentence to show (for the person, with the field to go to).
    virtual Result<catalog::Submission> submission() const = 0;
    [[nodiscard]] virtual QString subject() const = 0;
    /// Adds the last field, "Why", and sets the tab order; call at the end of the constructor.
    void finishForm();
    QLineEdit* addLine(const QString& name, const QString& label, const QString& value, const QString& hint = {});
    QPlainTextEdit* addText(const QString& name, const QString& label, const QString& value);
    Choice* addTeamChoice(const QString& current);
    Choice* addDomainChoice(const QString& current);
    /// A team or a person, or none, in the words of `none`; the data of the choice is the id.
    Choice* addTeam(const QString& name, const QString& label, const QString& none, const QString& current);
    Choice* addPerson(const QString& name, const QString& label, const QString& none, const QString& current);
    [[nodiscard]] std::string why() const;
    [[nodiscard]] PageContext& context() const { return m_context; }

private:
    void send();
    PageContext& m_context;
    Button* m_verb = nullptr;
    QLineEdit* m_why = nullptr;
};

} // namespace meshbone::ui
