// SPDX-License-Identifier: Apache-2.0
#include "ledger/follower.h"

#include <backbone/backbone.h>

#include <fmt/format.h>
#include <pthread.h>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kFollowBatch = 500;
constexpr std::chrono::milliseconds kFollowSlice{100}; // how soon stopping and a replaced projection are noticed
constexpr std::chrono::milliseconds kRetry{1'000};     // between two attempts, unless the backbone's state changes
constexpr std::chrono::milliseconds kPatience{5'000};  // for one call to the backbone

bool isAway(const backbone::BackboneState& state) {
    return state.reachability == backbone::Reachability::Unreachable;
}

std::unexpected<Error> otherLedger(const std::string& what) {
    return fail(
        ErrorCode::Conflict,
        fmt::format("The topic {} isn't the one that this catalog was built from: {} Nothing of it was applied. Find "
                    "out what happened to the topic, then rebuild the catalog.",
                    kLedgerTopic, what));
}

/// Whether a projection that ends at `last` can go on with a topic of these bounds.
Status checkBounds(std::int64_t last, LedgerBounds bounds) {
    if (last >= bounds.end) {
        return otherLedger(fmt::format("it ends at {}, and entry {} was applied.", bounds.end, last));
    }
    if (last < 0 && bounds.start > 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The first {} entries of the topic {} have been deleted, so no catalog can "
                                "be built from it; restore the topic from a copy.",
                                bounds.start, kLedgerTopic));
    }
    if (last >= 0 && bounds.start > last) {
        return otherLedger(fmt::format("it begins at {}, and only entries up to {} were applied.", bounds.start, last));
    }
    return {};
}

} // namespace

Follower::Follower(backbone::Backbone& backbone, ProjectionStore& store, std::unique_ptr<Projector> projector,
                   PublishedState& published, Options options)
    : m_backbone(backbone)
    , m_store(store)
    , m_published(published)
    , m_options(std::move(options))
    , m_projector(std::move(projector)) {
    publish();
}

Follower::~Follower() {
    m_stateChanges.reset();
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Follower::start() {
    m_stateChanges = m_backbone.onStateChanged([this](const backbone::BackboneState&) { wake(); });
    m_thread = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "mb-catalog");
        run(stop);
    });
}

void Follower::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const Error why = withRight(follow(stop), m_backbone, "READ", kLedgerTopic);
        if (why.code == ErrorCode::Cancelled) { // stopped, or a new projection to begin with
            m_published.notify();
            continue;
        }
        const auto state = m_backbone.state();
        if (isAway(state)) {
            setMode(CatalogMode::ReadOnly,
                    "The backbone can't be reached; the catalog shows what it knew last. " + state.reason);
        } else if (state.reachability == backbone::Reachability::Healthy) {
            setMode(CatalogMode::ReadOnly, why.message, why.code == ErrorCode::PermissionDenied);
        } // while the first attempt to connect lasts, it is still catching up
        waitForChange(stop);
    }
}

Error Follower::follow(const std::stop_token& stop) {
    const std::uint64_t generation = this->generation();
    LedgerBounds bounds;
    auto reader = connect(stop, bounds);
    if (!reader) {
        return reader.error();
    }
    bool live = false;
    while (!stop.stop_requested()) {
        if (!live && reader->position() >= bounds.end) {
            live = true;
            m_options.beforeLive();
            setMode(CatalogMode::Live);
        }
        if (auto applied = applyNext(*reader, generation); !applied) {
            return applied.error();
        }
        if (isAway(m_backbone.state())) {
            return {ErrorCode::Unavailable, "The backbone can't be reached."};
        }
    }
    return {ErrorCode::Cancelled, "Stopped."};
}

