// SPDX-License-Identifier: Apache-2.0
#include "access/policy_form.h"

#include "access/access_words.h"
#include "access/scope_editor.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_names.h>

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kWidth = 560;
constexpr int kMaxPeople = 10, kMaxDays = 36'500; // as the ledger has them
constexpr int kProduct = 1, kTopic = 0;           // kinds of what is classified, beside the id in a choice
} // namespace

PolicyForm::PolicyForm(PageContext& context, const std::optional<catalog::Policy>& policy, QWidget* parent)
    : CatalogForm(
          context, policy ? tr("Edit policy") : tr("New policy"),
          tr("A policy adds to what others say, and the strictest wins. Only in whether a request is approved by "
             "itself the narrower one wins."),
          policy ? tr("Save Policy") : tr("Create Policy"), parent)
    , m_policy(policy) {
    setObjectName(QStringLiteral("policyForm"));
    setMinimumWidth(kWidth);
    m_name = addLine(QStringLiteral("name"), tr("Name"), policy ? text(policy->name) : QString());
    addReach();
    addApproval();
    addLimits();
    finishForm();
}

void PolicyForm::addReach() {
    auto* row = new QWidget;
    auto* box = new QHBoxLayout(row);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(8);
    m_reach = new Choice(tr("Holds for"));
    m_reach->setObjectName(QStringLiteral("reach"));
    m_reach->addItems({tr("The whole mesh"), tr("A domain"), tr("A product"), tr("A topic, or topics that begin so"),
                       tr("Classified data")});
    m_subject = new Choice(tr("Which one"));
    m_subject->setObjectName(QStringLiteral("subject"));
    box->addWidget(m_reach);
    box->addWidget(m_subject, 1);
    addField(tr("Holds for"), row);
    connect(m_reach, &QComboBox::currentIndexChanged, this, &PolicyForm::fillSubjects);
    m_reach->setCurrentIndex(m_policy ? static_cast<int>(m_policy->reach) : 0);
    fillSubjects();
    if (!m_policy) {
        return;
    }
    const auto subject = text(m_policy->subject);
    if (const auto found = m_subject->findData(subject); found >= 0) {
        m_subject->setCurrentIndex(found);
    } else if (m_subject->isEditable()) {
        m_subject->setEditText(subject);
    }
}

catalog::PolicyReach PolicyForm::reach() const {
    return static_cast<catalog::PolicyReach>(m_reach->currentIndex());
}

void PolicyForm::fillSubjects() {
    const auto& catalog = *context().feed.catalog();
    m_subject->clear();
    m_subject->setEditable(reach() == catalog::PolicyReach::Topic);
    m_subject->setEnabled(reach() != catalog::PolicyReach::Mesh);
    switch (reach()) {
    case catalog::PolicyReach::Mesh:
        break;
    case catalog::PolicyReach::Domain:
        for (const auto& domain : catalog.domains) {
            m_subject->addItem(text(catalog.domainName(domain.id)), text(domain.id));
        }
        break;
    case catalog::PolicyReach::Product:
        for (const auto& product : catalog.products) {
            m_subject->addItem(text(product.name.empty() ? product.id : product.name), text(product.id));
        }
        break;
    case catalog::PolicyReach::Topic:
        for (const auto& topic : topicNames(*context().health.facts())) {
            m_subject->addItem(topic, topic);
        }
        m_subject->lineEdit()->setAccessibleName(tr("Topic; a star at its end is all that begin so"));
        m_subject->lineEdit()->setObjectName(QStringLiteral("subjectLine"));
        break;
    case catalog::PolicyReach::Classification:
        m_subject->addItem(tr("confidential and restricted"), QStringLiteral("confidential"));
        m_subject->addItem(tr("restricted"), QStringLiteral("restricted"));
        break;
    }
}

void PolicyForm::addApproval() {
    m_approval = new Choice(tr("Approval"));
    m_approval->setObjectName(QStringLiteral("approval"));
    m_approval->addItems({tr("Says nothing of it"), tr("Somebody must agree"), tr("Approved by itself")});
    m_approval->setCurrentIndex(m_policy ? static_cast<int>(m_policy->approval) : 0);
    addField(tr("Approval"), m_approval,
             tr("Classified data, Kafka's own topics and what matches everything are never approved by itself."));
    m_approvers = addTeam(QStringLiteral("approvers"), tr("Must agree beside the owners"), tr("no further team"),
                          m_policy ? text(m_policy->approvers) : QString());
}

/// A number whose smallest value says nothing; in a column of the grid.
QSpinBox* PolicyForm::addCount(QGridLayout& grid, const QString& name, const QString& label, std::int64_t value,
                               int most) {
    auto* count = new QSpinBox;
    count->setObjectName(name);
    count->setAccessibleName(label);
    count->setRange(0, most);
    count->setSpecialValueText(tr("unsaid"));
    count->setButtonSymbols(QAbstractSpinBox::NoButtons);
    count->setValue(static_cast<int>(std::min<std::int64_t>(value, most)));
    auto* title = new Label(label, TextStyle::Secondary, Token::Text2);
    title->setBuddy(count);
    const auto column = grid.columnCount();
    grid.addWidget(title, 0, column);
    grid.addWidget(count, 1, column);
    return count;
}

