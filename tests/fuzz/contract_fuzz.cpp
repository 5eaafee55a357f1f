// SPDX-License-Identifier: Apache-2.0
// Contracts, as anybody may write them. Input: the text of one, and after a line "---8<---" a second. What is read
// keeps its bytes; validating, finding topics, comparing with itself (no change) and with the second never crash or
// hang; a changed version changes nothing else.
#include <catalog/contract.h>

#include <cstdlib>

using namespace meshbone::catalog;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void useContract(const Contract& contract) {
    for (const auto& problem : validateContract(contract)) {
        demand(!problem.sentence.empty());
    }
    for (const auto& topic : topicsOf(contract)) {
        demand(!topic.topic.empty() && topic.object <= contract.objects.size());
    }
    const auto changed = withContractValue(contract, "version", "7.1.0");
    if (changed) {
        const auto again = readContract(*changed);
        demand(again && again->version == "7.1.0" && again->id == contract.id);
        demand(again->objects.size() == contract.objects.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view kCut = "\n---8<---\n";
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto cut = text.find(kCut);
    const auto before = readContract(std::string(text.substr(0, cut)));
    const auto after = readContract(std::string(cut == std::string_view::npos ? text : text.substr(cut + kCut.size())));
    demand(before || !before.error().empty());
    if (before) {
        demand(before->text == text.substr(0, cut));
        useContract(*before);
    }
    if (before && after) {
        for (const auto& finding : compareContracts(*before, *after)) {
            demand(!finding.sentence.empty());
        }
    }
    return 0;
}