Result<LedgerReader> Follower::connect(const std::stop_token& stop, LedgerBounds& bounds) {
    if (auto healthy = m_backbone.waitHealthy({kRetry, stop}); !healthy) {
        return std::unexpected(healthy.error());
    }
    auto found = findLedger(stop);
    if (!found) {
        return std::unexpected(found.error());
    }
    bounds = *found;
    const std::int64_t last = head().number;
    if (auto fits = checkBounds(last, bounds); !fits) {
        return std::unexpected(fits.error());
    }
    if (m_published.status().mode == CatalogMode::ReadOnly) {
        setMode(CatalogMode::CatchingUp);
    }
    auto reader = LedgerReader::open(m_backbone, std::max<std::int64_t>(last, 0));
    if (reader && last >= 0) {
        if (auto same = checkAnchor(*reader, stop); !same) {
            return std::unexpected(same.error());
        }
    }
    return reader;
}

Result<LedgerBounds> Follower::findLedger(const std::stop_token& stop) {
    auto bounds = ledgerBounds(m_backbone, {kPatience, stop});
    if (!bounds) {
        return std::unexpected(bounds.error());
    }
    if (*bounds) {
        return **bounds;
    }
    if (const auto last = head().number; last >= 0) {
        return otherLedger(fmt::format("it isn't there any more, and entry {} was applied.", last));
    }
    if (!m_options.mayCreate) {
        return fail(ErrorCode::NotFound,
                    fmt::format("There is no ledger yet: the topic {} isn't there.", kLedgerTopic));
    }
    if (auto created = createLedger(m_backbone, {kPatience, stop}); !created) {
        return std::unexpected(created.error());
    }
    return LedgerBounds{0, 0};
}

Status Follower::checkAnchor(LedgerReader& reader, const std::stop_token& stop) {
    const StoreHead last = head();
    const CallClock clock({kPatience, stop});
    while (true) {
        if (auto going = clock.check("Reading the last applied entry"); !going) {
            return going;
        }
        const auto records = reader.next(1, kFollowSlice);
        if (!records) {
            return std::unexpected(records.error());
        }
        if (records->empty() && reader.position() <= last.number) {
            continue;
        }
        const bool same = !records->empty() && records->front().offset.value() == last.number &&
                          records->front().value.value_or(Bytes()) == last.raw;
        return same ? Status{} : otherLedger(fmt::format("its entry {} is not the one that was applied.", last.number));
    }
}

Status Follower::applyNext(LedgerReader& reader, std::uint64_t generation) {
    const auto records = reader.next(kFollowBatch, kFollowSlice);
    if (!records) {
        return std::unexpected(records.error());
    }
    {
        const std::scoped_lock lock(m_mutex);
        if (m_generation != generation) {
            return fail(ErrorCode::Cancelled, "The projection was replaced.");
        }
        if (records->empty()) {
            return {};
        }
        if (auto applied = m_projector->apply(*records); !applied) {
            return applied;
        }
        publish();
    }
    m_published.notify();
    return {};
}

Status Follower::replaceProjection(ProjectionStore& fresh) {
    {
        const std::scoped_lock lock(m_mutex);
        if (auto replaced = m_store.replaceBy(fresh); !replaced) {
            return replaced;
        }
        auto projector = Projector::open(m_store);
        if (!projector) {
            return std::unexpected(projector.error());
        }
        m_projector = std::move(*projector);
        ++m_generation;
        publish();
    }
    wake();
    return {};
}

void Follower::publish() {
    const StoreHead& head = m_projector->head();
    m_published.publish(
        std::make_shared<Snapshot>(m_projector->shareMesh(), head.number, m_projector->headHash(), head.entries));
}

void Follower::setMode(CatalogMode mode, const std::string& reason, bool isRefused) {
    if (m_published.setMode(mode, reason, isRefused)) {
        m_published.notify();
    }
}

void Follower::waitForChange(const std::stop_token& stop) {
    std::unique_lock lock(m_wakeMutex);
    m_wake.wait_for(lock, stop, kRetry, [this] { return m_woken; });
    m_woken = false;
}

void Follower::wake() {
    {
        const std::scoped_lock lock(m_wakeMutex);
        m_woken = true;
    }
    m_wake.notify_all();
}

StoreHead Follower::head() const {
    const std::scoped_lock lock(m_mutex);
    return m_projector->head();
}

std::uint64_t Follower::generation() const {
    const std::scoped_lock lock(m_mutex);
    return m_generation;
}

} // namespace meshbone::catalog
