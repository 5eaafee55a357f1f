// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/catalog_form.h"

#include <optional>

namespace meshbone::ui {

// The forms of the Products page. Each is new (no value given) or changes what is given, guarded by its revision.

class TeamForm : public CatalogForm {
    Q_OBJECT
public:
    TeamForm(PageContext& context, const std::optional<catalog::Team>& team, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    std::optional<catalog::Team> m_team;
    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_description = nullptr;
    QLineEdit* m_people = nullptr;
};

class DomainForm : public CatalogForm {
    Q_OBJECT
public:
    DomainForm(PageContext& context, const std::optional<catalog::Domain>& domain, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    std::optional<catalog::Domain> m_domain;
    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_description = nullptr;
    Choice* m_owner = nullptr;
};

class ProductForm : public CatalogForm {
    Q_OBJECT
public:
    ProductForm(PageContext& context, const std::optional<catalog::Product>& product, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    std::optional<catalog::Product> m_product;
    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_description = nullptr;
    Choice* m_domain = nullptr;
    Choice* m_owner = nullptr;
};

/// Offers a topic as an output of a product, or names it as an input.
class PortForm : public CatalogForm {
    Q_OBJECT
public:
    /// One of `product` and `topic` may be empty; it is then chosen in the form.
    PortForm(PageContext& context, const QString& product, const QString& topic, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    Choice* m_product = nullptr;
    Choice* m_topic = nullptr;
    Choice* m_direction = nullptr;
    QLineEdit* m_description = nullptr;
};

} // namespace meshbone::ui
