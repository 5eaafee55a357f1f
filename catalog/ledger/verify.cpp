// SPDX-License-Identifier: Apache-2.0
#include "ledger/verify.h"

#include "ledger/chain.h"
#include "ledger/entry.h"
#include "ledger/projector.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

#include <deque>
#include <unordered_set>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kLinkBatch = 1'000;

/// The stored links, one after another.
class LinkCursor {
public:
    explicit LinkCursor(const ProjectionStore& store)
        : m_store(store) {}
    /// The next link that hasn't been taken; null at the end.
    Result<const ChainLink*> peek() {
        if (m_links.empty()) {
            auto more = m_store.links(m_from, kLinkBatch);
            if (!more) {
                return std::unexpected(more.error());
            }
            m_links.assign(more->begin(), more->end());
        }
        return m_links.empty() ? nullptr : &m_links.front();
    }
    void take() {
        m_from = m_links.front().number + 1;
        m_links.pop_front();
    }

private:
    const ProjectionStore& m_store;
    std::deque<ChainLink> m_links;
    std::int64_t m_from = 0;
};

class Verification {
public:
    Verification(const ProjectionStore& store, Projector& projector)
        : m_links(store)
        , m_projector(projector) {
        m_seenHashes.insert(genesisHash());
    }

    Status add(std::span<const Record> records);
    /// What the projection still has before the topic's end is missing from the topic.
    Status finish(LedgerBounds bounds);
    void wrong(std::int64_t number, std::string reason) {
        if (!m_report.firstWrong) {
            m_report.firstWrong = number;
            m_report.reason = std::move(reason);
        }
    }
    [[nodiscard]] std::int64_t next() const { return m_projector.head().number + 1; }
    VerifyReport& report() { return m_report; }

private:
    Status compare(const JudgedEntry& judged);
    void askAuthor(const JudgedEntry& judged);
    LinkCursor m_links;
    Projector& m_projector;
    std::unordered_set<std::string> m_seenHashes;
    VerifyReport m_report;
};

Status Verification::add(std::span<const Record> records) {
    if (auto applied = m_projector.apply(records); !applied) {
        return applied;
    }
    for (const JudgedEntry& judged : m_projector.lastBatch()) {
        if (auto compared = compare(judged); !compared) {
            return compared;
        }
        askAuthor(judged);
        m_seenHashes.insert(judged.entry.hash);
        m_report.rejected += judged.entry.accepted ? 0 : 1;
        if (judged.entry.accepted) {
            m_report.firstMs = m_report.firstMs < 0 ? judged.entry.timeMs : m_report.firstMs;
            m_report.lastMs = judged.entry.timeMs;
        }
    }
    m_report.entries = m_projector.head().entries;
    m_report.head = m_projector.headHash();
    return {};
}

Status Verification::compare(const JudgedEntry& judged) {
    const std::int64_t number = judged.entry.number;
    while (true) {
        const auto link = m_links.peek();
        if (!link) {
            return std::unexpected(link.error());
        }
        if (*link == nullptr) {
            return {}; // the projection isn't as far yet
        }
        if ((*link)->number < number) {
            wrong((*link)->number, fmt::format("Entry {} is missing from the topic.", (*link)->number));
            m_links.take();
            continue;
        }
        if ((*link)->number > number) {
            wrong(number,
                  fmt::format("Entry {} was not in the topic when the entries around it were applied.", number));
            return {};
        }
        if ((*link)->hash != judged.entry.hash) {
            wrong(number,
                  fmt::format("Entry {} is not the one that was applied: it was changed, or another was put in its "
                              "place.{}",
                              number, judged.entry.accepted ? "" : " " + judged.entry.rejection));
        } else if ((*link)->accepted != judged.entry.accepted) {
            wrong(number, fmt::format("Entry {} was {} when it was applied, and is {} now.", number,
                                      (*link)->accepted ? "accepted" : "rejected",
                                      judged.entry.accepted ? "accepted" : "rejected"));
        }
        m_links.take();
        return {};
    }
}

