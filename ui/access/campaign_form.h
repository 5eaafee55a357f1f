// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/catalog_form.h"

namespace meshbone::ui {

class Choice;
class UntilField;

/// Opens a recertification: which product, by when.
class CampaignForm : public CatalogForm {
    Q_OBJECT
public:
    /// `product`: the one that is chosen first; may be empty.
    CampaignForm(PageContext& context, const QString& product, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override { return slugOf(m_name->text()); }

private:
    Choice* m_product = nullptr;
    QLineEdit* m_name = nullptr;
    UntilField* m_due = nullptr;
};

} // namespace meshbone::ui
