// SPDX-License-Identifier: Apache-2.0
// meshctl access export, plan, apply: access as code.
#include "commands/access_parts.h"
#include "commands/command.h"

#include "secret_file.h"

#include <catalog/access_file_plan.h>

#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <optional>

namespace meshbone::app {

using namespace catalog;

Status writeTextFile(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    return file ? Status{} : fail(ErrorCode::Io, fmt::format("Can't write '{}'.", path));
}

namespace {

struct FileOptions : CommonOptions {
    std::string file, why;
    std::vector<std::string> products;
    std::optional<std::size_t> deletions;
};
/// Whether all is well; what isn't was said.
using FileWork = Result<bool> (*)(const FileOptions& options, Catalog& catalog);

Result<bool> exportFile(const FileOptions& options, Catalog& catalog) {
    const auto file = accessFileOf(catalog, options.products, nowMs());
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::string text = writeAccessFile(*file);
    if (options.file.empty() || options.file == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return true;
    }
    if (auto written = writeTextFile(options.file, text); !written) {
        return std::unexpected(written.error());
    }
    const std::size_t products = file->products ? file->products->size() : 0;
    const std::size_t grants = file->grants ? file->grants->size() : 0;
    options.json ? printJson({{"file", options.file}, {"products", products}, {"grants", grants}})
                 : fmt::print("Wrote {} products and {} grants to {}.\n", products, grants, options.file);
    return true;
}

/// "mesh.yaml:12:5: …" a line, as compilers tell it.
std::unexpected<Error> wrongFile(const std::string& path, const std::vector<FileProblem>& problems) {
    std::string all;
    for (const FileProblem& problem : problems) {
        all += all.empty() ? "" : "\n  ";
        all += problem.at.line == 0
                   ? fmt::format("{}: {}", path, problem.sentence)
                   : fmt::format("{}:{}:{}: {}", path, problem.at.line, problem.at.column, problem.sentence);
    }
    return fail(ErrorCode::InvalidArgument, std::move(all));
}

Result<AccessFile> readFile(const std::string& path, const Catalog& catalog) {
    const auto text = readSmallFile(path, kMaxAccessFileBytes);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto file = readAccessFile(*text);
    if (!file) {
        return wrongFile(path, file.error());
    }
    const auto outside = outsideOf(*file, catalog);
    return outside.empty() ? Result<AccessFile>(std::move(*file)) : wrongFile(path, outside);
}

constexpr std::string_view kSigns = "+~-=";

void printChange(const FileChange& change) {
    fmt::print("{} {} {}", kSigns[static_cast<std::size_t>(change.sign)], change.kind, change.id);
    fmt::print("{}\n", change.at.line == 0 ? std::string() : fmt::format("  (line {})", change.at.line));
    for (const DiffLine& line : change.lines) {
        fmt::print("    {} {}\n", line.sign, line.text);
    }
    for (const std::string& note : change.notes) {
        fmt::print("    ({})\n", note);
    }
    for (const std::string& problem : change.problems) {
        fmt::print("    ! {}\n", problem);
    }
}

void printPlan(const FilePlan& plan) {
    for (const FilePlanUnit& unit : plan.units) {
        fmt::print("{}\n", unit.title);
        for (const FileChange& change : unit.changes) {
            printChange(change);
        }
        fmt::print("\n");
    }
    if (plan.isEmpty()) {
        fmt::print("Nothing to do: what is agreed is what the file says.\n");
        return;
    }
    fmt::print("{} to add, {} to change, {} to remove.", plan.adds, plan.changes, plan.deletions);
    fmt::print("{}{}\n", plan.requests == 0 ? std::string() : fmt::format(" {} of them ask first.", plan.requests),
               plan.hasProblems() ? " The lines with ! say what can't be." : "");
    if (const std::string many = plan.manyDeletions(); !many.empty()) {
        fmt::print("It removes {}: that takes --deletions {}.\n", many, plan.deletions);
    }
}

Json changeJson(const FileChange& change) {
    constexpr std::array<const char*, 4> kNames{"add", "change", "remove", "wait"};
    Json lines = Json::array();
    for (const DiffLine& line : change.lines) {
        lines.push_back(std::string(1, line.sign) + line.text);
    }
    return {{"change", kNames[static_cast<std::size_t>(change.sign)]},
            {"kind", change.kind},
            {"id", change.id},
            {"line", change.at.line},
            {"diff", std::move(lines)},
            {"notes", change.notes},
            {"problems", change.problems}};
}

Json planJson(const FilePlan& plan) {
    Json units = Json::array();
    for (const FilePlanUnit& unit : plan.units) {
        Json changes = Json::array();
        for (const FileChange& change : unit.changes) {
            changes.push_back(changeJson(change));
        }
        units.push_back({{"unit", unit.title}, {"changes", std::move(changes)}});
    }
    Json kinds = Json::object();
    std::size_t managed = 0;
    for (const FileKindCount& one : plan.kinds) {
        kinds[one.kind] = {{"remove", one.deletions}, {"managed", one.managed}};
        managed += one.managed;
    }
    return {{"units", std::move(units)}, {"add", plan.adds},   {"change", plan.changes},   {"remove", plan.deletions},
            {"requests", plan.requests}, {"managed", managed}, {"kinds", std::move(kinds)}};
}

Result<FilePlan> planOf(const FileOptions& options, Catalog& catalog) {
    const auto file = readFile(options.file, catalog);
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto name = std::filesystem::path(options.file).filename().string();
    const std::string why = options.why.empty() ? fmt::format("Access as code: {}", name) : options.why;
    return planFile(*file, catalog, why, nowMs());
}

Result<bool> plan(const FileOptions& options, Catalog& catalog) {
    const auto plan = planOf(options, catalog);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    options.json ? printJson(planJson(*plan)) : printPlan(*plan);
    return !plan->hasProblems();
}

Json appliedJson(const FileApplied& applied) {
    Json units = Json::array();
    for (const AppliedUnit& unit : applied.units) {
        units.push_back({{"unit", unit.title},
                         {"done", !unit.error},
                         {"reason", unit.error ? unit.error->message : std::string()},
                         {"entries", unit.entries},
                         {"takenBack", unit.takenBack},
                         {"left", unit.left}});
    }
    return units;
}

void printApplied(const FileApplied& applied) {
    for (const AppliedUnit& unit : applied.units) {
        if (!unit.error) {
            fmt::print("Done: {}, {} entries.\n", unit.title, unit.entries.size());
            continue;
        }
        fmt::print("Not done: {}. {}\n", unit.title, unit.error->message);
        if (!unit.takenBack.empty()) {
            fmt::print("  {} of its {} entries were taken back by undo entries.\n", unit.takenBack.size(),
                       unit.entries.size());
        }
        for (const std::string& left : unit.left) {
            fmt::print("  {}\n", left);
        }
    }
}

Result<bool> apply(const FileOptions& options, Catalog& catalog) {
    const auto plan = planOf(options, catalog);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    if (!options.json) {
        printPlan(*plan);
    }
    const auto applied = applyFilePlan(*plan, catalog, options.deletions, nowMs(), options.call());
    if (!applied) {
        auto error = applied.error();
        if (!options.deletions) {
            error.message += " Here: --deletions " + std::to_string(plan->deletions) + ".";
        }
        return std::unexpected(std::move(error));
    }
    options.json ? printJson({{"plan", planJson(*plan)}, {"units", appliedJson(*applied)}}) : printApplied(*applied);
    return applied->isComplete();
}

CLI::App* addOne(CLI::App& access, const std::shared_ptr<FileOptions>& options, int& status, const char* name,
                 const char* about, FileWork work) {
    auto* command = access.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    command->callback([options, &status, work] {
        bool isWell = true;
        status = withCatalog(*options, Projection::AnyOne, [&](Catalog& catalog, const std::string&) -> Status {
            const auto done = work(*options, catalog);
            isWell = done.value_or(true);
            return done ? Status{} : std::unexpected(done.error());
        });
        status = status == 0 && !isWell ? 1 : status;
    });
    return command;
}

} // namespace

void addAccessFiles(CLI::App& access, int& status) {
    const auto options = std::make_shared<FileOptions>();
    auto* exporting = addOne(access, options, status, "export",
                             "Write what is agreed as a YAML file, sorted, for a repository", &exportFile);
    exporting->add_option("file", options->file, "Where to; nothing or - for standard output");
    exporting->add_option("--product", options->products, "Only what concerns this product; may be repeated")
        ->allow_extra_args(false);
    auto* planning = addOne(access, options, status, "plan",
                            "Say what a file would change, like a pull request, and change nothing", &plan);
    auto* applying =
        addOne(access, options, status, "apply", "Do what a file says: each product wholly or not at all", &apply);
    for (auto* command : {planning, applying}) {
        command->add_option("file", options->file, "The YAML file")->required();
    }
    applying->add_option("--why", options->why, "The reason for every entry; otherwise the file's name");
    applying->add_option(
        "--deletions", options->deletions,
        "How many things it removes in all; needed where that is more than a tenth of the products, policies, "
        "principals, grants or classified topics");
}

} // namespace meshbone::app
