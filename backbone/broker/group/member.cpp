// SPDX-License-Identifier: Apache-2.0
#include "broker/group/member.h"

#include <algorithm>

namespace meshbone::backbone::broker {

const Bytes* Member::metadataOf(std::string_view protocol) const {
    const auto found = std::ranges::find(protocols, protocol, &GroupProtocol::name);
    return found == protocols.end() ? nullptr : &found->metadata;
}

const std::string* Member::voteAmong(const std::set<std::string_view>& candidates) const {
    const auto found = std::ranges::find_if(protocols, [&](const auto& p) { return candidates.contains(p.name); });
    return found == protocols.end() ? nullptr : &found->name;
}

std::size_t Member::sizeBytes() const {
    std::size_t size = sizeof(Member) + 2 * id.size() + clientId.size() + clientHost.size() + assignment.size();
    size += instanceId ? 2 * instanceId->size() : 0;
    for (const auto& protocol : protocols) {
        size += sizeof(GroupProtocol) + protocol.name.size() + protocol.metadata.size();
    }
    return size;
}

} // namespace meshbone::backbone::broker
