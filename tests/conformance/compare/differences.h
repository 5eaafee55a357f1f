// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answer.h"
#include "wire/version.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace meshbone::compare {

/// Where the answers of the two engines differ, held against the list of differences that are known.
class Differences {
public:
    /// `knownFile`: "pattern: reason" a line, where a * in the pattern stands for any text; a line with # is a comment.
    /// Throws std::runtime_error for a line without a reason.
    explicit Differences(const std::filesystem::path& knownFile);

    /// Whether the answers differ in nothing but what is known.
    [[nodiscard]] bool areAlike(const std::string& step, const Answer& kafka, const Answer& ours) const;
    /// Takes note of where they differ.
    void compare(const std::string& step, backbone::wire::Version version, const Answer& kafka, const Answer& ours);

    /// Prints what is not known, and what is known but no longer so; returns how many there are.
    int report() const;

private:
    struct Known {
        std::string pattern;
        bool applies = false;
    };

    std::vector<Known> m_known;
    std::map<std::string, std::map<std::string, std::vector<backbone::wire::Version>>> m_unknown; ///< where, what
    int m_fields = 0;
    int m_knownFields = 0;
};

/// Whether the text is the pattern, in which * stands for any text.
bool matches(std::string_view pattern, std::string_view text);

} // namespace meshbone::compare
