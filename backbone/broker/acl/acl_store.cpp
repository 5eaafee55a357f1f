// SPDX-License-Identifier: Apache-2.0
#include "broker/acl/acl_store.h"

#include "broker/lines/line_text.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kRemoveWords = 8, kAddWords = 9;
constexpr std::string_view kNoEnd = "-";

std::string identity(const AclBinding& binding) {
    return fmt::format("{} {} {} {} {} {} {}", name(binding.resourceKind), name(binding.pattern),
                       encodedWord(binding.resource), encodedWord(binding.principal), encodedWord(binding.host),
                       name(binding.operation), name(binding.permission));
}

std::string addLine(const AclBinding& binding, TimestampMs untilMs) {
    return sealedLine(
        fmt::format("add {} {}", identity(binding), untilMs < 0 ? std::string(kNoEnd) : std::to_string(untilMs)));
}

std::string removeLine(const AclBinding& binding) {
    return sealedLine("remove " + identity(binding));
}

std::optional<AclBinding> bindingIn(std::span<const std::string_view> words) {
    const auto kind = resourceKindNamed(words[1]);
    const auto pattern = patternTypeNamed(words[2]);
    const auto resource = decodedWord(words[3]);
    const auto principal = decodedWord(words[4]);
    const auto host = decodedWord(words[5]);
    const auto operation = operationNamed(words[6]);
    const auto permission = permissionNamed(words[7]);
    if (!kind || !pattern || !resource || !principal || !host || !operation || !permission) {
        return std::nullopt;
    }
    return AclBinding{*kind, *pattern, *resource, *principal, *host, *operation, *permission};
}

} // namespace

AclStore::AclStore(FileSystem& files, std::filesystem::path path)
    : m_journal(files, std::move(path), {"acls", "list of ACLs"}, [this] {
        std::string all;
        for (const auto& [binding, untilMs] : m_table.bindings()) {
            all += addLine(binding, untilMs);
        }
        return all;
    }) {}

Result<std::unique_ptr<AclStore>> AclStore::open(FileSystem& files, std::filesystem::path path) {
    std::unique_ptr<AclStore> store(new AclStore(files, std::move(path)));
    if (auto loaded = store->m_journal.load([&](std::string_view content) { return store->apply(content); }); !loaded) {
        return std::unexpected(loaded.error());
    }
    return store;
}

bool AclStore::apply(std::string_view content) {
    const auto words = wordsOf(content);
    const bool adds = words.front() == "add";
    if (words.size() != (adds ? kAddWords : kRemoveWords) || (!adds && words.front() != "remove")) {
        return false;
    }
    const auto binding = bindingIn(words);
    if (!binding) {
        return false;
    }
    if (!adds) {
        m_table.remove(*binding);
        return true;
    }
    const auto untilMs = words[8] == kNoEnd ? TimestampMs{-1} : numberIn<TimestampMs>(words[8]);
    if (untilMs) {
        m_table.add(*binding, *untilMs);
    }
    return untilMs.has_value();
}

Status AclStore::add(std::span<const AclBinding> bindings) {
    std::string lines;
    for (const auto& binding : bindings) {
        lines += m_table.bindings().contains(binding) ? std::string() : addLine(binding, -1);
    }
    if (lines.empty()) {
        return {};
    }
    if (auto written = m_journal.append(lines); !written) {
        return written;
    }
    for (const auto& binding : bindings) {
        if (!m_table.bindings().contains(binding)) {
            m_table.add(binding);
        }
    }
    return {};
}

Status AclStore::remove(std::span<const AclBinding> bindings) {
    std::string lines;
    for (const auto& binding : bindings) {
        lines += m_table.bindings().contains(binding) ? removeLine(binding) : std::string();
    }
    if (lines.empty()) {
        return {};
    }
    if (auto written = m_journal.append(lines); !written) {
        return written;
    }
    for (const auto& binding : bindings) {
        m_table.remove(binding);
    }
    return {};
}

Status AclStore::setEnds(const std::map<AclBinding, TimestampMs>& ends) {
    std::string lines;
    std::vector<std::pair<AclBinding, TimestampMs>> changed;
    for (const auto& [binding, untilMs] : ends) {
        const auto held = m_table.bindings().find(binding);
        if (held != m_table.bindings().end() && held->second != untilMs) {
            lines += addLine(binding, untilMs);
            changed.emplace_back(binding, untilMs);
        }
    }
    if (changed.empty()) {
        return {};
    }
    if (auto written = m_journal.append(lines); !written) {
        return written;
    }
    for (const auto& [binding, untilMs] : changed) {
        m_table.add(binding, untilMs);
    }
    return {};
}

} // namespace meshbone::backbone::broker
