// SPDX-License-Identifier: Apache-2.0
#include "commands/contract_parts.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>

namespace meshbone::app {

using namespace catalog;

namespace {

using Options = std::shared_ptr<ContractOptions>;

/// Runs work on the catalog; exit status 1 where it says that not all is well.
template <class Work>
CLI::App* addWork(CLI::App& contract, const char* name, const char* help, const Options& options, int& status,
                  Work work) {
    auto* command = contract.add_subcommand(name, help);
    addCommonOptions(*command, *options);
    command->callback([options, &status, work] {
        bool isWell = true;
        status = withCatalog(*options, Projection::AnyOne, [&](Catalog& catalog, const std::string&) -> Status {
            const auto done = work(*options, catalog);
            isWell = done && *done;
            return done ? Status{} : std::unexpected(done.error());
        });
        status = status == 0 && !isWell ? 1 : status;
    });
    return command;
}

Result<Contract> contractNamed(const std::string& text, const Catalog* catalog) {
    const auto subject = subjectNamed(text);
    return subject && catalog != nullptr ? agreedOrError(*catalog, *subject) : readContractFile(text);
}

Result<bool> diffContracts(const ContractOptions& options, const Catalog* catalog) {
    const auto before = contractNamed(options.first, catalog);
    const auto after = before ? contractNamed(options.second, catalog) : before;
    if (!after) {
        return std::unexpected(after.error());
    }
    const auto findings = compareContracts(*before, *after);
    if (options.json) {
        printJson({{"breaking", isBreaking(findings)}, {"changes", findingsJson(findings)}});
    } else if (findings.empty()) {
        fmt::print("Both say the same.\n");
    } else {
        printFindings(findings);
    }
    return !isBreaking(findings);
}

/// Two files need no backbone.
void runDiff(const ContractOptions& options, int& status) {
    bool isWell = true;
    const auto work = [&](const Catalog* catalog) -> Status {
        const auto done = diffContracts(options, catalog);
        isWell = done && *done;
        return done ? Status{} : std::unexpected(done.error());
    };
    if (subjectNamed(options.first) || subjectNamed(options.second)) {
        status = withCatalog(options, Projection::AnyOne,
                             [&](Catalog& catalog, const std::string&) { return work(&catalog); });
    } else {
        const auto done = work(nullptr);
        status = done ? 0 : reportError(done.error(), options.json);
    }
    status = status == 0 && !isWell ? 1 : status;
}

void addChanges(CLI::App& contract, int& status) {
    auto options = std::make_shared<ContractOptions>();
    auto* command = addWork(contract, "import", "Agree a contract for the topics or the product that it names", options,
                            status, importContract);
    command->add_option("file", options->first, "YAML by the Open Data Contract or Open Data Product Standard")
        ->required();
    auto* topic = command->add_option("--topic", options->topics, "For this topic instead; may be repeated");
    command->add_option("--product", options->product, "For this product")->excludes(topic);
    command->add_option("--why", options->why, "Why, for the ledger");
    command->add_flag("--breaking", options->isBreaking, "Even if it breaks what is agreed");

    options = std::make_shared<ContractOptions>();
    command =
        addWork(contract, "set", "Change one value of a contract, as its version or status; all else stays as it is",
                options, status, setContractValue);
    command->add_option("topic", options->first, "Whose contract: a topic, or product:NAME")->required();
    command->add_option("key", options->second, "A key at the top: version, status, …")->required();
    command->add_option("value", options->value, "Its new value")->required();
    command->add_option("--why", options->why, "Why, for the ledger");
    command->add_flag("--breaking", options->isBreaking, "Even if it breaks what is agreed");

    options = std::make_shared<ContractOptions>();
    command = addWork(contract, "remove", "End a contract", options, status, removeContract);
    auto* name = command->add_option("topic", options->first, "Whose contract");
    command->add_option("--product", options->product, "The contract of this product")->excludes(name);
    command->add_option("--why", options->why, "Why, for the ledger");
}

void addLooks(CLI::App& contract, int& status) {
    auto options = std::make_shared<ContractOptions>();
    auto* command = addWork(contract, "export",
                            "Print the agreed contract, byte for byte; where there is none, a draft from what is known",
                            options, status, exportContract);
    addRegistryOptions(*command, options->registry);
    auto* topic = command->add_option("topic", options->first, "Whose contract");
    command->add_option("--product", options->product, "The contract of this product")->excludes(topic);
    command->add_flag("--draft", options->isDraft, "A draft although one is agreed");

    options = std::make_shared<ContractOptions>();
    command = addWork(contract, "check",
                      "Are the contracts kept: of topics by their schemas, of products by what they "
                      "offer? Exit status 1: not all",
                      options, status, checkContracts);
    addRegistryOptions(*command, options->registry);
    topic = command->add_option("topic", options->first, "Only this topic");
    command->add_option("--product", options->product, "Only this product")->excludes(topic);

    options = std::make_shared<ContractOptions>();
    addWork(contract, "list", "List the agreed contracts", options, status, listContracts);

    options = std::make_shared<ContractOptions>();
    command = contract.add_subcommand("diff", "What changed between two contracts, in words. Exit status 1: it breaks");
    addCommonOptions(*command, *options);
    command->add_option("before", options->first, "A file, or topic:NAME or product:NAME for what is agreed")
        ->required();
    command->add_option("after", options->second, "The same")->required();
    command->callback([options, &status] { runDiff(*options, status); });
}

} // namespace

void addContract(CLI::App& meshctl, int& status) {
    auto* contract = meshctl.add_subcommand("contract", "Data contracts of topics and products, by the open standards");
    contract->require_subcommand(1);
    addChanges(*contract, status);
    addLooks(*contract, status);
}

} // namespace meshbone::app
