// SPDX-License-Identifier: Apache-2.0
#include "schema/json/instance_path.h"

#include "schema/json/uri.h"

#include <fmt/format.h>

namespace meshbone::catalog::jsonschema {

std::string InstancePath::asPointer() const {
    std::string out;
    for (const Step& step : m_steps) {
        out += "/" + (step.name != nullptr ? pointerStep(*step.name) : std::to_string(step.index));
    }
    return out;
}

std::string InstancePath::asField() const {
    std::string out;
    for (const Step& step : m_steps) {
        if (step.name == nullptr) {
            out += "[]";
        } else {
            out += (out.empty() ? "" : ".") + *step.name;
        }
    }
    return out;
}

std::string InstancePath::inWords() const {
    if (m_steps.empty()) {
        return "the value";
    }
    std::string out;
    for (const Step& step : m_steps) {
        if (step.name == nullptr) {
            out += fmt::format("[{}]", step.index);
        } else {
            out += (out.empty() ? "" : ".") + *step.name;
        }
    }
    return "`" + out + "`";
}

} // namespace meshbone::catalog::jsonschema
