// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_look.h"
#include "shell/catalog_form.h"

namespace meshbone::ui {

/// Ends a contract, after it has said for whom that matters; an entry of the ledger, guarded by what was seen.
class RemoveContractForm : public CatalogForm {
    Q_OBJECT
public:
    RemoveContractForm(PageContext& context, const catalog::ContractSubject& of, const ContractLook& look,
                       QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override { return QString::fromStdString(m_of.name); }

private:
    catalog::ContractSubject m_of;
    std::int64_t m_seen = 0; ///< revision
};

} // namespace meshbone::ui
