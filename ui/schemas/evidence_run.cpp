// SPDX-License-Identifier: Apache-2.0
#include "schemas/evidence_run.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kNewest = 1'000, kMoreNewest = 10'000;
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

/// Hands on what a window holds.
class WindowRun {
public:
    WindowRun(backbone::MessageBrowser& browser, const EvidenceWindow& window, const CallOptions& call,
              const std::function<void(const Record&)>& take, const std::function<void(std::int64_t)>& read)
        : m_browser(browser)
        , m_window(window)
        , m_call(call)
        , m_take(take)
        , m_read(read) {}

    Status newest() {
        backbone::MessageQuery query;
        query.topic = m_window.topic;
        query.limit = m_window.newest;
        const auto page = m_browser.read(query, m_call);
        m_isCut = page && (page->more || page->records.size() >= m_window.newest);
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
                return fail(ErrorCode::Cancelled, "Reading the events was stopped.");
            }
            const bool isInside = (m_window.fromMs < 0 || record.timestampMs >= m_window.fromMs) &&
                                  (m_window.toMs < 0 || record.timestampMs < m_window.toMs);
            if (m_window.newest > 0 || isInside) {
                m_take(record);
                ++m_count;
            }
        }
        m_read(m_count);
        return {};
    }

    backbone::MessageBrowser& m_browser;
    const EvidenceWindow& m_window;
    const CallOptions& m_call;
    const std::function<void(const Record&)>& m_take;
    const std::function<void(std::int64_t)>& m_read;
    std::int64_t m_count = 0;
    bool m_isCut = false;
};

} // namespace

QStringList evidencePeriods() {
    const auto tr = [](const char* words) { return QCoreApplication::translate("Schemas", words); };
    return {tr("Newest %1 events").arg(formatCount(kNewest)), tr("Newest %1 events").arg(formatCount(kMoreNewest)),
            tr("Last 24 hours"), tr("Last 7 days"), tr("From the beginning")};
}

void setPeriod(EvidenceWindow& window, int period, TimestampMs nowMs) {
    constexpr TimestampMs kDayMs = 86'400'000;
    enum Period : int { Newest, MoreNewest, Day, Week };
    window.newest = period == Newest ? kNewest : period == MoreNewest ? kMoreNewest : 0;
    window.fromMs = period == Day ? nowMs - kDayMs : period == Week ? nowMs - 7 * kDayMs : -1;
}

Result<bool> readEvents(backbone::Backbone& backbone, const EvidenceWindow& window, const CallOptions& call,
                        const std::function<void(const Record&)>& take, const std::function<void(std::int64_t)>& read) {
    WindowRun run(backbone.messages(), window, call, take, read);
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
    return run.isCut();
}

Result<catalog::ScanAccount> scanTopics(backbone::Backbone& backbone, const std::vector<std::string>& topics,
                                        EvidenceWindow window, const JobContext& job,
                                        const std::function<void(const Record&)>& take,
                                        std::atomic<std::int64_t>& count) {
    constexpr auto kTopicPageLimit = std::chrono::seconds(30);
    catalog::ScanAccount account;
    for (std::size_t i = 0; i < topics.size(); ++i) {
        window.topic = topics[i];
        account.begin(window.topic);
        const auto isMore = readEvents(
            backbone, window, job.call(kTopicPageLimit),
            [&](const Record& record) {
                account.add(record);
                take(record);
            },
            [&](std::int64_t) { count = account.records(); });
        if (job.stopRequested()) {
            return fail(ErrorCode::Cancelled, "Looking at the events was stopped.");
        }
        const bool isPart = isMore.value_or(true) || window.fromMs >= 0 || window.toMs >= 0;
        account.end(isPart, isMore ? std::string() : isMore.error().message);
        job.progress(static_cast<double>(i + 1) / static_cast<double>(topics.size()));
    }
    return account;
}

Result<EvidenceFound> runEvidence(backbone::Backbone& backbone, catalog::SchemaEvidence& evidence,
                                  const EvidenceWindow& window, const CallOptions& call,
                                  const std::function<void(std::int64_t)>& read) {
    const auto isCut = readEvents(
        backbone, window, call, [&](const Record& record) { evidence.add(record); }, read);
    return isCut ? Result<EvidenceFound>(EvidenceFound{evidence.report(), *isCut}) : std::unexpected(isCut.error());
}

} // namespace meshbone::ui
