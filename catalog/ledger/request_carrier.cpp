// SPDX-License-Identifier: Apache-2.0
#include "ledger/request_carrier.h"

#include "ledger/command_codec.h"
#include "ledger/entry.h"
#include "ledger/judge.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// An entry of another kind has its own way, whoever signed it.
bool isRequest(const ParsedEntry& parsed) {
    const auto command = decodeCommand(parsed.entry.act, parsed.entry.subject, parsed.entry.payload);
    return command && isAsking(*command);
}

} // namespace

bool isAsking(const Command& command) {
    return std::holds_alternative<SubmitRequest>(command) || std::holds_alternative<AmendRequest>(command) ||
           std::holds_alternative<CommentRequest>(command) || std::holds_alternative<WithdrawRequest>(command) ||
           std::holds_alternative<ReopenRequest>(command);
}

Result<CarriedRequests> RequestCarrier::carry(Author& author, const CallOptions& options) {
    const std::scoped_lock lock(m_mutex);
    const CallClock clock(options);
    const auto bounds = ledgerBounds(m_backbone, clock.rest(), kRequestsTopic);
    if (!bounds) {
        return std::unexpected(bounds.error());
    }
    if (!*bounds) {
        auto created = createRequestsTopic(m_backbone, clock.rest());
        return created ? Result<CarriedRequests>(CarriedRequests{}) : std::unexpected(created.error());
    }
    if (m_next > (*bounds)->end) {
        m_next = 0; // another topic than before
    }
    CarriedRequests result;
    const LedgerBounds range{std::max(m_next, (*bounds)->start), (*bounds)->end};
    const RecordSink carryAll = [&](std::span<const Record> records) -> Status {
        for (const Record& record : records) {
            if (auto carried = carryOne(author, record, clock, result); !carried) {
                return carried;
            }
            m_next = record.offset.value() + 1;
        }
        return {};
    };
    if (auto read = readLedger(m_backbone, range, clock.rest(), carryAll, kRequestsTopic); !read) {
        return std::unexpected(read.error());
    }
    return result;
}

Status RequestCarrier::carryOne(Author& author, const Record& record, const CallClock& clock, CarriedRequests& result) {
    const std::string bytes = record.value.value_or(Bytes());
    const ParsedEntry parsed = parseEntry(bytes);
    const auto known = m_store.numberOf(parsed.entry.subject, bytes);
    if (!known) {
        return std::unexpected(known.error());
    }
    if (*known) {
        return {};
    }
    const auto snapshot = m_published.snapshot();
    JudgedEntry judged = judge(snapshot->mesh(), record.offset.value(), bytes, snapshot->headHash());
    if (judged.entry.accepted && !isRequest(parsed)) {
        judged.entry.accepted = false;
        judged.entry.rejection =
            fmt::format("Only requests travel in {}; decisions are written into the ledger.", kRequestsTopic);
    }
    if (!judged.entry.accepted) {
        result.refused.push_back(std::move(judged.entry));
        return {};
    }
    const auto number = author.append(bytes, clock.rest());
    if (!number) {
        return std::unexpected(number.error());
    }
    ++result.carried;
    // The next one may be about the same request, so it is judged after this one has been.
    return m_published.waitUntil([&](const CatalogStatus&, std::int64_t last) { return last >= *number; }, clock.rest(),
                                 "This catalog doesn't come after the ledger; try again in a moment.");
}

} // namespace meshbone::catalog
