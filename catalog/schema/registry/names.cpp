// SPDX-License-Identifier: Apache-2.0
#include <catalog/registry.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {

namespace {

constexpr std::array<std::string_view, 7> kLevels{
    "NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FORWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE"};
constexpr std::array<std::string_view, 3> kValidations{"OFF", "LOG", "REFUSE"};
constexpr std::array<std::string_view, 5> kModes{"READWRITE", "READONLY", "READONLY_OVERRIDE", "IMPORT", "FORWARD"};

/// Names are taken in any case, as Confluent's registry does.
template <class Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& names, std::string_view name) {
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto found = std::ranges::find(names, upper);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

} // namespace

std::string_view levelName(CompatibilityLevel level) {
    return kLevels[static_cast<std::size_t>(level)];
}

std::optional<CompatibilityLevel> levelFromName(std::string_view name) {
    return find<CompatibilityLevel>(kLevels, name);
}

std::string levelWords(CompatibilityLevel level) {
    switch (level) {
    case CompatibilityLevel::None:
        return "Nothing is checked: consumers and producers change together, or break.";
    case CompatibilityLevel::Backward:
        return "The new schema must read what the latest version wrote: roll out consumers first.";
    case CompatibilityLevel::BackwardTransitive:
        return "The new schema must read what every earlier version wrote: roll out consumers first.";
    case CompatibilityLevel::Forward:
        return "The latest version must read what the new schema writes: roll out producers first.";
    case CompatibilityLevel::ForwardTransitive:
        return "Every earlier version must read what the new schema writes: roll out producers first.";
    case CompatibilityLevel::Full:
        return "The new schema and the latest version must read each other's events: roll out in any order.";
    case CompatibilityLevel::FullTransitive:
        return "The new schema and every earlier version must read each other's events: roll out in any order.";
    }
    return {};
}

std::string_view modeName(SubjectMode mode) {
    return kModes[static_cast<std::size_t>(mode)];
}

std::optional<SubjectMode> modeFromName(std::string_view name) {
    return find<SubjectMode>(kModes, name);
}

std::string_view validationName(WriteValidation validation) {
    return kValidations[static_cast<std::size_t>(validation)];
}

std::optional<WriteValidation> validationFromName(std::string_view name) {
    return find<WriteValidation>(kValidations, name);
}

} // namespace meshbone::catalog
