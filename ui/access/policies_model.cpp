// SPDX-License-Identifier: Apache-2.0
#include "access/policies_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

QString nameOf(const catalog::Policy& policy) {
    return text(policy.name.empty() ? policy.id : policy.name);
}

Cell daysCell(std::int64_t days) {
    return {days == 0 ? cell::text(QStringLiteral("–"), Token::Text3) : cell::text(formatCount(days))};
}

Cell approvalCell(const PolicyRow& row) {
    switch (row.policy.approval) {
    case catalog::Approval::Automatic:
        return cell::state(Tone::Ok, PoliciesModel::tr("by itself"), QStringLiteral("check"));
    case catalog::Approval::Required:
        return {cell::text(row.approvers.isEmpty() ? PoliciesModel::tr("the owners must agree")
                                                   : PoliciesModel::tr("the owners and %1").arg(row.approvers))};
    case catalog::Approval::Unsaid:
        break;
    }
    return {row.approvers.isEmpty() ? cell::text(PoliciesModel::tr("unsaid"), Token::Text3)
                                    : cell::text(PoliciesModel::tr("%1 as well").arg(row.approvers))};
}

} // namespace

QString reachText(const CatalogView& catalog, const catalog::Policy& policy) {
    switch (policy.reach) {
    case catalog::PolicyReach::Mesh:
        return PoliciesModel::tr("the whole mesh");
    case catalog::PolicyReach::Domain:
        return PoliciesModel::tr("domain %1").arg(text(catalog.domainName(policy.subject)));
    case catalog::PolicyReach::Product: {
        const auto* product = catalog.product(policy.subject);
        return PoliciesModel::tr("product %1")
            .arg(text(product == nullptr || product->name.empty() ? policy.subject : product->name));
    }
    case catalog::PolicyReach::Topic:
        return policy.subject.ends_with('*') ? PoliciesModel::tr("topics %1").arg(text(policy.subject))
                                             : PoliciesModel::tr("topic %1").arg(text(policy.subject));
    case catalog::PolicyReach::Classification:
        return policy.subject == "restricted" ? PoliciesModel::tr("restricted data")
                                              : PoliciesModel::tr("confidential and restricted data");
    }
    return {};
}

std::vector<PolicyRow> policyRows(const CatalogView& catalog) {
    std::vector<PolicyRow> rows;
    for (const auto& policy : catalog.access.policies) {
        rows.push_back({policy, reachText(catalog, policy),
                        policy.approvers.empty() ? QString() : text(catalog.teamName(policy.approvers))});
    }
    return rows;
}

PoliciesModel::PoliciesModel(QObject* parent)
    : RowsModel({{QStringLiteral("policy"), tr("Policy"), 220, false, true},
                 {QStringLiteral("reach"), tr("Holds for"), 180, false, false},
                 {QStringLiteral("approval"), tr("Who approves"), 190, false, false},
                 {QStringLiteral("people"), tr("People"), 60, true, false},
                 {QStringLiteral("max_days"), tr("Days at most"), 92, true, false},
                 {QStringLiteral("lapse_days"), tr("Waits, days"), 86, true, false},
                 {QStringLiteral("everything"), tr("Everything"), 90, false, false}},
                parent) {}

Cell PoliciesModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Name:
        return {cell::icon(QStringLiteral("shield")), cell::strong(nameOf(one.policy))};
    case Reach:
        return {cell::secondary(one.reach)};
    case Approval:
        return approvalCell(one);
    case People:
        return daysCell(one.policy.people);
    case MaxDays:
        return daysCell(one.policy.maxDays);
    case LapseDays:
        return daysCell(one.policy.lapseDays);
    case Everything:
        return {one.policy.allowsEverything ? cell::text(tr("consents"), Token::Warn)
                                            : cell::text(QStringLiteral("–"), Token::Text3)};
    default:
        return {};
    }
}

QVariant PoliciesModel::sortKey(int row, int column) const {
    const auto& policy = at(row).policy;
    switch (column) {
    case People:
        return QVariant::fromValue<qint64>(policy.people);
    case MaxDays:
        return QVariant::fromValue<qint64>(policy.maxDays);
    case LapseDays:
        return QVariant::fromValue<qint64>(policy.lapseDays);
    default:
        return plain(row, column);
    }
}

QString PoliciesModel::copyText(int row, int column) const {
    const auto& policy = at(row).policy;
    const auto number = [](std::int64_t value) { return value == 0 ? QString() : QString::number(value); };
    switch (column) {
    case Name:
        return text(policy.id);
    case People:
        return number(policy.people);
    case MaxDays:
        return number(policy.maxDays);
    case LapseDays:
        return number(policy.lapseDays);
    case Everything:
        return policy.allowsEverything ? QStringLiteral("true") : QStringLiteral("false");
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
