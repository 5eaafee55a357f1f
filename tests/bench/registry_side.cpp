// SPDX-License-Identifier: Apache-2.0
#include "registry_side.h"

#include "registry_requests.h"
#include "schema_texts.h"

#include <set>
#include <stdexcept>

namespace meshbone::bench {

namespace {

constexpr int kConnections = 100;
constexpr double kPatienceS = 600;
/// More than there are connections: no two versions of a subject are under way at once, and none waits for another.
constexpr std::size_t kSubjectsAtOnce = 200;

struct Place {
    int subject = 0, version = 0;
};

/// Where the schema of a number belongs: 200 subjects get their first versions, then their second ones, and so on; then
/// it is the next subjects' turn.
Place placeOf(std::size_t number) {
    const auto inBlock = number % (kSubjectsAtOnce * kVersionsOfSubject);
    const auto block = number / (kSubjectsAtOnce * kVersionsOfSubject);
    return {static_cast<int>(block * kSubjectsAtOnce + inBlock % kSubjectsAtOnce),
            static_cast<int>(inBlock / kSubjectsAtOnce)};
}

std::string textOf(std::size_t number) {
    const auto place = placeOf(number);
    return versionText(place.subject, place.version);
}

/// Spreads numbers that follow each other, the same way in each run (the last step of SplitMix64).
std::size_t spread(std::size_t number) {
    auto mixed = (number + 1) * 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    return mixed ^ (mixed >> 31);
}

/// As JSON, not as text: a registry may answer with the same schema in another order of its fields.
void refuseOther(std::size_t number, std::string_view body) {
    const auto answered = nlohmann::json::parse(body).at("schema").get<std::string>();
    if (nlohmann::json::parse(answered) != nlohmann::json::parse(textOf(number))) {
        throw std::runtime_error(fmt::format("Schema {} was answered as {}", number, body));
    }
}

} // namespace

void RegistrySide::requireBackward() const {
    const auto request = withBody("PUT", m_prefix + "/config", R"({"compatibility":"BACKWARD"})");
    (void)askFor(
        m_port, 1, kPatienceS, [&](std::size_t) { return request; }, 1);
}

AskedFigures RegistrySide::registerSchemas(double seconds, std::size_t most) {
    const auto first = m_sent;
    return askFor(
        m_port, kConnections, seconds,
        [&](std::size_t) {
            const auto number = m_sent++;
            return registration(fmt::format("topic{}-value", placeOf(number).subject), textOf(number), m_prefix);
        },
        most,
        [&](std::size_t i, std::string_view body) {
            m_known.push_back({nlohmann::json::parse(body).at("id").get<std::size_t>(), first + i, {}});
        });
}

void RegistrySide::readAll() {
    const auto first = m_read;
    (void)askFor(
        m_port, kConnections, kPatienceS, [&](std::size_t i) { return schemaById(m_known[first + i].id, m_prefix); },
        m_known.size() - first,
        [&](std::size_t i, std::string_view body) {
            refuseOther(m_known[first + i].number, body);
            m_known[first + i].body = body;
            ++m_read;
        });
    std::set<std::size_t> ids;
    for (const auto& one : m_known) {
        ids.insert(one.id);
    }
    if (m_read != m_known.size() || ids.size() != m_known.size()) {
        throw std::runtime_error(
            fmt::format("Of {} schemas {} were read, with {} ids.", m_known.size(), m_read, ids.size()));
    }
}

AskedFigures RegistrySide::askById(double seconds) const {
    const auto which = [&](std::size_t i) -> const Known& { return m_known[spread(i) % m_read]; };
    return askFor(
        m_port, kConnections, seconds, [&](std::size_t i) { return schemaById(which(i).id, m_prefix); }, SIZE_MAX,
        [&](std::size_t i, std::string_view body) {
            if (body != which(i).body) {
                throw std::runtime_error(fmt::format("Schema {} was answered as {}", which(i).number, body));
            }
        });
}

} // namespace meshbone::bench
