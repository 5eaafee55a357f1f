// SPDX-License-Identifier: Apache-2.0
#include "products/forms.h"

#include "widgets/choice.h"
#include "widgets/format.h"

#include <QLineEdit>
#include <QPlainTextEdit>

namespace meshbone::ui {

namespace {

std::string trimmed(const QLineEdit* line) {
    return line->text().trimmed().toStdString();
}
std::string trimmed(const QPlainTextEdit* area) {
    return area->toPlainText().trimmed().toStdString();
}
std::string chosen(const Choice* choice) {
    return choice->currentData().toString().toStdString();
}

std::unexpected<Error> wrong(const QString& sentence) {
    return fail(ErrorCode::InvalidArgument, sentence.toStdString());
}

/// A new thing takes the id of its name; the name must give one.
template <class Thing>
std::string idOf(const std::optional<Thing>& thing, const QLineEdit* name) {
    return thing ? thing->id : slugOf(name->text()).toStdString();
}

template <class Thing>
catalog::Submission guarded(catalog::Command command, const std::optional<Thing>& thing, std::string why) {
    return {std::move(command), std::move(why), thing ? std::optional(thing->revision) : std::nullopt};
}

template <class Things>
bool taken(const Things& things, const std::string& id) {
    return std::ranges::any_of(things, [&](const auto& thing) { return thing.id == id; });
}

} // namespace

TeamForm::TeamForm(PageContext& context, const std::optional<catalog::Team>& team, QWidget* parent)
    : CatalogForm(context, team ? tr("Edit team") : tr("New team"),
                  tr("A team owns domains and products; its people answer for them."),
                  team ? tr("Save Team") : tr("Create Team"), parent)
    , m_team(team) {
    QStringList people;
    for (const auto& person : team ? team->people : std::vector<std::string>{}) {
        people << text(person);
    }
    m_name = addLine(QStringLiteral("name"), tr("Name"), team ? text(team->name) : QString());
    m_description =
        addText(QStringLiteral("description"), tr("Description"), team ? text(team->description) : QString());
    m_people = addLine(QStringLiteral("people"), tr("People"), people.join(QStringLiteral(", ")),
                       tr("Ids of enrolled people, with commas between them."));
    finishForm();
}

Result<catalog::Submission> TeamForm::submission() const {
    const auto id = idOf(m_team, m_name);
    if (id.empty()) {
        return wrong(tr("Give the team a name with at least one letter."));
    }
    if (!m_team && taken(context().feed.catalog()->teams, id)) {
        return wrong(tr("There is a team “%1” already; choose another name.").arg(text(id)));
    }
    catalog::PutTeam put{id, trimmed(m_name), trimmed(m_description), {}};
    for (const auto& person : m_people->text().split(u',', Qt::SkipEmptyParts)) {
        const auto name = person.trimmed().toStdString();
        if (!taken(context().feed.catalog()->people, name)) {
            return wrong(
                tr("Nobody is enrolled as “%1”; the people of this mesh stand in the ledger.").arg(person.trimmed()));
        }
        put.people.push_back(name);
    }
    return guarded(std::move(put), m_team, why());
}

QString TeamForm::subject() const {
    return text(idOf(m_team, m_name));
}

DomainForm::DomainForm(PageContext& context, const std::optional<catalog::Domain>& domain, QWidget* parent)
    : CatalogForm(context, domain ? tr("Edit domain") : tr("New domain"),
                  tr("A domain is a field of the business with one owner for its data."),
                  domain ? tr("Save Domain") : tr("Create Domain"), parent)
    , m_domain(domain) {
    m_name = addLine(QStringLiteral("name"), tr("Name"), domain ? text(domain->name) : QString());
    m_description =
        addText(QStringLiteral("description"), tr("Description"), domain ? text(domain->description) : QString());
    m_owner = addTeamChoice(domain ? text(domain->owner) : QString());
    finishForm();
}

Result<catalog::Submission> DomainForm::submission() const {
    const auto id = idOf(m_domain, m_name);
    if (id.empty()) {
        return wrong(tr("Give the domain a name with at least one letter."));
    }
    if (!m_domain && taken(context().feed.catalog()->domains, id)) {
        return wrong(tr("There is a domain “%1” already; choose another name.").arg(text(id)));
    }
    return guarded(catalog::PutDomain{id, trimmed(m_name), trimmed(m_description), chosen(m_owner)}, m_domain, why());
}

QString DomainForm::subject() const {
    return text(idOf(m_domain, m_name));
}

ProductForm::ProductForm(PageContext& context, const std::optional<catalog::Product>& product, QWidget* parent)
    : CatalogForm(context, product ? tr("Edit product") : tr("New product"),
                  tr("A data product offers topics that others may rely on. Topics are added once it exists."),
                  product ? tr("Save Product") : tr("Create Product"), parent)
    , m_product(product) {
    m_name = addLine(QStringLiteral("name"), tr("Name"), product ? text(product->name) : QString());
    m_description =
        addText(QStringLiteral("description"), tr("Description"), product ? text(product->description) : QString());
    m_domain = addDomainChoice(product ? text(product->domain) : QString());
    m_owner = addTeamChoice(product ? text(product->owner) : QString());
    finishForm();
}

Result<catalog::Submission> ProductForm::submission() const {
    const auto id = idOf(m_product, m_name);
    if (id.empty()) {
        return wrong(tr("Give the product a name with at least one letter."));
    }
    if (!m_product && taken(context().feed.catalog()->products, id)) {
        return wrong(tr("There is a product “%1” already; choose another name.").arg(text(id)));
    }
    return guarded(catalog::PutProduct{id, trimmed(m_name), trimmed(m_description), chosen(m_domain), chosen(m_owner)},
                   m_product, why());
}

QString ProductForm::subject() const {
    return text(idOf(m_product, m_name));
}

PortForm::PortForm(PageContext& context, const QString& product, const QString& topic, QWidget* parent)
    : CatalogForm(context, tr("Add a port"),
                  tr("An output is a topic that the product offers; an input is one that it needs."), tr("Add Port"),
                  parent) {
    m_product = new Choice(tr("Product"));
    m_product->setObjectName(QStringLiteral("product"));
    for (const auto& one : context.feed.catalog()->products) {
        m_product->addItem(text(one.name.empty() ? one.id : one.name), text(one.id));
    }
    m_product->setCurrentIndex(std::max(0, m_product->findData(product)));
    addField(tr("Product"), m_product);
    m_topic = new Choice(tr("Topic"));
    m_topic->setObjectName(QStringLiteral("topic"));
    for (const auto& one : context.health.facts()->topics) {
        if (!one.internal) {
            m_topic->addItem(text(one.name), text(one.name));
        }
    }
    m_topic->setCurrentIndex(std::max(0, m_topic->findData(topic)));
    addField(tr("Topic"), m_topic);
    m_direction = new Choice(tr("Direction"));
    m_direction->setObjectName(QStringLiteral("direction"));
    m_direction->addItem(tr("Output: the product offers it"));
    m_direction->addItem(tr("Input: the product needs it"));
    addField(tr("Direction"), m_direction);
    m_description = addLine(QStringLiteral("description"), tr("Description"), {});
    finishForm();
}

Result<catalog::Submission> PortForm::submission() const {
    if (m_product->currentIndex() < 0) {
        return wrong(tr("There is no product yet; create one first."));
    }
    if (m_topic->currentIndex() < 0) {
        return wrong(tr("There is no topic yet; create one on the Topics page first."));
    }
    const auto direction =
        m_direction->currentIndex() == 0 ? catalog::PortDirection::Output : catalog::PortDirection::Input;
    return catalog::Submission{
        catalog::PutPort{chosen(m_product), {chosen(m_topic), direction, trimmed(m_description)}}, why(), {}};
}

QString PortForm::subject() const {
    return m_product->currentData().toString();
}

} // namespace meshbone::ui
