// SPDX-License-Identifier: Apache-2.0
#include "contracts/remove_contract_form.h"

#include "widgets/button.h"
#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

/// Whom it concerns: who reads the topic, or which topics the product offers.
QString concernedWords(const PageContext& context, const catalog::ContractSubject& of) {
    if (of.product) {
        return RemoveContractForm::tr("The contracts of its topics stay.");
    }
    const auto& groups = context.health.facts()->groups;
    const auto readers = static_cast<int>(std::ranges::count_if(
        groups, [&](const GroupLag& group) { return std::ranges::find(group.topics, of.name) != group.topics.end(); }));
    return readers == 0 ? RemoveContractForm::tr("No consumer group reads the topic.")
                        : RemoveContractForm::tr("%n consumer group(s) (reads|read) the topic.", nullptr, readers);
}

} // namespace

RemoveContractForm::RemoveContractForm(PageContext& context, const catalog::ContractSubject& of,
                                       const ContractLook& look, QWidget* parent)
    : CatalogForm(
          context, tr("Remove the Contract of %1").arg(text(of.name)),
          tr("%1 ends: nothing of what it promises is promised any more. %2 The events stay as they are. The "
             "ledger keeps the text, and undoing the entry brings it back.")
              .arg(look.contract ? contractWord(*look.contract) : tr("What is agreed"), concernedWords(context, of)),
          tr("Remove Contract"), parent)
    , m_of(of)
    , m_seen(look.agreed ? look.agreed->revision : 0) {
    setObjectName(QStringLiteral("contractRemove"));
    findChild<Button*>(QStringLiteral("verb"))->setKind(ButtonKind::Danger);
    finishForm();
}

Result<catalog::Submission> RemoveContractForm::submission() const {
    return catalog::Submission{catalog::RemoveContract{m_of.product, m_of.name}, why(), m_seen};
}

} // namespace meshbone::ui
