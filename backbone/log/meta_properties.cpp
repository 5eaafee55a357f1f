// SPDX-License-Identifier: Apache-2.0
#include "log/meta_properties.h"

#include "log/checkpoint_lines.h"
#include "log/log_names.h"

#include <fmt/format.h>

#include <map>

namespace meshbone::backbone {
namespace {

std::map<std::string, std::string, std::less<>> parseProperties(std::string_view text) {
    std::map<std::string, std::string, std::less<>> values;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        const auto equals = line.find('=');
        if (!line.starts_with('#') && equals != std::string_view::npos) {
            values.emplace(line.substr(0, equals), line.substr(equals + 1));
        }
    }
    return values;
}

Result<MetaProperties> understand(const std::string& text, const std::filesystem::path& root) {
    const auto values = parseProperties(text);
    const auto value = [&](std::string_view key) {
        const auto found = values.find(key);
        return found == values.end() ? std::string() : found->second;
    };
    const auto version = parseWord<int>(value("meshbone.version"));
    if (!version) {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The directory '{}' belongs to another program (its meta.properties is not Meshbone's). "
                        "Choose an empty directory.",
                        root.string()));
    }
    if (*version > MetaProperties::kOurVersion || value("version") != "1") {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The data in '{}' was written by a newer Meshbone. Use that version, or another directory.",
                        root.string()));
    }
    MetaProperties meta{value("cluster.id"), value("directory.id"), value("node.id")};
    if (!TopicId::fromString(meta.clusterId)) {
        return fail(ErrorCode::Corrupt, fmt::format("'{}' is damaged: it has no cluster id. Restore it from a backup.",
                                                    (root / log_name::kMetaProperties).string()));
    }
    return meta;
}

} // namespace

Result<MetaProperties> openMetaProperties(FileSystem& files, const std::filesystem::path& root) {
    const auto path = root / log_name::kMetaProperties;
    if (files.exists(path)) {
        const auto text = readWholeFile(files, path, 64U << 10);
        return text ? understand(*text, root) : std::unexpected(text.error());
    }
    const auto entries = files.list(root);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    for (const auto& entry : *entries) {
        // Only what a first start that was cut off can have left.
        const bool ours =
            entry.name == log_name::kLock || entry.name == std::string(log_name::kMetaProperties) + ".tmp";
        if (!ours && (entry.directory ? parseDirectoryName(entry.name).has_value() : true)) {
            return fail(
                ErrorCode::Corrupt,
                fmt::format("The directory '{}' is not empty and not Meshbone's (there is '{}'). Choose an empty "
                            "directory.",
                            root.string(), entry.name));
        }
    }
    MetaProperties meta{TopicId::random().toString(), TopicId::random().toString(), "1"};
    const auto text = fmt::format("version=1\nnode.id={}\ncluster.id={}\ndirectory.id={}\nmeshbone.version={}\n",
                                  meta.nodeId, meta.clusterId, meta.directoryId, MetaProperties::kOurVersion);
    if (auto written = replaceFile(files, path, text); !written) {
        return std::unexpected(written.error());
    }
    return meta;
}

} // namespace meshbone::backbone
