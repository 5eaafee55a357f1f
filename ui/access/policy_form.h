// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/catalog_form.h"

#include <optional>

class QCheckBox;
class QGridLayout;
class QSpinBox;

namespace meshbone::ui {

class Choice;
class Label;

/// A policy, with all that one can say. What stays unsaid is left to the others.
class PolicyForm : public CatalogForm {
    Q_OBJECT
public:
    PolicyForm(PageContext& context, const std::optional<catalog::Policy>& policy, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    void addReach();
    void addApproval();
    void addLimits();
    void fillSubjects();
    QSpinBox* addCount(QGridLayout& grid, const QString& name, const QString& label, std::int64_t value, int most);
    [[nodiscard]] catalog::PolicyReach reach() const;
    std::optional<catalog::Policy> m_policy;
    QLineEdit* m_name = nullptr;
    Choice* m_reach = nullptr;
    Choice* m_subject = nullptr; ///< typed for topics, chosen for the rest
    Choice* m_approval = nullptr;
    Choice* m_approvers = nullptr;
    QSpinBox* m_people = nullptr;
    QSpinBox* m_maxDays = nullptr;
    QSpinBox* m_lapseDays = nullptr;
    QCheckBox* m_everything = nullptr;
};

/// Whose word counts: the admins and the enforcers.
class RolesForm : public CatalogForm {
    Q_OBJECT
public:
    RolesForm(PageContext& context, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override { return QStringLiteral("access"); }

private:
    Choice* m_admins = nullptr;
    Choice* m_enforcers = nullptr;
};

/// How confidential a topic's or a product's data is.
class ClassifyForm : public CatalogForm {
    Q_OBJECT
public:
    /// `known`: what is classified already; none for a subject that is chosen.
    ClassifyForm(PageContext& context, const std::optional<catalog::Classified>& known, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    std::optional<catalog::Classified> m_known;
    Choice* m_subject = nullptr;
    Choice* m_level = nullptr;
};

} // namespace meshbone::ui
