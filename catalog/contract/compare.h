// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract.h>

#include <fmt/format.h>

#include <string>
#include <vector>

namespace meshbone::catalog {

/// What was found so far, and how it is said. Within contract/ only.
class Findings {
public:
    void add(std::string path, std::string sentence, bool isBreaking, FilePlace before = {}, FilePlace after = {}) {
        m_found.push_back({std::move(path), std::move(sentence), isBreaking, before, after});
    }
    /// "The domain was a, now it is b", where the two differ.
    void change(const std::string& path, std::string_view what, const std::string& before, const std::string& after,
                bool isBreaking, FilePlace wasAt = {}, FilePlace isAt = {});
    [[nodiscard]] std::vector<ContractFinding> take() { return std::move(m_found); }
    [[nodiscard]] const std::vector<ContractFinding>& all() const { return m_found; }

private:
    std::vector<ContractFinding> m_found;
};

// The parts of a comparison.
void compareObjects(const Contract& before, const Contract& after, Findings& findings);
void compareSlas(const Contract& before, const Contract& after, Findings& findings);
void compareServers(const Contract& before, const Contract& after, Findings& findings);
void comparePorts(const Contract& before, const Contract& after, Findings& findings);
/// What Meshbone has no word for: by the keys of the text.
void compareRest(const Contract& before, const Contract& after, Findings& findings);

} // namespace meshbone::catalog
