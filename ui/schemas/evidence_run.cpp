// SPDX-License-Identifier: Apache-2.0
#include "schemas/evidence_run.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kFirstPage = 500;
constexpr std::size_t kPageMax = 5'000;
constexpr std::size_t kPageBytes = 8u << 20; ///< about what a page should hold

/// How many events the next page takes, by how large those of this one were.
std::size_t nextPage(const std::vector<Record>& records) {
    std::size_t bytes = 1;
    for (const auto& record : records) {
        bytes += record.value.value_or(Bytes()).size() + record.key.value_or(Bytes()).size();
    }
    const auto fits = kPageBytes / std::max<std::size_t>(1, bytes / std::max<std::size_t>(1, records.size()));
    return std::clamp<std::size_t>(fits, 50, kPageMax);
}

/// Tries the candidate on what a window holds.
class WindowRun {
public:
    WindowRun(backbone::MessageBrowser& browser, catalog::SchemaEvidence& evidence, const EvidenceWindow& window,
              const CallOptions& call, const std::function<void(std::int64_t)>& read)
        : m_browser(browser)
        , m_evidence(evidence)
        , m_window(window)
        , m_call(call)
        , m_read(read) {}

    Status newest() {
        backbone::MessageQuery query;
        query.topic = m_window.topic;
        query.limit = m_window.newest;
        const auto page = m_browser.read(query, m_call);
        return page ? take(page->records) : std::unexpected(page.error());
    }

    /// A partition's events of the period, at most `most`.
    Status partition(Partition partition, std::int64_t most) {
        using From = backbone::MessageQuery::From;
        backbone::MessageQuery query;
        query.topic = m_window.topic;
        query.partitions = {partition};
        query.from = m_window.fromMs < 0 ? From::Beginning : From::Time;
        query.timeMs = m_window.fromMs;
        for (query.limit = kFirstPage; most > 0;) {
            query.limit = std::min(query.limit, static_cast<std::size_t>(most));
            const auto page = m_browser.read(query, m_call);
            const auto taken = page ? take(page->records) : std::unexpected(page.error());
            if (!taken) {
                return taken;
            }
            most -= static_cast<std::int64_t>(page->records.size());
            const auto next = page->next.find(partition);
            const bool isOver = m_window.toMs >= 0 && std::ranges::all_of(page->records, [this](const Record& record) {
                                    return record.timestampMs >= m_window.toMs;
                                });
            if (!page->more || isOver || next == page->next.end()) {
                return {};
            }
            query.from = From::Offset;
            query.offset = next->second;
            query.limit = nextPage(page->records);
        }
        m_isCut = true;
        return {};
    }

    [[nodiscard]] bool isCut() const { return m_isCut; }

private:
    Status take(const std::vector<Record>& records) {
        for (const auto& record : records) {
            if (m_call.stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "The run over real events was stopped.");
            }
            const bool isInside = (m_window.fromMs < 0 || record.timestampMs >= m_window.fromMs) &&
                                  (m_window.toMs < 0 || record.timestampMs < m_window.toMs);
            if (m_window.newest > 0 || isInside) {
                m_evidence.add(record);
            }
        }
        m_read(m_evidence.report().records);
        return {};
    }

    backbone::MessageBrowser& m_browser;
    catalog::SchemaEvidence& m_evidence;
    const EvidenceWindow& m_window;
    const CallOptions& m_call;
    const std::function<void(std::int64_t)>& m_read;
    bool m_isCut = false;
};

} // namespace

Result<EvidenceFound> runEvidence(backbone::Backbone& backbone, catalog::SchemaEvidence& evidence,
                                  const EvidenceWindow& window, const CallOptions& call,
                                  const std::function<void(std::int64_t)>& read) {
    WindowRun run(backbone.messages(), evidence, window, call, read);
    Status done;
    if (window.newest > 0) {
        done = run.newest();
    } else {
        const auto partitions = backbone.admin().partitions(window.topic, call);
        if (!partitions) {
            return std::unexpected(partitions.error());
        }
        const auto share = window.eventsMax / std::max<std::int64_t>(1, std::ssize(*partitions));
        for (const auto& partition : *partitions) {
            done = run.partition(partition.partition, std::max<std::int64_t>(1, share));
            if (!done) {
                break;
            }
        }
    }
    if (!done) {
        return std::unexpected(done.error());
    }
    return EvidenceFound{evidence.report(), run.isCut()};
}

} // namespace meshbone::ui
