// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include "session.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace meshbone::app {

namespace {

/// Waits until the catalog has applied what the ledger holds now.
Status waitLive(catalog::Catalog& catalog, const CallOptions& call) {
    std::mutex mutex;
    std::condition_variable wake;
    bool changed = true;
    const auto subscription = catalog.onChanged([&] {
        const std::lock_guard lock(mutex);
        changed = true;
        wake.notify_all();
    });
    const auto deadline = std::chrono::steady_clock::now() + call.timeout;
    std::unique_lock lock(mutex);
    while (true) {
        changed = false;
        lock.unlock();
        const auto status = catalog.status();
        lock.lock();
        if (status.mode == catalog::CatalogMode::Live) {
            return {};
        }
        if (!wake.wait_until(lock, deadline, [&] { return changed; })) {
            return fail(ErrorCode::Timeout,
                        status.reason.empty() ? "The ledger could not be read in time." : status.reason);
        }
    }
}

struct OpenLedger {
    std::unique_ptr<backbone::Backbone> backbone;
    std::unique_ptr<catalog::Catalog> catalog;
};

Result<OpenLedger> open(const CommonOptions& options) {
    const auto profile = options.profile();
    if (!profile) {
        return std::unexpected(profile.error());
    }
    const auto& home = options.dataDirectory;
    const auto cluster = options.bootstrap.empty() ? std::nullopt : std::optional(*profile);
    const auto folder = stateFolder(home, cluster);
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    auto backbone = backbone::Backbone::open(*profile, folder);
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    if (const auto healthy = (*backbone)->waitHealthy(options.call()); !healthy) {
        return std::unexpected(healthy.error());
    }
    auto catalog = catalog::Catalog::open(catalogOptions(home, folder), **backbone);
    if (!catalog) {
        return std::unexpected(catalog.error());
    }
    if (const auto live = waitLive(**catalog, options.call()); !live) {
        return std::unexpected(live.error());
    }
    return OpenLedger{std::move(*backbone), std::move(*catalog)};
}

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

using Work = Status (*)(const CommonOptions&, catalog::Catalog&);

int withLedger(const CommonOptions& options, Work work) {
    auto ledger = open(options);
    const auto done = ledger ? work(options, *ledger->catalog) : Status(std::unexpected(ledger.error()));
    return done ? 0 : reportError(done.error(), options.json);
}

} // namespace

void addLedger(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<CommonOptions>();
    auto* ledger = meshctl.add_subcommand("ledger", "Verify the governance ledger, rebuild its projection");
    ledger->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, Work work) {
        auto* command = ledger->add_subcommand(name, about);
        addCommonOptions(*command, *options);
        command->callback([options, &status, work] { status = withLedger(*options, work); });
    };
    add("verify", "Check hash chain, signatures and projection; names the first entry that is wrong", &verify);
    add("rebuild", "Build the projection from the ledger again", &rebuild);
}

} // namespace meshbone::app
