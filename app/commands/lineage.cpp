// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_lineage.h"
#include "commands/scratch_folder.h"
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
    const auto lineage = lookAtLineage(**backbone, scratch.path(), options.call());
    if (!lineage) {
        return std::unexpected(lineage.error());
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