void PolicyForm::addLimits() {
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(4);
    m_people =
        addCount(*grid, QStringLiteral("people"), tr("People, at least"), m_policy ? m_policy->people : 0, kMaxPeople);
    m_maxDays = addCount(*grid, QStringLiteral("maxDays"), tr("A grant lasts, days"), m_policy ? m_policy->maxDays : 0,
                         kMaxDays);
    m_lapseDays = addCount(*grid, QStringLiteral("lapseDays"), tr("A request waits, days"),
                           m_policy ? m_policy->lapseDays : 0, kMaxDays);
    content()->addLayout(grid);
    m_everything = new QCheckBox(tr("Consents to patterns that match everything"));
    m_everything->setObjectName(QStringLiteral("everything"));
    m_everything->setChecked(m_policy && m_policy->allowsEverything);
    content()->addWidget(m_everything);
}

Result<catalog::Submission> PolicyForm::submission() const {
    const auto id = subject().toStdString();
    const auto& policies = context().feed.catalog()->access.policies;
    if (id.empty()) {
        return fail(ErrorCode::InvalidArgument, tr("Give the policy a name with at least one letter.").toStdString());
    }
    if (!m_policy && std::ranges::any_of(policies, [&](const catalog::Policy& one) { return one.id == id; })) {
        return fail(ErrorCode::AlreadyExists,
                    tr("There is a policy “%1” already; choose another name.").arg(subject()).toStdString());
    }
    catalog::Policy policy;
    policy.id = id;
    policy.name = m_name->text().trimmed().toStdString();
    policy.reach = reach();
    if (policy.reach == catalog::PolicyReach::Topic) {
        policy.subject = m_subject->currentText().trimmed().toStdString();
    } else if (policy.reach != catalog::PolicyReach::Mesh) {
        policy.subject = m_subject->currentData().toString().toStdString();
    }
    if (policy.subject.empty() && policy.reach != catalog::PolicyReach::Mesh) {
        return fail(ErrorCode::InvalidArgument, tr("Say which one the policy holds for.").toStdString());
    }
    policy.approval = static_cast<catalog::Approval>(m_approval->currentIndex());
    policy.approvers = m_approvers->currentData().toString().toStdString();
    policy.people = m_people->value();
    policy.maxDays = m_maxDays->value();
    policy.lapseDays = m_lapseDays->value();
    policy.allowsEverything = m_everything->isChecked();
    return catalog::Submission{catalog::PutPolicy{std::move(policy)}, why(),
                               m_policy ? std::optional(m_policy->revision) : std::nullopt};
}

QString PolicyForm::subject() const {
    return m_policy ? text(m_policy->id) : slugOf(m_name->text());
}

RolesForm::RolesForm(PageContext& context, QWidget* parent)
    : CatalogForm(context, tr("Admins and enforcers"),
                  tr("Admins decide what nobody owns and change policies; enforcers report what was applied to the "
                     "backbone. While no admins are named, every enrolled person is one."),
                  tr("Save"), parent) {
    setObjectName(QStringLiteral("rolesForm"));
    const auto& roles = context.feed.catalog()->access.roles;
    m_admins = addTeam(QStringLiteral("admins"), tr("Admins"), tr("every enrolled person"), text(roles.admins));
    m_enforcers = addTeam(QStringLiteral("enforcers"), tr("Enforcers"), tr("the admins"), text(roles.enforcers));
    finishForm();
}

Result<catalog::Submission> RolesForm::submission() const {
    return catalog::Submission{catalog::PutAccessRoles{m_admins->currentData().toString().toStdString(),
                                                       m_enforcers->currentData().toString().toStdString()},
                               why(), context().feed.catalog()->access.roles.revision};
}

ClassifyForm::ClassifyForm(PageContext& context, const std::optional<catalog::Classified>& known, QWidget* parent)
    : CatalogForm(context, tr("Classify data"),
                  tr("A topic has the higher of its own class and its product's. What isn't classified is internal."),
                  tr("Classify"), parent)
    , m_known(known) {
    setObjectName(QStringLiteral("classifyForm"));
    if (known) {
        auto* name = new Label(text(known->subject), TextStyle::Mono);
        addField(known->product ? tr("Product") : tr("Topic"), name);
    } else {
        m_subject = new Choice(tr("Topic or product"));
        m_subject->setObjectName(QStringLiteral("subject"));
        for (const auto& product : context.feed.catalog()->products) {
            m_subject->addItem(tr("product %1").arg(text(product.name.empty() ? product.id : product.name)),
                               QVariantList{kProduct, text(product.id)});
        }
        for (const auto& topic : topicNames(*context.health.facts())) {
            m_subject->addItem(tr("topic %1").arg(topic), QVariantList{kTopic, topic});
        }
        addField(tr("Topic or product"), m_subject);
    }
    m_level = new Choice(tr("Class"));
    m_level->setObjectName(QStringLiteral("level"));
    for (std::size_t i = 0; i < catalog::Names<catalog::Classification>::kAll.size(); ++i) {
        m_level->addItem(classText(static_cast<catalog::Classification>(i)));
    }
    m_level->setCurrentIndex(static_cast<int>(known ? known->level : catalog::Classification::Confidential));
    addField(tr("Class"), m_level, tr("Classified data is never granted by a policy alone."));
    finishForm();
}

Result<catalog::Submission> ClassifyForm::submission() const {
    if (!m_known && m_subject->currentIndex() < 0) {
        return fail(ErrorCode::InvalidArgument, tr("There is no topic and no product yet.").toStdString());
    }
    const bool product = m_known ? m_known->product : m_subject->currentData().toList().value(0).toInt() == kProduct;
    return catalog::Submission{catalog::Classify{product, subject().toStdString(),
                                                 static_cast<catalog::Classification>(m_level->currentIndex())},
                               why(), m_known ? std::optional(m_known->revision) : std::nullopt};
}

QString ClassifyForm::subject() const {
    return m_known ? text(m_known->subject) : m_subject->currentData().toList().value(1).toString();
}

} // namespace meshbone::ui
