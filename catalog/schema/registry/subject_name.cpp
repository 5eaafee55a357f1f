// SPDX-License-Identifier: Apache-2.0
#include <catalog/registry.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kMaxSubjectBytes = 1'000;

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace

SubjectName SubjectName::parse(std::string_view text) {
    if (!text.starts_with(":.")) {
        return {".", std::string(text)};
    }
    const auto end = text.find(':', 1);
    if (end == std::string_view::npos) {
        return {std::string(text.substr(1)), {}};
    }
    return {std::string(text.substr(1, end - 1)), std::string(text.substr(end + 1))};
}

std::string SubjectName::toString() const {
    return context == "." ? subject : fmt::format(":{}:{}", context, subject);
}

std::string topicOfSubject(std::string_view subject) {
    const auto name = SubjectName::parse(subject).subject;
    for (const std::string_view end : {"-value", "-key"}) {
        if (name.ends_with(end)) {
            return name.substr(0, name.size() - end.size());
        }
    }
    return {};
}

RegistryResult<void> checkSubject(const SubjectName& subject) {
    const auto& name = subject.subject;
    const bool isBlank = std::ranges::all_of(name, [](char c) { return c == ' '; });
    if (isBlank || name == "__GLOBAL" || name == "__EMPTY" || name.size() + subject.context.size() > kMaxSubjectBytes ||
        std::ranges::any_of(name, isControl) || std::ranges::any_of(subject.context, isControl)) {
        return refuse(
            42208, fmt::format("The specified subject '{}' is not valid: it must not be empty, longer than {} bytes, "
                               "contain control characters or be named __GLOBAL or __EMPTY.",
                               isBlank ? "" : name.substr(0, 100), kMaxSubjectBytes));
    }
    return {};
}

} // namespace meshbone::catalog
