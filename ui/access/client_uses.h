// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <string>
#include <vector>

namespace meshbone::lineage {
class Lineage;
}

namespace meshbone::ui {

/// One topic that a client reads or writes, as lineage has seen or knows it.
struct ClientUse {
    std::string topic;
    bool reads = false; ///< else it writes
    TimestampMs lastMs = -1;
    std::vector<std::string> groups; ///< of a reader
};
/// Everything that the principal did; nothing where lineage doesn't know it. Answered from memory; for a job.
std::vector<ClientUse> clientUses(const lineage::Lineage& lineage, const std::string& principal);

} // namespace meshbone::ui
