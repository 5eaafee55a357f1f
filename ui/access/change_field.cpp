// SPDX-License-Identifier: Apache-2.0
#include "access/change_field.h"

#include "access/access_words.h"
#include "access/period_choice.h"
#include "widgets/format.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kUsualDays = 30;

void refill(Choice* choice, const std::vector<std::pair<QString, QString>>& items, bool keep) {
    const auto before = choice->currentData().toString();
    const QSignalBlocker quiet(choice);
    choice->clear();
    for (const auto& [title, id] : items) {
        choice->addItem(title, id);
    }
    const int kept = keep ? choice->findData(before) : -1;
    choice->setCurrentIndex(kept >= 0 ? kept : items.empty() ? -1 : 0);
}

} // namespace

ChangeField::ChangeField(QWidget* parent)
    : QWidget(parent) {
    m_kind = new Choice(tr("Change"));
    m_kind->setObjectName(QStringLiteral("changeKind"));
    m_kind->addItems({tr("Revoke a grant"), tr("Drop a principal"), tr("Add an ACL"), tr("Take an ACL away")});
    m_grant = new Choice(tr("Grant"));
    m_grant->setObjectName(QStringLiteral("changeGrant"));
    m_principal = new Choice(tr("Principal"));
    m_principal->setObjectName(QStringLiteral("changePrincipal"));
    m_binding = new QLineEdit;
    m_binding->setObjectName(QStringLiteral("changeBinding"));
    m_binding->setAccessibleName(tr("ACL"));
    m_binding->setPlaceholderText(QStringLiteral("DENY READ TOPIC LITERAL flights User:x *"));
    m_days = periodChoice(tr("Over"), kUsualDays);
    m_days->setObjectName(QStringLiteral("changeDays"));
    m_days->setToolTip(tr("Over how much of what was seen it is tried."));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_kind);
    for (QWidget* field : std::initializer_list<QWidget*>{m_grant, m_principal, m_binding}) {
        row->addWidget(field, 1);
    }
    row->addWidget(m_days);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ChangeField::kindChanged);
    for (auto* choice : {m_grant, m_principal, m_days}) {
        connect(choice, &QComboBox::currentIndexChanged, this, &ChangeField::changed);
    }
    connect(m_binding, &QLineEdit::textChanged, this, &ChangeField::changed);
    kindChanged();
}

void ChangeField::kindChanged() {
    const int kind = m_kind->currentIndex();
    m_grant->setVisible(kind == Revoke);
    m_principal->setVisible(kind == Drop);
    m_binding->setVisible(kind == Add || kind == Take);
    emit changed();
}

int ChangeField::days() const {
    return m_days->currentData().toInt();
}

void ChangeField::setLook(const DriftLook& look, const std::string& first) {
    auto grants = look.survey.agreed.grants;
    std::ranges::stable_sort(grants, {}, [&](const auto& grant) { return grant.principal != first; });
    std::vector<std::pair<QString, QString>> items;
    for (const auto& grant : grants) {
        items.emplace_back(QStringLiteral("%1, %2").arg(shortPrincipal(grant.principal), text(grant.id)),
                           text(grant.id));
    }
    refill(m_grant, items, grants.empty() || grants.front().principal != first);

    std::set<std::string, std::less<>> names;
    for (const auto& binding : look.survey.actual->bindings()) {
        names.insert(binding.principal);
    }
    if (const auto& known = look.survey.context.principals) {
        names.insert(known->begin(), known->end());
    }
    names.erase(std::string(backbone::kAnyPrincipal));
    std::vector<std::pair<QString, QString>> principals;
    for (const auto& name : names) {
        principals.emplace_back(text(name), text(name));
    }
    std::ranges::stable_sort(principals, {}, [&](const auto& one) { return one.first != text(first); });
    refill(m_principal, principals, !names.contains(first));
    emit changed();
}

Result<catalog::AccessChange> ChangeField::change(const DriftLook& look) const {
    catalog::AccessChange change;
    switch (m_kind->currentIndex()) {
    case Revoke: {
        if (m_grant->currentIndex() < 0) {
            return fail(ErrorCode::InvalidArgument, tr("No grant is in force.").toStdString());
        }
        change.remove = catalog::endingWith(look.survey.agreed.wanted, m_grant->currentData().toString().toStdString());
        return change;
    }
    case Drop:
        if (m_principal->currentIndex() < 0) {
            return fail(ErrorCode::InvalidArgument, tr("No principal is known.").toStdString());
        }
        change.dropPrincipals.insert(m_principal->currentData().toString().toStdString());
        return change;
    default:
        break;
    }
    if (m_binding->text().trimmed().isEmpty()) {
        return fail(ErrorCode::InvalidArgument,
                    tr("Write the ACL: ALLOW or DENY, operation, kind of resource, LITERAL or PREFIXED, name, "
                       "principal, and the address or * for any.")
                        .toStdString());
    }
    auto binding = backbone::parseBinding(m_binding->text().trimmed().toStdString());
    if (!binding) {
        return std::unexpected(binding.error());
    }
    (m_kind->currentIndex() == Add ? change.add : change.remove).push_back(std::move(*binding));
    return change;
}

} // namespace meshbone::ui
