// SPDX-License-Identifier: Apache-2.0
#include "access/change_field.h"

#include "access/access_words.h"
#include "access/scope_editor.h"
#include "widgets/format.h"
#include "widgets/panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kUsualDays = 30;
constexpr int kMostScopeHeight = 240;

} // namespace

ChangeField::ChangeField(QWidget* parent)
    : QWidget(parent) {
    buildChoices();
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_kind);
    for (QWidget* field : std::initializer_list<QWidget*>{m_grant, m_principal, m_binding}) {
        row->addWidget(field, 1);
    }
    row->addWidget(m_period);
    m_layout->addLayout(row);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ChangeField::kindChanged);
    connect(m_grant, &QComboBox::currentIndexChanged, this, &ChangeField::grantChanged);
    connect(m_principal, &QComboBox::currentIndexChanged, this, &ChangeField::changed);
    connect(m_period, &PeriodField::changed, this, &ChangeField::changed);
    connect(m_binding, &QLineEdit::textChanged, this, &ChangeField::changed);
    kindChanged();
}

void ChangeField::buildChoices() {
    m_kind = new Choice(tr("Change"));
    m_kind->setObjectName(QStringLiteral("changeKind"));
    m_kind->addItems(
        {tr("Revoke a grant"), tr("Drop a principal"), tr("Add an ACL"), tr("Take an ACL away"), tr("Narrow a grant")});
    m_grant = new LongChoice(tr("Grant"));
    m_grant->setObjectName(QStringLiteral("changeGrant"));
    m_principal = new LongChoice(tr("Principal"));
    m_principal->setObjectName(QStringLiteral("changePrincipal"));
    m_binding = new QLineEdit;
    m_binding->setObjectName(QStringLiteral("changeBinding"));
    m_binding->setAccessibleName(tr("ACL"));
    m_binding->setPlaceholderText(QStringLiteral("DENY READ TOPIC LITERAL flights User:x *"));
    m_period = new PeriodField(tr("Over"), kUsualDays, QStringLiteral("changeDays"));
    m_period->setToolTip(tr("Over how much of what was seen it is tried."));
}

void ChangeField::kindChanged() {
    const int kind = m_kind->currentIndex();
    m_grant->setVisible(kind == Revoke || kind == Narrow);
    m_principal->setVisible(kind == Drop);
    m_binding->setVisible(kind == Add || kind == Take);
    showScope();
    emit changed();
}

void ChangeField::grantChanged() {
    showScope();
    emit changed();
}

void ChangeField::showScope() {
    const bool isNarrowing = m_kind->currentIndex() == Narrow && m_look != nullptr;
    const auto scope = isNarrowing ? catalog::scopeInForce(m_look->survey, grant())
                                   : Result<catalog::AccessScope>(std::unexpected(Error{}));
    if (scope && m_scope == nullptr) {
        QStringList topics;
        for (const auto& topic : m_look->survey.context.topics.value_or(std::set<std::string, std::less<>>{})) {
            topics << text(topic);
        }
        m_scope = new ScopeEditor(std::move(topics));
        m_scroll = scrolled(m_scope);
        m_scroll->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
        m_scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
        m_scroll->setMaximumHeight(kMostScopeHeight); // what it does is to be seen below
        m_layout->addWidget(m_scroll);
        connect(m_scope, &ScopeEditor::changed, this, &ChangeField::changed);
    }
    if (m_scope != nullptr) {
        m_scroll->setVisible(scope.has_value());
        if (scope) {
            const QSignalBlocker quiet(m_scope);
            m_scope->setScope(*scope);
        }
    }
}

std::string ChangeField::grant() const {
    return m_grant->currentIndex() < 0 ? std::string() : m_grant->currentData().toString().toStdString();
}

Result<SeenPeriod> ChangeField::period() const {
    return m_period->period();
}

void ChangeField::setLists(const ExplainLists& lists, DriftLookPtr look) {
    m_lists = lists;
    m_look = std::move(look);
    m_grant->setItems(m_lists.grants);
    m_principal->setItems(m_lists.known);
    grantChanged();
}

void ChangeField::prefer(const std::string& principal) {
    if (const auto grant = m_lists.firstGrantOf(principal); !grant.isEmpty()) {
        m_grant->choose(grant);
    }
    m_principal->choose(text(principal));
}

Result<catalog::AccessChange> ChangeField::change(const DriftLook& look) const {
    catalog::AccessChange change;
    switch (m_kind->currentIndex()) {
    case Revoke:
    case Narrow:
        return ofGrant(look);
    case Drop:
        if (m_principal->currentIndex() < 0) {
            return fail(ErrorCode::InvalidArgument, tr("No principal is known.").toStdString());
        }
        change.dropPrincipals.insert(m_principal->currentData().toString().toStdString());
        return change;
    default:
        return ofBinding();
    }
}

Result<catalog::AccessChange> ChangeField::ofGrant(const DriftLook& look) const {
    if (grant().empty()) {
        return fail(ErrorCode::InvalidArgument, tr("No grant is in force.").toStdString());
    }
    if (m_kind->currentIndex() == Revoke) {
        catalog::AccessChange change;
        change.remove = catalog::endingWith(look.survey.agreed.wanted, grant());
        return change;
    }
    const auto before = catalog::scopeInForce(look.survey, grant());
    return before ? catalog::narrowing(look.survey, grant(), m_scope == nullptr ? *before : m_scope->draft())
                  : std::unexpected(before.error());
}

Result<catalog::AccessChange> ChangeField::ofBinding() const {
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
    catalog::AccessChange change;
    (m_kind->currentIndex() == Add ? change.add : change.remove).push_back(std::move(*binding));
    return change;
}

} // namespace meshbone::ui
