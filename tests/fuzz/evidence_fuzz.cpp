// SPDX-License-Identifier: Apache-2.0
// Evidence files as anybody may hand them to anybody. Input: a file. Checking never fails and ends; a line that parses
// has one spelling; and what is genuine isn't any more once a byte of it has changed.
#include "ledger/evidence_lines.h"

#include <catalog/evidence.h>

#include <cstdlib>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view file(reinterpret_cast<const char*>(data), size);
    const std::string_view line = file.substr(0, file.find('\n'));
    if (const auto parsed = parseLine(line)) {
        demand(lineText(*parsed) == line);
    }
    const auto report = verifyEvidence(file);
    demand(report.wrong.size() <= 100 && report.undecided.size() <= 100);
    if (report.isGenuine()) {
        std::string changed(file);
        changed[size / 2] = static_cast<char>(changed[size / 2] ^ 1);
        demand(!verifyEvidence(changed).isGenuine());
    }
    return 0;
}
