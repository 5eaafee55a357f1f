// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/text_table.h"

#include "session.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <cstdlib>
#include <memory>

namespace meshbone::app {

namespace {

struct LineageOptions : CommonOptions {
    std::string format, focus, asOf;
    int hops = 2;
    std::size_t nodesMax = 10'000;
};

/// A folder that is gone when this is: a projection of its own, so that a desktop that is open is not disturbed.
class ScratchFolder {
public:
    ScratchFolder() {
        auto name = (std::filesystem::temp_directory_path() / "meshctl-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) {
            m_path = name;
        }
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!m_path.empty()) {
            std::filesystem::remove_all(m_path, ignored);
        }
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

Result<lineage::ViewQuery> queryOf(const LineageOptions& options) {
    lineage::ViewQuery query;
    query.focus = options.focus;
    query.upHops = query.downHops = options.hops;
    query.maxNodes = options.nodesMax;
    if (!options.asOf.empty()) {
        TimestampMs asOfMs = -1;
        if (!parseTime(options.asOf, asOfMs)) {
            return fail(ErrorCode::InvalidArgument, "--as-of " + options.asOf + " is not a time.");
        }
        query.asOfMs = asOfMs;
    }
    return query;
}

Status exportGraph(const LineageOptions& options) {
    const auto query = queryOf(options);
    const auto profile = options.profile();
    if (!query || !profile) {
        return std::unexpected(!query ? query.error() : profile.error());
    }
    const ScratchFolder scratch;
    if (scratch.path().empty()) {
        return fail(ErrorCode::Io, "Can't make a temporary folder; is TMPDIR writable?");
    }
    auto backbone = backbone::Backbone::open(*profile, scratch.path());
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    if (const auto healthy = (*backbone)->waitHealthy(options.call()); !healthy) {
        return healthy;
    }
    lineage::LineageOptions store;
    store.database = scratch.path() / "lineage.db";
    store.observer = "meshctl";
    store.readGroups = false; // this is a look, not an observer
    auto lineage = lineage::Lineage::open(store, **backbone, nullptr, nullptr);
    if (!lineage) {
        return std::unexpected(lineage.error());
    }
    if (const auto caughtUp = (*lineage)->waitCaughtUp(options.call()); !caughtUp) {
        return caughtUp;
    }
    if (!options.focus.empty() && !(*lineage)->node(options.focus)) {
        return fail(ErrorCode::NotFound, "Lineage knows no '" + options.focus + "'.");
    }
    const auto graph = (*lineage)->view(*query);
    fmt::print("{}\n", options.format == "dot" ? (*lineage)->exportDot(graph) : (*lineage)->exportJson(graph));
    return {};
}

} // namespace

void addLineage(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<LineageOptions>();
    auto* lineage = meshctl.add_subcommand("lineage", "Export the lineage graph");
    lineage->require_subcommand(1);
    auto* command = lineage->add_subcommand("export", "Print the graph as DOT or JSON");
    addCommonOptions(*command, *options);
    command->add_option("format", options->format, "dot or json")->required()->check(CLI::IsMember({"dot", "json"}));
    command->add_option("--focus", options->focus, "Only what is around this topic or client");
    command->add_option("--hops", options->hops, "How far around it")->capture_default_str()->check(CLI::Range(0, 100));
    command->add_option("--as-of", options->asOf, "As it was at a time");
    command->callback([options, &status] {
        const auto done = exportGraph(*options);
        status = done ? 0 : reportError(done.error(), options->json);
    });
}

} // namespace meshbone::app
