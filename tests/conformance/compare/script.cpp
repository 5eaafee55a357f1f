// SPDX-License-Identifier: Apache-2.0
#include "script.h"

#include <fmt/core.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace meshbone::compare {
namespace {

/// "[user:] Api versions {json} [> name=/pointer ...]"
Step parseStep(const std::string& line) {
    Step step;
    std::istringstream words(line);
    words >> step.api;
    if (step.api.ends_with(':')) {
        step.user = step.api.substr(0, step.api.size() - 1);
        words >> step.api;
    }
    words >> step.versions >> std::ws;
    std::getline(words, step.request);
    const auto end = step.request.rfind('}');
    if (end == std::string::npos || step.request.front() != '{') {
        throw std::runtime_error("a step is: Api versions {request}");
    }
    std::istringstream captures(step.request.substr(end + 1));
    step.request.resize(end + 1);
    std::string word;
    while (captures >> word) {
        const auto equals = word.find('=');
        if (word == ">") {
            continue;
        }
        if (equals == std::string::npos) {
            throw std::runtime_error("behind the request: > name=/pointer");
        }
        step.captures[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return step;
}

} // namespace

std::vector<Step> readSteps(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<Step> steps;
    std::string line;
    std::string name;
    int number = 0;
    int stepOfCase = 0;
    while (std::getline(in, line)) {
        ++number;
        if (line.empty() || line.front() == '#') {
            continue;
        }
        if (line.front() == '=') {
            name = line.substr(line.find_first_not_of("= "));
            stepOfCase = 0;
            continue;
        }
        try {
            auto& step = steps.emplace_back(parseStep(line));
            step.name = fmt::format("{}.{}", name, ++stepOfCase);
        } catch (const std::exception& error) {
            throw std::runtime_error(fmt::format("{}:{}: {}", file.string(), number, error.what()));
        }
    }
    if (steps.empty()) {
        throw std::runtime_error("There are no steps in " + file.string());
    }
    return steps;
}

std::string substituted(std::string text, const std::map<std::string, std::string>& variables) {
    for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
        const auto end = text.find('}', at);
        const auto found = variables.find(text.substr(at + 2, end - at - 2));
        if (found == variables.end()) {
            throw std::runtime_error("no value for " + text.substr(at, end - at + 1));
        }
        text.replace(at, end - at + 1, found->second);
        at += found->second.size();
    }
    return text;
}

} // namespace meshbone::compare
