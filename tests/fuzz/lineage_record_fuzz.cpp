// SPDX-License-Identifier: Apache-2.0
// Records of the evidence topic, to which others may write. What is accepted must be written and read as the same, and
// the graph must bear it.
#include "evidence/entry.h"
#include "graph/derive.h"

#include <cstdlib>

using namespace meshbone::lineage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto entry = parseEntry({reinterpret_cast<const char*>(data), size});
    if (!entry) {
        return 0;
    }
    const auto again = parseEntry(entryJson(*entry));
    if (!again || !(*again == *entry) || entryKey(*again) != entryKey(*entry)) {
        std::abort();
    }
    Entries entries{{"a", *entry}, {"b", *entry}};
    entries["b"].observer += "2";
    NodeIds ids;
    const Graph graph(deriveGraph(entries, {}, ids, entry->toMs, 1'000));
    ViewQuery query;
    query.asOfMs = entry->fromMs;
    if (graph.view(query).nodes.size() > graph.idEnd()) {
        std::abort();
    }
    return 0;
}
