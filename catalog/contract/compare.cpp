// SPDX-License-Identifier: Apache-2.0
#include "contract/compare.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

void compareStatus(const Contract& before, const Contract& after, Findings& findings) {
    if (before.status == after.status) {
        return;
    }
    const bool isOver = after.status == "retired";
    const std::string why = isOver                         ? " Nobody keeps it any longer."
                            : after.status == "deprecated" ? " It will end; use something else from now on."
                                                           : "";
    findings.add("status", fmt::format("The status was '{}', now it is '{}'.{}", before.status, after.status, why),
                 isOver);
}

/// A change that breaks something asks for a new version, or nobody sees that there is one.
void compareVersion(const Contract& before, const Contract& after, Findings& findings) {
    if (before.version != after.version) {
        findings.add("version", fmt::format("The version was {}, now it is {}.", before.version, after.version), false);
    } else if (isBreaking(findings.all())) {
        findings.add("version",
                     fmt::format("The version is still {}, although this breaks the contract; give it a new one.",
                                 after.version),
                     false);
    }
}

} // namespace

void Findings::change(const std::string& path, std::string_view what, const std::string& before,
                      const std::string& after, bool isBreaking, FilePlace wasAt, FilePlace isAt) {
    if (before == after) {
        return;
    }
    add(path,
        before.empty()  ? fmt::format("{} is now '{}'; nothing was said before.", what, after)
        : after.empty() ? fmt::format("{} was '{}', now nothing is said.", what, before)
                        : fmt::format("{} was '{}', now it is '{}'.", what, before, after),
        isBreaking, wasAt, isAt);
}

std::vector<ContractFinding> compareContracts(const Contract& before, const Contract& after) {
    Findings findings;
    if (before.kind != after.kind) {
        findings.add("kind", "One is a data contract and the other a data product; they can't be compared.", true);
        return findings.take();
    }
    findings.change("id", "The id", before.id, after.id, true);
    compareStatus(before, after, findings);
    compareServers(before, after, findings);
    compareObjects(before, after, findings);
    comparePorts(before, after, findings);
    compareSlas(before, after, findings);
    compareRest(before, after, findings);
    compareVersion(before, after, findings);
    return findings.take();
}

} // namespace meshbone::catalog
