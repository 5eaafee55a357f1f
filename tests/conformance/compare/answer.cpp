// SPDX-License-Identifier: Apache-2.0
#include "answer.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace meshbone::compare {
namespace {

/// What an element of an array is about; the first that it has names it.
constexpr const char* kNaming[] = {"name",           "groupId",   "resourceName", "topic",  "key",
                                   "partitionIndex", "partition", "brokerId",     "nodeId", "mechanism"};
/// Fields that say whether there is something rather than what.
const std::set<std::string, std::less<>> kOpaque = {"errorMessage", "host",          "port",      "clusterId",
                                                    "topicId",      "documentation", "memberId",  "producerId",
                                                    "leader",       "logDir",        "clientHost"};
const std::set<std::string, std::less<>> kIgnored = {"throttleTimeMs", "totalBytes", "usableBytes"};

/// Empty for what is told apart by its place only.
std::string nameOf(const nlohmann::json& element) {
    for (const auto* naming : kNaming) {
        const auto found = element.is_object() ? element.find(naming) : element.end();
        if (found != element.end() && !found->is_null()) {
            return "[" + (found->is_string() ? found->get<std::string>() : found->dump()) + "]";
        }
    }
    return {};
}

std::string opaque(const std::string& name, const nlohmann::json& value) {
    if (name == "errorMessage") { // no client tells null from empty here
        return value.is_null() || value == "" ? "none" : "(text)";
    }
    const bool none = value.is_null() || value == "" || value == -1 || value == "AAAAAAAAAAAAAAAAAAAAAA";
    return none ? value.dump() : value.is_string() ? "(text)" : "(number)";
}

void flatten(const nlohmann::json& value, const std::string& path, Answer& into);

void flattenArray(nlohmann::json array, const std::string& path, Answer& into) {
    into[path] = array.empty() ? "[]" : "[...]";
    if (!array.empty() && !nameOf(array.front()).empty()) { // several may have one name
        std::ranges::sort(array.get_ref<nlohmann::json::array_t&>(), {},
                          [](const nlohmann::json& element) { return element.dump(); });
    }
    std::set<std::string> names;
    for (std::size_t i = 0; i < array.size(); ++i) {
        auto name = nameOf(array[i]);
        name = name.empty() ? "[#" + std::to_string(i) + "]" : name;
        while (!names.insert(name).second) {
            name.insert(name.size() - 1, "'");
        }
        const auto at = path + name;
        flatten(array[i], at, into);
        if (array[i].is_structured()) {
            into[at] = "(there)";
        }
    }
}

void flatten(const nlohmann::json& value, const std::string& path, Answer& into) {
    if (value.is_array()) {
        flattenArray(value, path, into);
    } else if (value.is_object()) {
        for (const auto& [name, field] : value.items()) {
            const auto at = path.empty() ? name : path + "." + name;
            if (kOpaque.contains(name)) {
                into[at] = opaque(name, field);
            } else if (!kIgnored.contains(name)) {
                flatten(field, at, into);
            }
        }
    } else {
        into[path] = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
}

} // namespace

Answer answerOf(const nlohmann::json& dump) {
    Answer answer;
    flatten(dump, "", answer);
    return answer;
}

} // namespace meshbone::compare
