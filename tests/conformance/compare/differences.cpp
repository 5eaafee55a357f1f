// SPDX-License-Identifier: Apache-2.0
#include "differences.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace meshbone::compare {

namespace {

constexpr const char* kMissing = "(missing)";

std::string valueIn(const Answer& answer, const std::string& path) {
    const auto found = answer.find(path);
    return found == answer.end() ? kMissing : found->second;
}

/// A sentence where Kafka says none is no difference.
bool isOnlyASentenceMore(const std::string& path, const std::string& theirs, const std::string& own) {
    return path.ends_with("errorMessage") && theirs == "none" && own == "(text)";
}

/// Path and what each holds there. Of an element that one of them lacks, not each field.
std::map<std::string, std::string> differing(const Answer& kafka, const Answer& ours) {
    std::map<std::string, std::string> found;
    std::string lacking = "\n"; // stands in no path
    auto all = kafka;
    all.insert(ours.begin(), ours.end());
    for (const auto& [path, value] : all) {
        const auto theirs = valueIn(kafka, path);
        const auto own = valueIn(ours, path);
        if (theirs == own || path.starts_with(lacking) || isOnlyASentenceMore(path, theirs, own)) {
            continue;
        }
        found[path] = fmt::format("Kafka {}, ours {}", theirs, own);
        if ((theirs == kMissing || own == kMissing) && path.ends_with(']')) {
            lacking = path;
        }
    }
    return found;
}

} // namespace

bool matches(std::string_view pattern, std::string_view text) {
    const auto star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == text;
    }
    if (!text.starts_with(pattern.substr(0, star))) {
        return false;
    }
    for (auto at = star; at <= text.size(); ++at) {
        if (matches(pattern.substr(star + 1), text.substr(at))) {
            return true;
        }
    }
    return false;
}

Differences::Differences(const std::filesystem::path& knownFile) {
    std::ifstream in(knownFile);
    if (!in) {
        throw std::runtime_error(knownFile.string() + " can't be read.");
    }
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto colon = line.find(": ");
        if (colon == std::string::npos || colon + 10 > line.size()) {
            throw std::runtime_error("A known difference needs a reason: " + line);
        }
        m_known.push_back({.pattern = line.substr(0, colon)});
    }
}

bool Differences::areAlike(const std::string& step, const Answer& kafka, const Answer& ours) const {
    return std::ranges::all_of(differing(kafka, ours), [&](const auto& one) {
        return std::ranges::any_of(m_known,
                                   [&](const Known& known) { return matches(known.pattern, step + " " + one.first); });
    });
}

void Differences::compare(const std::string& step, backbone::wire::Version version, const Answer& kafka,
                          const Answer& ours) {
    m_fields += static_cast<int>(std::max(kafka.size(), ours.size()));
    for (const auto& [path, what] : differing(kafka, ours)) {
        const auto where = step + " " + path;
        bool isKnown = false;
        for (auto& known : m_known) {
            if (matches(known.pattern, where)) {
                known.applies = isKnown = true;
            }
        }
        if (isKnown) {
            ++m_knownFields;
        } else {
            m_unknown[where][what].push_back(version);
        }
    }
}

int Differences::report() const {
    int count = 0;
    for (const auto& [where, all] : m_unknown) {
        for (const auto& [what, versions] : all) {
            fmt::print("{}: {} (versions {})\n", where, what, fmt::join(versions, ","));
            ++count;
        }
    }
    for (const auto& known : m_known) {
        if (!known.applies) {
            fmt::print("{}: in the list of known differences, but no longer so; remove it\n", known.pattern);
            ++count;
        }
    }
    fmt::print("{} fields compared, {} differ as known, {} lines above\n", m_fields, m_knownFields, count);
    return count;
}

} // namespace meshbone::compare
