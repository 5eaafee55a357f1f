// SPDX-License-Identifier: Apache-2.0
// meshctl contract export, check, list: what only looks.
#include "commands/contract_parts.h"
#include "commands/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace meshbone::app {

using namespace catalog;

namespace {

/// The book of the registry; an empty one where none is served, as a topic may have no schema.
Result<SchemaBookPtr> bookFor(const ContractOptions& options) {
    auto registry = openRegistry(options.registry, options);
    if (!registry) {
        return registry.error().code == ErrorCode::NotFound ? Result<SchemaBookPtr>(std::make_shared<SchemaBook>())
                                                            : std::unexpected(registry.error());
    }
    return readSchemas(**registry, options.call());
}

Result<std::string> draft(const ContractOptions& options, const Catalog& catalog) {
    if (!options.product.empty()) {
        return draftProductContract(catalog, options.product);
    }
    const auto profile = options.profile();
    const auto book = profile ? bookFor(options) : std::unexpected(profile.error());
    return book ? draftTopicContract(catalog, **book, options.first, profile->bootstrap)
                : std::unexpected(book.error());
}

/// Whether what is agreed for a topic or product is kept.
struct Checked {
    ContractSubject subject;
    std::vector<ContractFinding> findings;
};

/// Nothing named: all of them.
bool isAsked(const ContractOptions& options, const AgreedContract& one) {
    const auto& named = one.product ? options.product : options.first;
    return options.first.empty() && options.product.empty() ? true : one.subject == named;
}

std::vector<Checked> checkAll(const ContractOptions& options, const Catalog& catalog, const SchemaBook& book) {
    std::vector<Checked> all;
    for (const AgreedContract& one : catalog.contracts()) {
        if (!isAsked(options, one)) {
            continue;
        }
        const ContractSubject subject{one.product, one.subject};
        auto contract = readContract(one.text);
        if (!contract) {
            all.push_back(
                {subject, {{one.subject, problemsError("contract", contract.error()).message, true, {}, {}}}});
        } else {
            all.push_back({subject, one.product ? checkProductContract(*contract, one.subject, catalog, book)
                                                : checkTopicContract(*contract, one.subject, catalog, book)});
        }
    }
    return all;
}

} // namespace

Result<bool> exportContract(const ContractOptions& options, const Catalog& catalog) {
    if (options.first.empty() == options.product.empty()) {
        return fail(ErrorCode::InvalidArgument, "Name a topic, or a product by --product.");
    }
    const bool isProduct = !options.product.empty();
    const auto agreed = options.isDraft
                            ? std::nullopt
                            : agreedContract(catalog, isProduct, isProduct ? options.product : options.first);
    const auto text = agreed ? Result<std::string>(agreed->text) : draft(options, catalog);
    if (!text) {
        return std::unexpected(text.error());
    }
    if (options.json) {
        printJson({{"agreed", agreed.has_value()}, {"text", *text}});
    } else {
        std::fwrite(text->data(), 1, text->size(), stdout);
    }
    return true;
}

Result<bool> checkContracts(const ContractOptions& options, const Catalog& catalog) {
    auto registry = openRegistry(options.registry, options);
    const auto book = registry ? readSchemas(**registry, options.call()) : std::unexpected(registry.error());
    if (!book) {
        return std::unexpected(book.error());
    }
    const auto all = checkAll(options, catalog, **book);
    if (all.empty() && !(options.first.empty() && options.product.empty())) {
        const bool product = options.first.empty();
        return std::unexpected(agreedOrError(catalog, {product, product ? options.product : options.first}).error());
    }
    Json json = Json::array();
    for (const Checked& one : all) {
        json.push_back({{one.subject.product ? "product" : "topic", one.subject.name},
                        {"kept", !isBreaking(one.findings)},
                        {"findings", findingsJson(one.findings)}});
        if (!options.json) {
            const char* broken =
                one.subject.product ? "what it offers breaks the contract" : "the schema breaks the contract";
            fmt::print("{}: {}\n", one.subject.product ? one.subject.words() : one.subject.name,
                       isBreaking(one.findings) ? broken : "kept");
            printFindings(one.findings);
        }
    }
    if (options.json) {
        printJson(json);
    } else if (all.empty()) {
        fmt::print("No topic and no product has a contract.\n");
    }
    return std::ranges::none_of(all, [](const Checked& one) { return isBreaking(one.findings); });
}

Result<bool> listContracts(const ContractOptions& options, const Catalog& catalog) {
    Json json = Json::array();
    TextTable table({"For", "Name", "Contract", "Version", "Status", "Entry"});
    for (const AgreedContract& one : catalog.contracts()) {
        const auto contract = readContract(one.text);
        const Contract read = contract ? *contract : Contract{};
        const std::string& name = titleOf(read);
        const std::int64_t entry = one.revision - 1;
        json.push_back({{one.product ? "product" : "topic", one.subject},
                        {"id", read.id},
                        {"name", read.name},
                        {"version", read.version},
                        {"status", read.status},
                        {"standard", read.apiVersion},
                        {"entry", entry}});
        table.add(
            {one.product ? "product" : "topic", one.subject, name, read.version, read.status, std::to_string(entry)});
    }
    options.json ? printJson(json) : table.print();
    return true;
}

} // namespace meshbone::app
