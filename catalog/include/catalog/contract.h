// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <catalog/file_place.h>
#include <catalog/schema.h>

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Contracts in the form of the Open Data Contract Standard (ODCS, kind "DataContract") and the Open Data Product
// Standard (ODPS, kind "DataProduct"). A contract's text is the truth and is never written again from what was
// understood of it, so nothing in it is lost. Pure functions, from any thread; no text can crash or stall them.

inline constexpr std::size_t kMaxContractBytes = 1U << 20U;
inline constexpr std::size_t kMaxContractProblems = 20; ///< told of one text

enum class ContractKind : std::uint8_t { DataContract, DataProduct };

/// A column, or a field of a message, at any depth: the standard's "property".
struct ContractProperty {
    std::string path;         ///< by name from its schema object, as in SchemaField::path: "legs[].tail"
    std::string physicalPath; ///< the same by physicalName where one is given: what the registered schema calls it
    std::string logicalType, physicalType, classification, description;
    bool isRequired = false, isUnique = false, isPrimaryKey = false;
    FilePlace at;
};
/// A table, topic or file: the standard's "schema object".
struct ContractObject {
    std::string name, physicalName, physicalType, description;
    std::vector<ContractProperty> properties; ///< in the order of the text, each before what is inside it
    FilePlace at;
    /// The registered schema that it was written from, where its custom properties say so, as those of a draft of
    /// Meshbone's do; 0: none is named.
    std::string schemaSubject = {};
    int schemaVersion = 0;
};
struct ContractServer {
    std::string server, type, host, format, topic; ///< topic: not in the standard; some tools write it
    FilePlace at;
};
struct ContractSla {
    std::string property, value, unit, element, driver;
    FilePlace at;
};
struct ContractMember {
    std::string username, role;
};
struct ContractSupport {
    std::string channel, url;
};
enum class ContractPortDirection : std::uint8_t { Input, Output };
/// Of a data product.
struct ContractPort {
    ContractPortDirection direction = ContractPortDirection::Output;
    std::string name, version, contractId;
    FilePlace at;
};

/// What Meshbone understands of a contract. Empty where the text says nothing.
struct Contract {
    ContractKind kind = ContractKind::DataContract;
    std::string apiVersion, id, name, version, status, domain, dataProduct, tenant;
    std::vector<ContractServer> servers;
    std::vector<ContractObject> objects;
    std::vector<ContractSla> slas;
    std::vector<ContractMember> team;
    std::vector<ContractSupport> support;
    std::vector<ContractPort> ports;
    std::string text; ///< as it was given, byte for byte
};

/// Reads a contract of either kind. Fails with what is wrong and where: no YAML, beyond a bound, or neither kind.
/// Whether it keeps the standard's rules is validateContract()'s to say: what doesn't is still read as far as it goes.
std::expected<Contract, std::vector<FileProblem>> readContract(std::string text);

/// What the JSON Schema of the standard that the contract names has against it; empty: nothing. Each sentence names the
/// path: "schema[0].properties[2].logicalType: …".
std::vector<FileProblem> validateContract(const Contract& contract);

/// The text with the value of a top-level key ("version", "status", …) replaced, every other byte as it was.
/// NotFound where the key isn't there with a value; Unsupported where the value isn't a plain or quoted text on one
/// line.
Result<std::string> withContractValue(const Contract& contract, std::string_view key, std::string_view value);

/// A topic that a contract is about, and which of its objects describes it.
struct ContractTopic {
    std::string topic;
    std::size_t object = 0; ///< index in Contract::objects; == objects.size(): none describes it
    FilePlace at;
    friend bool operator==(const ContractTopic&, const ContractTopic&) = default;
};
/// The topics of a data contract: objects whose physicalType is "topic" (their physicalName, else their name); where
/// there are none, what its Kafka servers name; else the objects of a contract that has Kafka servers only.
std::vector<ContractTopic> topicsOf(const Contract& contract);

/// One way in which two things differ, or don't agree.
struct ContractFinding {
    std::string path;        ///< "quakes.magnitude", "sla latency", "status"
    std::string sentence;    ///< for a person
    bool isBreaking = true;  ///< false: told, but nobody who relies on the contract is hurt
    FilePlace before, after; ///< of a check: `after` is in the contract
    friend bool operator==(const ContractFinding&, const ContractFinding&) = default;
};
[[nodiscard]] bool isBreaking(std::span<const ContractFinding> findings);

/// What a registered schema doesn't keep of what a contract promises of an object, and what it has beyond that.
std::vector<ContractFinding> checkContract(const ContractObject& object, const ParsedSchema& schema);

/// What changed from one contract to the next, for whoever relies on the first; in the order of importance to a reader:
/// the contract itself, where it is, what it describes, what it promises, the rest.
std::vector<ContractFinding> compareContracts(const Contract& before, const Contract& after);

// ---- Writing contracts ----

struct ContractPerson {
    std::string username, name;
};
/// What a product has in common with its topics' contracts.
struct ContractOwner {
    std::string product, domain, team, teamDescription;
    std::vector<ContractPerson> people;
};
struct TopicContractDraft {
    std::string topic, description;
    ContractOwner owner;
    std::string server;                   ///< bootstrap address; empty: no server is named
    const ParsedSchema* schema = nullptr; ///< null: none is registered
    int schemaVersion = 0;
    std::string subject; ///< of the schema
};
/// A data contract of a topic by ODCS 3.1: valid, with a property for each field of the schema.
std::string writeTopicContract(const TopicContractDraft& draft);
/// The id that writeTopicContract gives.
std::string topicContractId(std::string_view topic);

struct ProductContractDraft {
    std::string id, name, description;
    ContractOwner owner;
    std::vector<ContractPort> ports; ///< `at` isn't looked at
};
/// A description of a data product by ODPS 1.0: valid.
std::string writeProductContract(const ProductContractDraft& draft);

} // namespace meshbone::catalog
