// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/message_chain.h"

#include <unordered_set>
#include <utility>
#include <vector>

namespace meshbone::catalog::protobuf {

bool messageChainExceeds(const google::protobuf::Descriptor& message, std::size_t limit) {
    std::unordered_set<const google::protobuf::Descriptor*> seen{&message};
    std::vector<std::pair<const google::protobuf::Descriptor*, int>> way{{&message, 0}}; // and its next field
    while (!way.empty()) {
        if (way.size() > limit) {
            return true;
        }
        auto& [at, field] = way.back();
        if (field == at->field_count()) {
            way.pop_back();
            continue;
        }
        const auto* inner = at->field(field++)->message_type();
        if (inner != nullptr && seen.insert(inner).second) {
            way.emplace_back(inner, 0);
        }
    }
    return false;
}

} // namespace meshbone::catalog::protobuf
