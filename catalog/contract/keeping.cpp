// SPDX-License-Identifier: Apache-2.0
// Whether what is registered, and what a product offers, keeps what is agreed.
#include <catalog/contract_of.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace meshbone::catalog {
namespace {

/// What is agreed for topics, as far as it can be read, by topic.
std::map<std::string, Contract> topicContracts(const Catalog& catalog) {
    std::map<std::string, Contract> read;
    for (AgreedContract& one : catalog.contracts()) {
        if (one.product) {
            continue;
        }
        if (auto contract = readContract(std::move(one.text))) {
            read.emplace(one.subject, std::move(*contract));
        }
    }
    return read;
}

class ProductCheck {
public:
    ProductCheck(const Contract& contract, const Product& product, const Catalog& catalog, const SchemaBook& book)
        : m_contract(contract)
        , m_product(product)
        , m_book(book)
        , m_agreed(topicContracts(catalog)) {}

    std::vector<ContractFinding> run() {
        for (const Port& port : m_product.ports) {
            if (port.direction == PortDirection::Output) {
                checkTopicOf(port.topic);
                lookForPort(port.topic);
            }
        }
        for (const ContractPort& port : m_contract.ports) {
            if (port.direction == ContractPortDirection::Output) {
                lookForTopic(port);
            }
        }
        std::ranges::stable_partition(m_findings, &ContractFinding::isBreaking);
        return std::move(m_findings);
    }

private:
    void add(const std::string& path, std::string sentence, FilePlace at = {}) {
        m_findings.push_back({path, std::move(sentence), false, {}, at});
    }
    [[nodiscard]] const Contract* agreedFor(const std::string& topic) const {
        const auto found = m_agreed.find(topic);
        return found == m_agreed.end() ? nullptr : &found->second;
    }
    [[nodiscard]] bool isOf(const ContractPort& port, const std::string& topic) const {
        const Contract* agreed = agreedFor(topic);
        return port.name == topic || (agreed != nullptr && !agreed->id.empty() && agreed->id == port.contractId);
    }

    void checkTopicOf(const std::string& topic) {
        // A data contract that is agreed for the product as a whole may speak of its topics by itself.
        const auto said = topicsOf(m_contract);
        const bool isSaidHere = std::ranges::find(said, topic, &ContractTopic::topic) != said.end();
        const Contract* contract = isSaidHere ? &m_contract : agreedFor(topic);
        if (contract == nullptr) {
            add(topic, fmt::format("No contract is agreed for the topic '{}'.", topic));
            return;
        }
        for (ContractFinding& finding : checkTopic(*contract, topic, m_book)) {
            finding.path = finding.path == topic ? topic : topic + ": " + finding.path;
            finding.after = isSaidHere ? finding.after : FilePlace{};
            m_findings.push_back(std::move(finding));
        }
    }
    void lookForPort(const std::string& topic) {
        if (m_contract.kind != ContractKind::DataProduct) {
            return; // it has no ports
        }
        const auto isSaid = [&](const ContractPort& port) {
            return port.direction == ContractPortDirection::Output && isOf(port, topic);
        };
        if (std::ranges::none_of(m_contract.ports, isSaid)) {
            add(topic, fmt::format("The product offers the topic '{}', which its contract doesn't name.", topic));
        }
    }
    void lookForTopic(const ContractPort& port) {
        const auto found = std::ranges::find_if(m_product.ports, [&](const Port& one) {
            return one.direction == PortDirection::Output && isOf(port, one.topic);
        });
        const std::string path = "output port " + port.name;
        if (found == m_product.ports.end()) {
            add(path,
                fmt::format("The contract names the output port '{}'; none of the product's topics is called so or "
                            "has that contract.",
                            port.name),
                port.at);
            return;
        }
        const Contract* agreed = agreedFor(found->topic);
        if (agreed != nullptr && !port.version.empty() && !agreed->version.empty() && agreed->version != port.version) {
            add(path,
                fmt::format("The contract names version {} for '{}'; agreed for that topic is version {}.",
                            port.version, found->topic, agreed->version),
                port.at);
        }
    }

    const Contract& m_contract;
    const Product& m_product;
    const SchemaBook& m_book;
    const std::map<std::string, Contract> m_agreed;
    std::vector<ContractFinding> m_findings;
};

/// Whether the newest version of the subject says, or would say, what the topic's values are.
bool describesValues(const SchemaBook& book, const std::string& subject, const std::string& topic) {
    if (!subject.starts_with(topic + "-")) {
        return false; // as a rule, and quickly told
    }
    const auto describing = valueSchemaOf(book, topic);
    return subject == topic + "-value" || (describing && describing->subject == subject);
}

} // namespace

std::vector<ContractFinding> checkTopicContract(const Contract& contract, const std::string& topic,
                                                const Catalog& catalog, const SchemaBook& book) {
    auto findings = checkTopic(contract, topic, book);
    const auto binding = checkBinding(contract, topic, catalog);
    findings.insert(findings.end(), binding.begin(), binding.end());
    return findings;
}

std::vector<ContractFinding> checkProductContract(const Contract& contract, const std::string& product,
                                                  const Catalog& catalog, const SchemaBook& book) {
    const auto products = catalog.products();
    const auto found = std::ranges::find(products, product, &Product::id);
    if (found == products.end()) {
        return {{product, fmt::format("There is no product '{}'.", product), true, {}, {}}};
    }
    return ProductCheck(contract, *found, catalog, book).run();
}

std::vector<BrokenContract> contractsBrokenBy(const ParsedSchema& candidate, const std::string& subject,
                                              const Catalog& catalog, const SchemaBook& book) {
    std::vector<BrokenContract> broken;
    for (const AgreedContract& one : catalog.contracts()) {
        if (one.product || !describesValues(book, subject, one.subject)) {
            continue;
        }
        const auto contract = readContract(one.text);
        const ContractObject* object = contract ? objectOfTopic(*contract, one.subject) : nullptr;
        if (object == nullptr) {
            continue;
        }
        auto findings = checkContract(*object, candidate);
        std::erase_if(findings, [](const ContractFinding& finding) { return !finding.isBreaking; });
        if (!findings.empty()) {
            broken.push_back({one.subject, titleOf(*contract), contract->version, std::move(findings)});
        }
    }
    return broken;
}

std::vector<BoundVersion> boundVersions(const Catalog& catalog, const SchemaBook& book) {
    std::vector<BoundVersion> bound;
    for (const auto& [topic, contract] : topicContracts(catalog)) {
        if (const auto latest = valueSchemaOf(book, topic)) {
            bound.push_back({latest->subject, latest->version, titleOf(contract)});
        }
        for (const auto& object : contract.objects) {
            if (object.schemaVersion > 0) {
                bound.push_back({object.schemaSubject, object.schemaVersion, titleOf(contract)});
            }
        }
    }
    return bound;
}

} // namespace meshbone::catalog
