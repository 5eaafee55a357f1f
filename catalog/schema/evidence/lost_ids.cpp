// SPDX-License-Identifier: Apache-2.0
#include <catalog/schema_evidence.h>

#include "schema/framing.h"

#include <algorithm>
#include <set>

namespace meshbone::catalog {

LostIds::LostIds(SchemaBookPtr book)
    : m_book(std::move(book)) {
    std::set<std::string> seen;
    const auto& versions = m_book->versions();
    for (std::size_t i = versions.size(); i-- > 0;) { // of the same schema the newest
        if (seen.insert(versions[i].guid).second) {
            m_distinct.push_back(i);
        }
    }
}

void LostIds::add(const Record& record) {
    for (const bool isKey : {false, true}) {
        const auto& bytes = isKey ? record.key : record.value;
        if (!bytes) {
            continue;
        }
        const auto read = readFraming(*bytes, record.headers, isKey);
        if (read.framing != Framing::Prefix || read.id.value() < 0 || m_book->byId(read.id, record.topic, isKey)) {
            continue;
        }
        if (m_found.size() >= kMaxIds && !m_found.contains(read.id.value())) {
            continue;
        }
        auto& found = m_found[read.id.value()];
        if (found.records == 0) {
            found.fits = m_distinct;
        }
        ++found.records;
        ++found.topics[record.topic];
        std::erase_if(found.fits, [&](std::size_t version) {
            const auto schema = m_book->parsed(m_book->versions()[version]);
            return !schema || !(*schema)->check(read.payload);
        });
    }
}

std::vector<LostId> LostIds::found() const {
    std::vector<LostId> all;
    for (const auto& [id, found] : m_found) {
        LostId lost{SchemaId(id), found.records, {}, found.topics};
        for (const auto version : found.fits) {
            lost.candidates.push_back(m_book->versions()[version]);
        }
        // A schema of the topic's own subject is likelier, and one with more fields says more by fitting.
        const auto rank = [&](const SchemaVersion& one) {
            const bool isOwn = std::ranges::any_of(
                found.topics, [&](const auto& topic) { return one.subject.starts_with(topic.first + "-"); });
            return std::tuple(!isOwn, -static_cast<std::int64_t>(one.definition->text.size()), one.subject);
        };
        std::ranges::stable_sort(lost.candidates, {}, rank);
        all.push_back(std::move(lost));
    }
    return all;
}

} // namespace meshbone::catalog
