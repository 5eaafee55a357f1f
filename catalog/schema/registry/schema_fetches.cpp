// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_fetches.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace meshbone::catalog {

namespace {

using FetchJson = nlohmann::ordered_json;

constexpr TimestampMs kTellAgainMs = 60'000; ///< clients ask for the same all the time, and it is a file that is kept

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

FetchJson jsonOf(const SchemaFetch& one) {
    return {{"context", one.context},          {"id", one.id.value()},  {"principal", one.principal},
            {"address", one.address},          {"agent", one.agent},    {"lastMs", one.lastMs},
            {"what", schemaAskName(one.what)}, {"subject", one.subject}};
}

/// Members that aren't there, as in an earlier version's, are empty.
template <class Value>
Value memberOf(const FetchJson& object, const char* name, Value otherwise) {
    const auto found = object.find(name);
    if (found == object.end()) {
        return otherwise;
    }
    if constexpr (std::is_same_v<Value, std::string>) {
        return found->is_string() ? found->get<std::string>() : otherwise;
    } else {
        return found->is_number_integer() ? found->get<Value>() : otherwise;
    }
}

std::optional<std::vector<SchemaFetch>> fetchesOf(const FetchJson& json) {
    if (!json.is_array()) {
        return std::nullopt;
    }
    std::vector<SchemaFetch> all;
    for (const auto& one : json) {
        if (!one.is_object()) {
            return std::nullopt;
        }
        const auto what = schemaAskFromName(memberOf(one, "what", std::string("byId")));
        all.push_back({memberOf(one, "context", std::string(".")), SchemaId(memberOf(one, "id", -1)),
                       memberOf(one, "principal", std::string()), memberOf(one, "address", std::string()),
                       memberOf(one, "agent", std::string()), memberOf(one, "lastMs", TimestampMs(-1)),
                       what.value_or(SchemaAsk::ById), memberOf(one, "subject", std::string())});
    }
    return all;
}

std::string dumped(const FetchJson& json) {
    return json.dump(-1, ' ', false, FetchJson::error_handler_t::replace);
}

FetchJson listJson(const auto& fetches) {
    auto json = FetchJson::array();
    for (const auto& one : fetches) {
        json.push_back(jsonOf(one));
    }
    return json;
}

} // namespace

std::string fetchesToJson(const std::vector<SchemaFetch>& fetches) {
    return dumped(listJson(fetches));
}

Result<std::vector<SchemaFetch>> fetchesFromJson(const std::string& json) {
    auto fetches = fetchesOf(FetchJson::parse(json, nullptr, false));
    return fetches ? Result<std::vector<SchemaFetch>>(std::move(*fetches))
                   : fail(ErrorCode::Corrupt, "The answer isn't one of a schema registry. Is the URL right?");
}

SchemaFetches::SchemaFetches()
    : m_sinceMs(nowMs()) {}

SchemaFetches::Key SchemaFetches::keyOf(const SchemaFetch& fetch) {
    return {fetch.context, fetch.id.value(), fetch.principal, fetch.address, fetch.agent, fetch.what, fetch.subject};
}

void SchemaFetches::note(SchemaFetch fetch) {
    fetch.agent.resize(std::min(fetch.agent.size(), kMostText));
    const auto now = nowMs();
    fetch.lastMs = now;
    {
        const std::scoped_lock lock(m_mutex);
        const auto [at, isNew] = m_at.try_emplace(keyOf(fetch));
        if (!isNew) {
            m_fetches.erase(at->second);
        }
        m_fetches.push_front(std::move(fetch));
        at->second = m_fetches.begin();
        forgetOldest();
        if (!isNew && now - m_toldMs < kTellAgainMs) {
            return;
        }
        m_toldMs = now;
    }
    m_changed.notify();
}

void SchemaFetches::forgetOldest() {
    while (m_fetches.size() > kMost) {
        m_sinceMs = std::max(m_sinceMs, m_fetches.back().lastMs + 1);
        m_at.erase(keyOf(m_fetches.back()));
        m_fetches.pop_back();
    }
}

std::vector<SchemaFetch> SchemaFetches::all() const {
    const std::scoped_lock lock(m_mutex);
    return {m_fetches.begin(), m_fetches.end()};
}

TimestampMs SchemaFetches::sinceMs() const {
    const std::scoped_lock lock(m_mutex);
    return m_sinceMs;
}

std::string SchemaFetches::toJson() const {
    std::vector<SchemaFetch> fetches;
    TimestampMs sinceMs = -1;
    {
        const std::scoped_lock lock(m_mutex); // one moment of both, and no longer: requests wait for it
        fetches.assign(m_fetches.begin(), m_fetches.end());
        sinceMs = m_sinceMs;
    }
    return dumped({{"v", 1}, {"sinceMs", sinceMs}, {"fetches", listJson(fetches)}});
}

Status SchemaFetches::read(const std::string& json) {
    const auto kept = FetchJson::parse(json, nullptr, false);
    const auto fetches = kept.is_object() && kept.contains("fetches") ? fetchesOf(kept["fetches"]) : std::nullopt;
    if (!fetches) {
        return fail(ErrorCode::Corrupt, "What is kept of who asked for schemas can't be read; it begins anew.");
    }
    const std::scoped_lock lock(m_mutex);
    m_sinceMs = std::min(m_sinceMs, memberOf(kept, "sinceMs", m_sinceMs));
    for (const auto& one : *fetches) {
        if (const auto [at, isNew] = m_at.try_emplace(keyOf(one)); isNew) {
            m_fetches.push_back(one);
            at->second = std::prev(m_fetches.end());
        }
    }
    forgetOldest();
    return {};
}

} // namespace meshbone::catalog
