// SPDX-License-Identifier: Apache-2.0
// meshctl contract import, remove: what changes the ledger.
#include "commands/contract_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

/// What agreeing changes for one thing, and the entry that it became.
struct Agreement : ContractAgreement {
    std::int64_t entry = -1;
};

Result<std::vector<ContractSubject>> wantedSubjects(const ContractOptions& options, const Contract& contract,
                                                    const Catalog& catalog) {
    std::vector<ContractSubject> subjects;
    if (contract.kind == ContractKind::DataProduct || !options.product.empty()) {
        const std::string& id = options.product.empty() ? contract.id : options.product;
        const auto products = catalog.products();
        if (std::ranges::find(products, id, &Product::id) == products.end()) {
            return fail(
                ErrorCode::NotFound,
                fmt::format("There is no product '{}'; name the one that the contract is for by --product.", id));
        }
        return std::vector{ContractSubject{true, id}};
    }
    for (const std::string& topic : options.topics) {
        subjects.push_back({false, topic});
    }
    if (subjects.empty()) {
        subjects = subjectsOf(contract);
    }
    return subjects.empty() ? fail(ErrorCode::InvalidArgument,
                                   "The contract names no topic: none of its objects has the physicalType "
                                   "'topic', and no Kafka server names one. Give --topic NAME.")
                            : Result<std::vector<ContractSubject>>(std::move(subjects));
}

std::vector<Agreement> agreementsOf(const std::vector<ContractSubject>& subjects, const Contract& contract,
                                    const Catalog& catalog) {
    std::vector<Agreement> agreements;
    for (const ContractSubject& subject : subjects) {
        agreements.push_back({agreementOf(subject, contract, catalog)});
    }
    return agreements;
}

Status submitAll(const ContractOptions& options, const Contract& contract, std::vector<Agreement>& agreements,
                 Catalog& catalog) {
    for (Agreement& one : agreements) {
        if (one.isThere) {
            continue;
        }
        const auto entry = catalog.submit(submissionOf(one, contract, options.why), options.call());
        if (!entry) {
            return std::unexpected(entry.error());
        }
        one.entry = entry->number;
    }
    return {};
}

void tell(const ContractOptions& options, const std::vector<Agreement>& agreements) {
    Json all = Json::array();
    for (const Agreement& one : agreements) {
        all.push_back({{one.subject.product ? "product" : "topic", one.subject.name},
                       {"entry", one.entry < 0 ? Json() : Json(one.entry)},
                       {"changes", findingsJson(one.findings)}});
        if (options.json) {
            continue;
        }
        if (one.entry < 0) {
            fmt::print("The contract of {} is this already.\n", one.subject.words());
        } else {
            fmt::print("Agreed for {} in entry {}.\n", one.subject.words(), one.entry);
            printFindings(one.findings);
        }
    }
    if (options.json) {
        printJson(all);
    }
}

/// What would break, for whoever has to decide on it.
Error breaks(const std::vector<Agreement>& agreements) {
    std::string words = "This breaks what is agreed:";
    for (const Agreement& one : agreements) {
        for (const ContractFinding& finding : one.findings) {
            words += finding.isBreaking ? fmt::format("\n  {}: {}", one.subject.words(), finding.sentence) : "";
        }
    }
    return {ErrorCode::Conflict,
            words + "\nGive --breaking if that is what you want; whoever relies on it should know."};
}

/// `source`: where the contract came from, for its problems.
Result<bool> agree(const ContractOptions& options, const Contract& contract,
                   const Result<std::vector<ContractSubject>>& subjects, const std::string& source, Catalog& catalog) {
    if (const auto problems = validateContract(contract); !problems.empty()) {
        return std::unexpected(problemsError(source, problems));
    }
    if (!subjects) {
        return std::unexpected(subjects.error());
    }
    auto agreements = agreementsOf(*subjects, contract, catalog);
    const bool doesBreak =
        std::ranges::any_of(agreements, [](const Agreement& one) { return catalog::isBreaking(one.findings); });
    if (doesBreak && !options.isBreaking) {
        return std::unexpected(breaks(agreements));
    }
    if (auto done = submitAll(options, contract, agreements, catalog); !done) {
        return std::unexpected(done.error());
    }
    tell(options, agreements);
    return true;
}

} // namespace

Result<bool> importContract(const ContractOptions& options, Catalog& catalog) {
    const auto contract = readContractFile(options.first);
    return contract ? agree(options, *contract, wantedSubjects(options, *contract, catalog), options.first, catalog)
                    : std::unexpected(contract.error());
}

Result<bool> setContractValue(const ContractOptions& options, Catalog& catalog) {
    const auto subject = subjectNamed(options.first).value_or(ContractSubject{false, options.first});
    const auto before = agreedOrError(catalog, subject);
    const auto text =
        before ? withContractValue(*before, options.second, options.value) : std::unexpected(before.error());
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto after = readContract(*text);
    return after ? agree(options, *after, std::vector{subject}, subject.words(), catalog)
                 : std::unexpected(problemsError(subject.words(), after.error()));
}

Result<bool> removeContract(const ContractOptions& options, Catalog& catalog) {
    const ContractSubject subject{!options.product.empty(), options.product.empty() ? options.first : options.product};
    const auto entry = catalog.submit({RemoveContract{subject.product, subject.name}, options.why, {}}, options.call());
    if (!entry) {
        return std::unexpected(entry.error());
    }
    options.json ? printJson({{"entry", entry->number}})
                 : fmt::print("The contract of {} ended with entry {}; undoing that brings it back.\n", subject.words(),
                              entry->number);
    return true;
}

} // namespace meshbone::app
