// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/principal_rows.h"
#include "shell/catalog_form.h"

class QCheckBox;

namespace meshbone::ui {

class Choice;

/// Registers a principal, or changes what is known of one: its name, kind, team and person.
class PrincipalForm : public CatalogForm {
    Q_OBJECT
public:
    /// `row`: none for a principal that is typed. `open`: principals that nobody has registered, to complete from.
    PrincipalForm(PageContext& context, const std::optional<PrincipalRow>& row, const QStringList& open,
                  QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    std::optional<PrincipalRow> m_row;
    QLineEdit* m_principal = nullptr;
    QLineEdit* m_name = nullptr;
    Choice* m_kind = nullptr;
    Choice* m_team = nullptr;
    Choice* m_person = nullptr;
};

/// Takes a principal's grants out of force, or back into it. What it does to whom is said first.
class PrincipalStateForm : public CatalogForm {
    Q_OBJECT
public:
    PrincipalStateForm(PageContext& context, const PrincipalRow& row, bool disable, const QString& alterProblem,
                       QWidget* parent);
    /// Its SCRAM user is to go as well.
    [[nodiscard]] bool removesUser() const;

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    void sayEffects(const QString& alterProblem);
    void say(const QString& sentence);
    PrincipalRow m_row;
    bool m_disable;
    QCheckBox* m_user = nullptr;
};

} // namespace meshbone::ui
