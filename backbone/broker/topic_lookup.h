// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::broker {

struct TopicFacts {
    TopicId id;
    std::int32_t partitions = 0;
};

/// Which topics there are. Loop thread only.
class TopicLookup {
public:
    virtual ~TopicLookup() = default;
    [[nodiscard]] virtual std::optional<TopicFacts> topicByName(std::string_view name) const = 0;
    [[nodiscard]] virtual std::optional<std::string> topicNameOf(const TopicId& id) const = 0;
};

} // namespace meshbone::backbone::broker
