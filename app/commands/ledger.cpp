// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <memory>

namespace meshbone::app {

namespace {

Status verify(const CommonOptions& options, catalog::Catalog& catalog) {
    const auto report = catalog.verify(options.call());
    if (!report) {
        return std::unexpected(report.error());
    }
    if (options.json) {
        printJson({{"entries", report->entries},
                   {"intact", report->intact},
                   {"firstWrong", report->firstWrong ? Json(*report->firstWrong) : Json()},
                   {"reason", report->reason},
                   {"rejected", report->rejected},
                   {"head", report->head},
                   {"projectionEqual", report->projectionEqual},
                   {"ms", report->took.count()}});
    } else if (report->intact) {
        fmt::print("{} entries, each hash follows from the one before; {} rejected; head {}; projection {}.\n",
                   report->entries, report->rejected, report->head,
                   report->projectionEqual ? "equal to a rebuild" : "not equal to a rebuild, run 'ledger rebuild'");
    }
    if (!report->intact) {
        return fail(ErrorCode::Corrupt, fmt::format("Entry {} is the first that is wrong: {}",
                                                    report->firstWrong.value_or(-1), report->reason));
    }
    return report->projectionEqual ? Status{} : fail(ErrorCode::Corrupt, "The projection differs from a rebuild.");
}

Status rebuild(const CommonOptions& options, catalog::Catalog& catalog) {
    if (const auto done = catalog.rebuild(options.call()); !done) {
        return done;
    }
    const auto status = catalog.status();
    options.json ? printJson({{"rebuilt", true}, {"entries", status.appliedEntries}, {"head", status.head}})
                 : fmt::print("Rebuilt from {} entries; head {}.\n", status.appliedEntries, status.head);
    return {};
}

using LedgerWork = Status (*)(const CommonOptions&, catalog::Catalog&);

} // namespace

void addLedger(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<CommonOptions>();
    auto* ledger = meshctl.add_subcommand("ledger", "Verify the governance ledger, rebuild its projection");
    ledger->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, LedgerWork work) {
        auto* command = ledger->add_subcommand(name, about);
        addCommonOptions(*command, *options);
        command->callback([options, &status, work] {
            status = withCatalog(*options, Projection::Kept, [&](catalog::Catalog& catalog, const std::string&) {
                return work(*options, catalog);
            });
        });
    };
    add("verify", "Check hash chain, signatures and projection; names the first entry that is wrong", &verify);
    add("rebuild", "Build the projection from the ledger again", &rebuild);
}

} // namespace meshbone::app
