// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_violations.h>

#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

using MarkJson = nlohmann::ordered_json;

MarkJson jsonOf(const SchemaViolation& one) {
    return {{"partition", one.at.partition.value()},
            {"offset", one.offset.value()},
            {"timeMs", one.timeMs},
            {"part", one.isKey ? "key" : "value"},
            {"subject", one.subject},
            {"id", one.schema.value()},
            {"field", one.field},
            {"cause", one.cause},
            {"why", one.why},
            {"principal", one.principal},
            {"client", one.client},
            {"refused", one.wasRefused}};
}

MarkJson jsonOf(const TopicViolations& topic) {
    auto causes = MarkJson::array();
    for (const auto& [cause, records] : topic.causes) {
        causes.push_back({{"cause", cause}, {"records", records}});
    }
    auto newest = MarkJson::array();
    for (const auto& one : topic.newest) {
        newest.push_back(jsonOf(one));
    }
    return {{"topic", topic.topic},   {"records", topic.records}, {"refused", topic.refused},
            {"lastMs", topic.lastMs}, {"causes", causes},         {"newest", newest}};
}

MarkJson jsonOf(const std::vector<TopicViolations>& topics) {
    auto json = MarkJson::array();
    for (const auto& topic : topics) {
        json.push_back(jsonOf(topic));
    }
    return json;
}

/// A member of the type of `otherwise`; that itself where it isn't there, or is of another type.
template <class Value>
Value valueIn(const MarkJson& json, const char* name, Value otherwise) {
    const auto found = json.find(name);
    if constexpr (std::is_same_v<Value, std::string>) {
        return found != json.end() && found->is_string() ? found->template get<Value>() : otherwise;
    } else if constexpr (std::is_same_v<Value, bool>) {
        return found != json.end() && found->is_boolean() ? found->template get<Value>() : otherwise;
    } else {
        return found != json.end() && found->is_number_integer() ? found->template get<Value>() : otherwise;
    }
}
std::string textIn(const MarkJson& json, const char* name) {
    return valueIn(json, name, std::string());
}

const MarkJson& arrayIn(const MarkJson& json, const char* name) {
    static const auto kNone = MarkJson::array();
    const auto found = json.find(name);
    return found != json.end() && found->is_array() ? *found : kNone;
}

SchemaViolation violationOf(const MarkJson& json, const std::string& topic) {
    SchemaViolation one;
    one.at = {topic, Partition(valueIn(json, "partition", 0))};
    one.offset = Offset(valueIn(json, "offset", std::int64_t{-1}));
    one.timeMs = valueIn(json, "timeMs", TimestampMs{-1});
    one.isKey = textIn(json, "part") == "key";
    one.subject = textIn(json, "subject");
    one.schema = SchemaId(valueIn(json, "id", -1));
    one.field = textIn(json, "field");
    one.cause = textIn(json, "cause");
    one.why = textIn(json, "why");
    one.principal = textIn(json, "principal");
    one.client = textIn(json, "client");
    one.wasRefused = valueIn(json, "refused", false);
    return one;
}

TopicViolations topicOf(const MarkJson& json) {
    TopicViolations topic;
    topic.topic = textIn(json, "topic");
    topic.records = valueIn(json, "records", std::int64_t{0});
    topic.refused = valueIn(json, "refused", std::int64_t{0});
    topic.lastMs = valueIn(json, "lastMs", TimestampMs{-1});
    for (const auto& cause : arrayIn(json, "causes")) {
        if (cause.is_object() && topic.causes.size() <= ViolationBook::kMaxCauses) {
            topic.causes[textIn(cause, "cause")] = valueIn(cause, "records", std::int64_t{0});
        }
    }
    for (const auto& one : arrayIn(json, "newest")) {
        if (one.is_object() && topic.newest.size() < ViolationBook::kMaxNewest) {
            topic.newest.push_back(violationOf(one, topic.topic));
        }
    }
    return topic;
}

std::optional<std::vector<TopicViolations>> topicsOf(const MarkJson& json) {
    if (!json.is_array() || json.size() > ViolationBook::kMaxTopics) {
        return std::nullopt;
    }
    std::vector<TopicViolations> topics;
    for (const auto& one : json) {
        if (!one.is_object() || textIn(one, "topic").empty()) {
            return std::nullopt;
        }
        topics.push_back(topicOf(one));
    }
    return topics;
}

std::string dumped(const MarkJson& json) {
    return json.dump(-1, ' ', false, MarkJson::error_handler_t::replace);
}

std::unexpected<Error> unreadable() {
    return fail(ErrorCode::Corrupt, "What is kept of events against their schemas can't be read; it begins anew.");
}

} // namespace

std::string violationsToJson(const std::vector<TopicViolations>& topics) {
    return dumped(jsonOf(topics));
}

Result<std::vector<TopicViolations>> violationsFromJson(const std::string& json) {
    auto topics = topicsOf(MarkJson::parse(json, nullptr, false));
    return topics ? Result<std::vector<TopicViolations>>(std::move(*topics)) : unreadable();
}

std::string ViolationBook::toJson() const {
    const std::scoped_lock lock(m_mutex); // one moment of both
    auto topics = MarkJson::array();
    for (const auto& [name, topic] : m_topics) {
        topics.push_back(jsonOf(topic));
    }
    auto positions = MarkJson::array();
    for (const auto& [at, next] : m_positions) {
        positions.push_back({{"topic", at.topic}, {"partition", at.partition.value()}, {"offset", next.value()}});
    }
    return dumped({{"v", 1}, {"topics", topics}, {"positions", positions}});
}

Status ViolationBook::read(const std::string& json) {
    const auto kept = MarkJson::parse(json, nullptr, false);
    auto topics = kept.is_object() && kept.contains("topics") ? topicsOf(kept["topics"]) : std::nullopt;
    if (!topics) {
        return unreadable();
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_topics.clear();
        m_positions.clear();
        for (auto& topic : *topics) {
            m_topics[topic.topic] = std::move(topic);
        }
        for (const auto& one : arrayIn(kept, "positions")) {
            if (one.is_object()) {
                m_positions[{textIn(one, "topic"), Partition(valueIn(one, "partition", 0))}] =
                    Offset(valueIn(one, "offset", std::int64_t{0}));
            }
        }
    }
    m_changed.notify();
    return {};
}

} // namespace meshbone::catalog