void Verification::askAuthor(const JudgedEntry& judged) {
    // A rejected entry may be a forgery, whose word on what came before counts for nothing.
    if (!judged.entry.accepted) {
        return;
    }
    const std::string previous = parseEntry(judged.entry.json).entry.previous;
    if (!m_seenHashes.contains(previous)) {
        wrong(judged.entry.number,
              fmt::format(
                  "An entry before {0} was changed, moved or taken out after '{1}' wrote entry {0}: the hash that "
                  "'{1}' saw then is nowhere in the chain now.",
                  judged.entry.number, judged.entry.author));
    }
}

Status Verification::finish(LedgerBounds bounds) {
    const auto link = m_links.peek();
    if (!link) {
        return std::unexpected(link.error());
    }
    if (*link != nullptr && (*link)->number < bounds.end) {
        wrong((*link)->number, fmt::format("Entry {} is missing from the topic.", (*link)->number));
    }
    return {};
}

/// Takes what the store holds at one moment, brings the scratch projection to that same entry, and compares the two:
/// the store may go on meanwhile, however fast authors write.
Status compareDumps(backbone::Backbone& backbone, const ProjectionStore& store, const ProjectionStore& scratch,
                    Verification& verification, const AwaitProjection& awaitProjection, const CallClock& clock) {
    awaitProjection(verification.next() - 1);
    const auto stored = store.dump();
    if (!stored) {
        return std::unexpected(stored.error());
    }
    if (stored->number >= verification.next()) {
        const auto bounds = presentLedger(backbone, clock.rest());
        if (!bounds) {
            return std::unexpected(bounds.error());
        }
        if (stored->number >= bounds->end) {
            verification.wrong(bounds->end, fmt::format("Entry {} is missing: the topic ends before it.", bounds->end));
            return {};
        }
        if (auto read = readLedger(backbone, {verification.next(), stored->number + 1}, clock.rest(),
                                   [&](std::span<const Record> more) { return verification.add(more); });
            !read) {
            return read;
        }
    }
    const auto anew = scratch.dump();
    verification.report().projectionEqual = anew && anew->number == stored->number && anew->text == stored->text;
    return anew ? Status{} : std::unexpected(anew.error());
}

} // namespace

Result<VerifyReport> verifyLedger(backbone::Backbone& backbone, const ProjectionStore& store,
                                  const AwaitProjection& awaitProjection, const CallOptions& options,
                                  const std::function<void(double)>& progress) {
    const auto began = std::chrono::steady_clock::now();
    const CallClock clock(options);
    const auto bounds = presentLedger(backbone, options);
    auto scratch = bounds ? ProjectionStore::inMemory() : std::unexpected(bounds.error());
    auto projector = scratch ? Projector::open(**scratch) : std::unexpected(scratch.error());
    if (!projector) {
        return std::unexpected(projector.error());
    }
    Verification verification(store, **projector);
    if (bounds->start > 0) {
        verification.wrong(0, fmt::format("Entry 0 is missing: the topic begins at entry {}.", bounds->start));
    }
    Status done = readLedger(backbone, *bounds, clock.rest(), [&](std::span<const Record> records) {
        if (progress) {
            progress(static_cast<double>(records.back().offset.value() + 1) / static_cast<double>(bounds->end));
        }
        return verification.add(records);
    });
    done = done ? verification.finish(*bounds) : done;
    done = done ? compareDumps(backbone, store, **scratch, verification, awaitProjection, clock) : done;
    if (!done) {
        return std::unexpected(done.error());
    }
    VerifyReport report = verification.report();
    report.intact = !report.firstWrong;
    if (report.intact && !report.projectionEqual) {
        report.reason = "The ledger is intact, but this catalog's database differs from it; rebuild the catalog.";
    }
    report.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    return report;
}

} // namespace meshbone::catalog
