// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::lineage {

using Json = nlohmann::ordered_json;

/// Sums of many stay in range, and JSON tools keep them exact.
inline constexpr std::int64_t kMaxCount = std::int64_t{1} << 53;

/// Reads the fields of an object that came from elsewhere and remembers the first that is wrong, so that a reader reads
/// straight down. The object must outlive it. One thread at a time.
class Fields {
public:
    explicit Fields(const Json& json)
        : m_json(json) {}

    std::string string(const char* name);
    std::int64_t count(const char* name); ///< from 0 to kMaxCount
    bool boolean(const char* name, bool missing);
    /// Pairs of counts, at most `max` of them.
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs(const char* name, std::size_t max);
    const Json& object(const char* name); ///< an empty one, where it isn't one
    void wrong(const std::string& name) { m_wrong = m_wrong.empty() ? name : m_wrong; }
    [[nodiscard]] const std::string& firstWrong() const { return m_wrong; }

private:
    std::int64_t number(const Json& json, const char* name);

    const Json& m_json;
    std::string m_wrong;
};

} // namespace meshbone::lineage
