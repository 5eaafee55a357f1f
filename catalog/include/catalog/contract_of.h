// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>
#include <catalog/contract.h>
#include <catalog/schema_book.h>
#include <catalog/schema_usage.h>

#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog {

// Contracts of the topics and products of a mesh: what is agreed for them, what they could be, and whether what is
// registered keeps them. From any thread.

/// What a contract is agreed for: a topic or a product.
struct ContractSubject {
    bool product = false;
    std::string name; ///< product's id or topic
    [[nodiscard]] std::string words() const { return (product ? "product " : "topic ") + name; }
    friend bool operator==(const ContractSubject&, const ContractSubject&) = default;
};
/// What a contract itself says that it is for: the product of a product's document, else its topics; perhaps none.
/// Whether there is such a product, the catalog says.
std::vector<ContractSubject> subjectsOf(const Contract& contract);
/// What a person calls it: its name, else its id.
const std::string& titleOf(const Contract& contract);

/// What is agreed for a topic or a product; nothing: there is no contract.
std::optional<AgreedContract> agreedContract(const Catalog& catalog, bool product, const std::string& subject);

/// The schema of a topic's values: the latest of "<topic>-value", else of the only subject that describes them by
/// record.
std::optional<SchemaVersion> valueSchemaOf(const SchemaBook& book, const std::string& topic);

/// Which object of a data contract describes the topic; null: none does.
const ContractObject* objectOfTopic(const Contract& contract, const std::string& topic);

/// Whether the topic's registered schema keeps the contract: checkContract(), or that there is nothing that keeps it.
std::vector<ContractFinding> checkTopic(const Contract& contract, const std::string& topic, const SchemaBook& book);

/// Where a topic's contract names another product or domain than the catalog; none of it breaks anything.
std::vector<ContractFinding> checkBinding(const Contract& contract, const std::string& topic, const Catalog& catalog);

/// Both of them: all there is to say of a topic's contract.
std::vector<ContractFinding> checkTopicContract(const Contract& contract, const std::string& topic,
                                                const Catalog& catalog, const SchemaBook& book);
/// Whether what a product offers keeps what is promised of it: its topics their contracts (paths begin with the topic,
/// places are left out, as they are in another text), and where the product's document and its ports differ.
std::vector<ContractFinding> checkProductContract(const Contract& contract, const std::string& product,
                                                  const Catalog& catalog, const SchemaBook& book);

/// A topic's contract that a schema wouldn't keep.
struct BrokenContract {
    std::string topic, title, version;
    std::vector<ContractFinding> findings; ///< those that break it, one at least
};
/// The contracts that would be broken were this the latest schema of the subject; those of its topic's values.
std::vector<BrokenContract> contractsBrokenBy(const ParsedSchema& candidate, const std::string& subject,
                                              const Catalog& catalog, const SchemaBook& book);

/// The versions that agreed contracts of topics are about: the one that a contract names, and the latest one, which has
/// to keep it. Reads all contracts: for a job.
std::vector<BoundVersion> boundVersions(const Catalog& catalog, const SchemaBook& book);

/// What agreeing a contract for something changes there.
struct ContractAgreement {
    ContractSubject subject;
    std::optional<AgreedContract> before;  ///< what is agreed now
    std::vector<ContractFinding> findings; ///< what changes, and where the catalog names things otherwise
    bool isThere = false;                  ///< this very text is agreed already
};
ContractAgreement agreementOf(const ContractSubject& subject, const Contract& contract, const Catalog& catalog);
/// The entry that makes it; rejected where something else is agreed by then than was compared.
Submission submissionOf(const ContractAgreement& agreement, const Contract& contract, const std::string& why);

/// The text of a data contract for a topic, from what the catalog says of it and its latest schema. `server`: bootstrap
/// address, may be empty. NotFound where nothing is known of the topic.
Result<std::string> draftTopicContract(const Catalog& catalog, const SchemaBook& book, const std::string& topic,
                                       const std::string& server);
/// The text of a data product with its ports; those whose topic has an agreed contract name that. NotFound where there
/// is no such product.
Result<std::string> draftProductContract(const Catalog& catalog, const std::string& product);

} // namespace meshbone::catalog
