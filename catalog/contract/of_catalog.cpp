// SPDX-License-Identifier: Apache-2.0
#include <catalog/contract_of.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

template <class Thing>
const Thing* withId(const std::vector<Thing>& things, const std::string& id) {
    const auto found = std::ranges::find(things, id, &Thing::id);
    return found == things.end() ? nullptr : &*found;
}

ContractOwner ownerOf(const Catalog& catalog, const std::string& product, const std::string& domain,
                      const std::string& owner) {
    ContractOwner all{product, domain, {}, {}, {}};
    const auto teams = catalog.teams();
    if (const Team* team = withId(teams, owner)) {
        all.team = team->id;
        all.teamDescription = team->description;
        const auto people = catalog.people();
        for (const std::string& id : team->people) {
            const Person* person = withId(people, id);
            all.people.push_back({id, person == nullptr ? std::string() : person->name});
        }
    }
    return all;
}

/// A port, named after its topic, with the contract that is agreed for that or would be drafted.
ContractPort portOf(const Port& port, const std::vector<AgreedContract>& agreed) {
    ContractPort out{port.direction == PortDirection::Input ? ContractPortDirection::Input
                                                            : ContractPortDirection::Output,
                     port.topic,
                     "1.0.0",
                     topicContractId(port.topic),
                     {}};
    const auto found = std::ranges::find_if(
        agreed, [&](const AgreedContract& one) { return !one.product && one.subject == port.topic; });
    const auto contract = found == agreed.end() ? std::nullopt : std::optional(readContract(found->text));
    if (contract && *contract) {
        out.version = (*contract)->version.empty() ? out.version : (*contract)->version;
        out.contractId = (*contract)->id.empty() ? out.contractId : (*contract)->id;
    }
    return out;
}

} // namespace

std::optional<AgreedContract> agreedContract(const Catalog& catalog, bool product, const std::string& subject) {
    for (AgreedContract& one : catalog.contracts()) {
        if (one.product == product && one.subject == subject) {
            return std::move(one);
        }
    }
    return std::nullopt;
}

std::optional<SchemaVersion> valueSchemaOf(const SchemaBook& book, const std::string& topic) {
    if (auto latest = book.latest(topic + "-value")) {
        return latest;
    }
    auto subjects = book.subjectsOfTopic(topic);
    std::erase(subjects, topic + "-key");
    return subjects.size() == 1 ? book.latest(subjects.front()) : std::nullopt;
}

const ContractObject* objectOfTopic(const Contract& contract, const std::string& topic) {
    const auto topics = topicsOf(contract);
    const auto found = std::ranges::find(topics, topic, &ContractTopic::topic);
    if (found != topics.end() && found->object < contract.objects.size()) {
        return &contract.objects[found->object];
    }
    // Agreed for a topic that it doesn't name: one object can only be that.
    return contract.objects.size() == 1 ? &contract.objects.front() : nullptr;
}

std::vector<ContractFinding> checkTopic(const Contract& contract, const std::string& topic, const SchemaBook& book) {
    const ContractObject* object = objectOfTopic(contract, topic);
    if (object == nullptr) {
        return {
            {topic, fmt::format("The contract doesn't say what an event of '{}' looks like.", topic), false, {}, {}}};
    }
    const auto version = valueSchemaOf(book, topic);
    if (!version) {
        return {{topic,
                 fmt::format("No schema is registered for the values of '{}', so nothing keeps the contract.", topic),
                 !object->properties.empty(),
                 {},
                 object->at}};
    }
    const auto schema = book.parsed(*version);
    if (!schema) {
        return {{topic,
                 fmt::format("The schema of '{}' can't be read. {}", topic, schema.error().message),
                 true,
                 {},
                 object->at}};
    }
    return checkContract(*object, **schema);
}

std::vector<ContractFinding> checkBinding(const Contract& contract, const std::string& topic, const Catalog& catalog) {
    std::vector<ContractFinding> findings;
    const auto facts = catalog.topicFacts();
    const auto fact = facts.find(topic);
    if (fact == facts.end() || fact->second.product.empty()) {
        findings.push_back({topic, fmt::format("No product offers the topic '{}'.", topic), false, {}, {}});
        return findings;
    }
    const auto compare = [&](const char* path, const char* kind, const std::string& said, const auto& thing) {
        if (!said.empty() && thing != nullptr && said != thing->id && said != thing->name) {
            findings.push_back({path,
                                fmt::format("The contract names the {} '{}'; by the catalog '{}' belongs to '{}'.",
                                            kind, said, topic, thing->id),
                                false,
                                {},
                                {}});
        }
    };
    const auto products = catalog.products();
    const auto domains = catalog.domains();
    compare("dataProduct", "product", contract.dataProduct, withId(products, fact->second.product));
    compare("domain", "domain", contract.domain, withId(domains, fact->second.domain));
    return findings;
}

Result<std::string> draftTopicContract(const Catalog& catalog, const SchemaBook& book, const std::string& topic,
                                       const std::string& server) {
    const auto facts = catalog.topicFacts();
    const auto fact = facts.find(topic);
    const auto version = valueSchemaOf(book, topic);
    if (fact == facts.end() && !version) {
        return fail(ErrorCode::NotFound, fmt::format("Nothing is known of a topic '{}': no product offers it, nobody "
                                                     "described it, and it has no schema.",
                                                     topic));
    }
    TopicContractDraft draft{topic, {}, {}, server, nullptr, 0, {}};
    if (fact != facts.end()) {
        draft.description = fact->second.description;
        draft.owner = ownerOf(catalog, fact->second.product, fact->second.domain, fact->second.owner);
    }
    if (!version) {
        return writeTopicContract(draft);
    }
    const auto schema = book.parsed(*version);
    if (!schema) {
        return std::unexpected(schema.error());
    }
    draft.schema = schema->get();
    draft.schemaVersion = version->version;
    draft.subject = version->subject;
    return writeTopicContract(draft);
}

Result<std::string> draftProductContract(const Catalog& catalog, const std::string& product) {
    const auto products = catalog.products();
    const Product* found = withId(products, product);
    if (found == nullptr) {
        return fail(ErrorCode::NotFound, fmt::format("There is no product '{}'.", product));
    }
    ProductContractDraft draft{
        found->id, found->name, found->description, ownerOf(catalog, found->id, found->domain, found->owner), {}};
    const auto agreed = catalog.contracts();
    for (const Port& port : found->ports) {
        draft.ports.push_back(portOf(port, agreed));
    }
    return writeProductContract(draft);
}

} // namespace meshbone::catalog
