// SPDX-License-Identifier: Apache-2.0
#include "broker/group/subscription.h"

#include "wire/reader.h"

namespace meshbone::backbone::broker {

bool readSubscribedTopics(std::string_view metadata, std::set<std::string>& topics) {
    wire::Reader reader(metadata);
    const auto version = reader.int16();
    const auto count = reader.count(wire::LengthKind::Int32);
    if (!reader.ok() || version < 0 || !count) {
        return false;
    }
    for (std::size_t i = 0; i < *count; ++i) {
        const auto topic = reader.octets(wire::LengthKind::Int16);
        if (!reader.ok() || !topic) {
            return false;
        }
        topics.emplace(*topic);
    }
    return true;
}

} // namespace meshbone::backbone::broker
