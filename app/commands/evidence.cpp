// SPDX-License-Identifier: Apache-2.0
#include "commands/access_options.h"
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/text_table.h"

#include <backbone/access_admin.h>
#include <catalog/evidence.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <fstream>
#include <memory>

namespace meshbone::app {

namespace {

constexpr std::size_t kSentence = 1'000; // a stranger's file isn't to flood the terminal

struct EvidenceOptions : CommonOptions {
    std::string file, topic, product, from, to;
};

/// The backbone's access control lists, or why they can't be read: that stands in the file then.
catalog::AclSnapshot readAcls(const EvidenceOptions& options) {
    const auto profile = options.profile();
    auto admin = profile ? backbone::openAccessAdmin(*profile) : std::unexpected(profile.error());
    auto acls = admin ? (*admin)->acls({}, options.call()) : std::unexpected(admin.error());
    if (!acls) {
        return {-1, acls.error().message, {}};
    }
    return {nowMs(), {}, std::move(*acls)};
}

Result<catalog::EvidenceRequest> requestOf(const EvidenceOptions& options) {
    const auto from = timeOf("--from", options.from);
    const auto to = from ? timeOf("--to", options.to) : from;
    if (!to) {
        return std::unexpected(to.error());
    }
    return catalog::EvidenceRequest{options.topic, options.product, *from, *to, nowMs(), readAcls(options)};
}

/// Under another name first, so that the file is there whole or not at all.
Status writeFile(const std::string& path, const std::string& bytes) {
    const std::string draft = path + ".part";
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    std::error_code error;
    if (out) {
        std::filesystem::rename(draft, path, error);
    }
    return out && !error ? Status{}
                         : fail(ErrorCode::Io, fmt::format("'{}' can't be written; is there room, and may you?", path));
}

/// As far as a file may be evidence, and a little more, so that a larger one is told as such; none: it can't be read.
std::optional<std::string> readFile(const std::string& path) {
    constexpr std::size_t kBlock = 1u << 20;
    std::ifstream in(path, std::ios::binary);
    std::string bytes;
    while (in && bytes.size() <= catalog::kMaxEvidenceBytes) {
        const auto before = bytes.size();
        bytes.resize(before + kBlock);
        in.read(bytes.data() + before, kBlock);
        bytes.resize(before + static_cast<std::size_t>(in.gcount()));
    }
    return in.is_open() && !in.bad() ? std::optional(std::move(bytes)) : std::nullopt;
}

void printWhat(const EvidenceOptions& options, const catalog::EvidenceReport& report) {
    const auto findings = [](const std::vector<catalog::EvidenceFinding>& list) {
        auto json = Json::array();
        for (const auto& one : list) {
            json.push_back({{"line", one.line}, {"entry", one.entry}, {"what", one.what}});
        }
        return json;
    };
    if (options.json) {
        printJson({{"genuine", report.isGenuine()},
                   {"topic", report.topic},
                   {"product", report.product},
                   {"fromMs", report.fromMs ? Json(*report.fromMs) : Json()},
                   {"toMs", report.toMs ? Json(*report.toMs) : Json()},
                   {"maker", report.maker},
                   {"makerKey", report.makerKey},
                   {"madeMs", report.madeMs},
                   {"entries", report.asked},
                   {"context", report.context},
                   {"leftOut", report.leftOut},
                   {"rejected", report.rejected},
                   {"people", report.people},
                   {"acls", report.acls},
                   {"aclsUnread", report.aclsWhyNot},
                   {"headNumber", report.headNumber},
                   {"headHash", report.headHash},
                   {"undecided", findings(report.undecided)},
                   {"wrong", findings(report.wrong)}});
        return;
    }
    for (const auto& one : report.wrong) {
        fmt::print("line {}: {}\n", one.line, printable(one.what, kSentence));
    }
    for (const auto& one : report.undecided) {
        fmt::print("not decided again, entry {}: {}\n", one.entry, printable(one.what, kSentence));
    }
    if (report.isGenuine()) {
        const auto about = !report.topic.empty()     ? "topic " + report.topic
                           : !report.product.empty() ? "product " + report.product
                                                     : std::string("the whole ledger");
        fmt::print("Genuine: about {}, made by {} at {} with the key {}.\n", printable(about, kSentence), report.maker,
                   isoTime(report.madeMs), report.makerKey);
        fmt::print("{} entries of the period, {} to decide them by, {} of which only the hash is there; {} of those "
                   "shown are rejected.\n",
                   report.asked, report.context, report.leftOut, report.rejected);
        fmt::print("The chain ends at entry {} with {}; compare it with the ledger.\n", report.headNumber,
                   report.headHash);
        report.aclsWhyNot.empty()
            ? fmt::print("{} access control lists, read at {}.\n", report.acls, isoTime(report.aclsReadMs))
            : fmt::print("No access control lists: {}\n", printable(report.aclsWhyNot, kSentence));
    }
}

Status exportFile(const EvidenceOptions& options, catalog::Catalog& catalog) {
    const auto request = requestOf(options);
    auto file = request ? catalog.makeEvidence(*request, options.call()) : std::unexpected(request.error());
    if (!file) {
        return std::unexpected(file.error());
    }
    if (auto written = writeFile(options.file, *file); !written) {
        return written;
    }
    const auto report = catalog::verifyEvidence(*file);
    printWhat(options, report);
    return report.isGenuine()
               ? Status{}
               : fail(ErrorCode::Corrupt, "The ledger itself doesn't hold; see 'meshctl ledger verify'.");
}

Status verifyFile(const EvidenceOptions& options) {
    const auto bytes = readFile(options.file);
    if (!bytes) {
        return fail(ErrorCode::Io, fmt::format("'{}' can't be read.", options.file));
    }
    const auto report = catalog::verifyEvidence(*bytes);
    printWhat(options, report);
    return report.isGenuine() ? Status{}
                              : fail(ErrorCode::Corrupt, fmt::format("'{}' isn't what was made: {}", options.file,
                                                                     report.wrong.front().what));
}

} // namespace

void addEvidence(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<EvidenceOptions>();
    auto* evidence = meshctl.add_subcommand("evidence", "Prove to others what the ledger says of a topic or product");
    evidence->require_subcommand(1);
    auto* make = evidence->add_subcommand("export", "Write a file with the entries about it, signed");
    addCommonOptions(*make, *options);
    make->add_option("file", options->file, "File to write")->required();
    auto* topic = make->add_option("--topic", options->topic, "All about this topic");
    make->add_option("--product", options->product, "All about this product")->excludes(topic);
    make->add_option("--from", options->from, "Begin of the period, ISO 8601 in UTC");
    make->add_option("--to", options->to, "End of the period, ISO 8601 in UTC; not included");
    make->callback([options, &status] {
        status = withCatalog(*options, Projection::AnyOne, [&](catalog::Catalog& catalog, const std::string&) {
            return exportFile(*options, catalog);
        });
    });
    auto* check = evidence->add_subcommand("verify", "Check such a file; nothing else is looked at");
    check->add_option("file", options->file, "File to check")->required();
    check->add_flag("--json", options->json, "Print JSON");
    check->callback([options, &status] {
        const auto done = verifyFile(*options);
        // With --json the findings are printed already.
        status = done ? 0 : options->json ? 1 : reportError(done.error(), false);
    });
}

} // namespace meshbone::app
