// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// Where in a payload a check is. Names are the payload's own, which outlives it.
class InstancePath {
public:
    void enter(const std::string& name) { m_steps.push_back({&name, 0}); }
    void enter(std::size_t index) { m_steps.push_back({nullptr, index}); }
    void leave() { m_steps.pop_back(); }
    [[nodiscard]] std::size_t depth() const { return m_steps.size(); }

    /// "/legs/2/tail".
    [[nodiscard]] std::string asPointer() const;
    /// "legs[].tail".
    [[nodiscard]] std::string asField() const;
    /// "`legs[2].tail`"; "the value" for the whole.
    [[nodiscard]] std::string inWords() const;

private:
    struct Step {
        const std::string* name; ///< null: an item
        std::size_t index;
    };
    std::vector<Step> m_steps;
};

} // namespace meshbone::catalog::jsonschema
