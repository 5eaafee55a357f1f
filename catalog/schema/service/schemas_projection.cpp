// SPDX-License-Identifier: Apache-2.0
#include "schema/service/schemas_projection.h"

#include "schema/service/memory.h"
#include "schema/service/projection_file.h"
#include "store/schemas/content_sum.h"

#include <fmt/format.h>
#include <pthread.h>

namespace meshbone::catalog {

namespace {

// What comes in one burst goes into one transaction; and who reads a whole topic is first to have the processor.
constexpr std::chrono::milliseconds kSettle{1'000};
constexpr std::size_t kManyWaiting = SchemasProjection::kMaxWaiting / 2; // then it begins all the same
constexpr std::chrono::milliseconds kRoomPatience{2'000};
constexpr std::size_t kManyRecords = 5'000; // what they took is worth giving back

} // namespace

std::int64_t recordSum(std::string_view key, const std::optional<Bytes>& value) {
    return sumOf(key, value);
}

SchemasProjection::SchemasProjection(std::filesystem::path file, Tell tell,
                                     std::function<void(std::string_view)> onStep)
    : m_file(std::move(file))
    , m_tell(tell ? std::move(tell) : [](const std::string&) {})
    , m_onStep(std::move(onStep)) {}

std::optional<SchemasProjection::Kept> SchemasProjection::load() {
    auto opened = openProjection(m_file, m_tell, m_onStep);
    if (!opened) {
        return std::nullopt;
    }
    m_store = std::move(opened->store);
    m_position = opened->position;
    m_isKept = true;
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-project");
        run(stop);
    });
    return m_position.last == kNoOffset ? std::nullopt : std::optional(Kept{m_position, std::move(opened->state)});
}

void SchemasProjection::push(Item item) {
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isKept) {
            return;
        }
        if (m_waiting.size() >= kMaxWaiting) { // what was taken so far is a prefix, which the next start goes on from
            m_isKept = false;
            m_isOver = true;
        } else {
            m_waiting.push_back(std::move(item));
        }
    }
    m_moved.notify_all();
}

void SchemasProjection::applied(AppliedRecord record) {
    push(std::move(record));
}

void SchemasProjection::forgotten() {
    push(Forgotten{});
}

void SchemasProjection::setSource(SchemasSource source) {
    push(std::move(source));
}

void SchemasProjection::waitRoom(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    m_moved.wait_for(lock, stop, kRoomPatience,
                     [this] { return !m_isKept || m_waiting.size() + 2 * kMaxBatch < kMaxWaiting; });
}

std::vector<SchemasProjection::Item> SchemasProjection::take(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    m_moved.wait(lock, stop, [this] { return !m_waiting.empty() || m_isOver; });
    m_moved.wait_for(lock, stop, kSettle, [this] { return m_waiting.size() >= kManyWaiting || m_isOver; });
    const auto count = std::min(m_waiting.size(), kMaxBatch);
    std::vector<Item> taken(std::move_iterator(m_waiting.begin()),
                            std::move_iterator(m_waiting.begin() + static_cast<std::ptrdiff_t>(count)));
    m_waiting.erase(m_waiting.begin(), m_waiting.begin() + static_cast<std::ptrdiff_t>(count));
    return taken;
}

void SchemasProjection::run(const std::stop_token& stop) {
    std::size_t many = 0;
    while (true) {
        auto items = take(stop);
        if (items.empty()) { // stopped, or given up and written out
            break;
        }
        many += items.size();
        if (auto written = write(std::move(items)); !written) {
            giveUp(written.error().message);
            break;
        }
        bool isIdle = false;
        {
            const std::scoped_lock lock(m_mutex);
            isIdle = m_waiting.empty();
        }
        m_moved.notify_all();
        if (isIdle) {
            if (many > kManyRecords) {
                giveBackMemory();
            }
            many = 0;
        }
    }
    std::unique_lock lock(m_mutex);
    const bool isOver = m_isOver;
    lock.unlock();
    if (isOver) {
        m_tell("More changes of schemas came than could be written to their projection; what is missing there is read "
               "from the topic at the next start.");
    }
}

Status SchemasProjection::write(std::vector<Item> items) {
    std::vector<RegistryChanges> changes;
    for (auto& item : items) {
        if (auto* record = std::get_if<AppliedRecord>(&item)) {
            m_position.last = record->offset;
            m_position.lastSum = record->sum;
            ++m_position.counts.records;
            if (record->counts) {
                m_position.counts = *record->counts;
            }
            changes.push_back(std::move(record->changes));
            continue;
        }
        // What came before is of another topic, or of none that is known.
        if (auto written = writeRecords(changes); !written) {
            return written;
        }
        if (auto* source = std::get_if<SchemasSource>(&item)) {
            m_position.source = std::move(*source);
        } else if (auto cleared = m_store->clear({}); cleared) {
            m_position = {};
        } else {
            return cleared;
        }
    }
    return writeRecords(changes);
}

Status SchemasProjection::writeRecords(std::vector<RegistryChanges>& changes) {
    if (changes.empty()) {
        return {};
    }
    auto written = m_store->apply(changes, m_position);
    changes.clear();
    return written;
}

/// The file has a prefix of what was applied, whole; it may still be of use at the next start.
void SchemasProjection::giveUp(const std::string& why) {
    {
        const std::scoped_lock lock(m_mutex);
        m_isKept = false;
        m_waiting.clear();
    }
    m_moved.notify_all();
    m_tell(fmt::format("{} The schemas' projection isn't written any more until the next start.", why));
}

void SchemasProjection::stop() {
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
    if (m_store) {
        if (auto closed = m_store->close(); !closed) {
            m_tell(closed.error().message);
        }
        m_store.reset();
    }
}

} // namespace meshbone::catalog
