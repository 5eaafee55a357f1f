// SPDX-License-Identifier: Apache-2.0
#include "schema_marks.h"

#include "secret_file.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace meshbone::app {

namespace {

std::filesystem::path guardedFile(const std::filesystem::path& stateFolder) {
    return stateFolder / "guarded-topics.json";
}

/// The topics that refused when the file was written.
Result<std::set<std::string, std::less<>>> readGuarded(const std::filesystem::path& file) {
    const auto text = readSmallFile(file);
    if (!text) {
        return text.error().code == ErrorCode::NotFound
                   ? Result<std::set<std::string, std::less<>>>(std::set<std::string, std::less<>>())
                   : std::unexpected(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("refusing") || !json["refusing"].is_array()) {
        return fail(ErrorCode::Corrupt, fmt::format("'{}' is damaged.", file.string()));
    }
    std::set<std::string, std::less<>> topics;
    for (const auto& one : json["refusing"]) {
        if (one.is_string()) {
            topics.insert(one.get<std::string>());
        }
    }
    return topics;
}

} // namespace

std::filesystem::path marksFile(const std::filesystem::path& stateFolder) {
    return stateFolder / "schema-violations.json";
}

Result<std::vector<catalog::TopicViolations>> readMarks(const std::filesystem::path& stateFolder) {
    const auto text = readSmallFile(marksFile(stateFolder), kMostBookBytes);
    if (!text) {
        return text.error().code == ErrorCode::NotFound
                   ? Result<std::vector<catalog::TopicViolations>>(std::vector<catalog::TopicViolations>())
                   : std::unexpected(text.error());
    }
    catalog::ViolationBook book;
    if (auto read = book.read(*text); !read) {
        return std::unexpected(read.error());
    }
    return book.all();
}

MarksKeeper::MarksKeeper(catalog::ViolationBook& book, std::filesystem::path file, std::string program)
    : BookKeeper({"events against their schemas", [&book](const std::string& text) { return book.read(text); },
                  [&book] { return book.toJson(); },
                  [&book](std::function<void()> changed) { return book.onChanged(std::move(changed)); }},
                 std::move(file), std::move(program)) {}

FetchesKeeper::FetchesKeeper(catalog::SchemaFetches& book, std::filesystem::path file, std::string program)
    : BookKeeper({"who asked for schemas", [&book](const std::string& text) { return book.read(text); },
                  [&book] { return book.toJson(); },
                  [&book](std::function<void()> changed) { return book.onChanged(std::move(changed)); }},
                 std::move(file), std::move(program)) {}

void rememberGuarded(catalog::SchemaGuard& guard, const std::filesystem::path& stateFolder,
                     const std::string& program) {
    const auto file = guardedFile(stateFolder);
    auto known = readGuarded(file);
    if (known) {
        guard.await(*known);
    } else {
        fmt::print(stderr, "{}: which topics refuse events isn't known until the schemas are read. {}\n", program,
                   known.error().message);
    }
    guard.onGuarded([file, program, last = known ? std::optional(*known) : std::nullopt](
                        const std::map<std::string, bool>& guarded) mutable {
        std::set<std::string, std::less<>> refusing;
        for (const auto& [topic, isRefusing] : guarded) {
            if (isRefusing) {
                refusing.insert(topic);
            }
        }
        if (last == refusing) {
            return;
        }
        const nlohmann::json json{{"refusing", refusing}};
        const auto written =
            writePrivateFile(file, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
        if (written) {
            last = std::move(refusing);
        } else {
            fmt::print(stderr, "{}: which topics refuse events can't be kept: {}\n", program, written.error().message);
        }
    });
}

} // namespace meshbone::app
