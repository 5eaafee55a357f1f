// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/service/registry_keeper.h"
#include "store/schemas/schemas_store.h"

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace meshbone::catalog {

/// By which the last record of a projection is known again in the topic.
std::int64_t recordSum(std::string_view key, const std::optional<Bytes>& value);

/// Keeps what a registry's topic adds up to in a file, behind its back: the thread "mb-project" writes what was
/// applied, many records in one transaction. It may lag, and what it lacks after a crash comes from the topic; what is
/// wrong with the file is told, and never stands in anybody's way: the file is put aside, or nothing is kept until the
/// next start. Owned by the registry's service. Thread-safe, but for load().
class SchemasProjection final : public RegistryKeeper {
public:
    using Tell = std::function<void(const std::string& sentence)>;
    static constexpr std::size_t kMaxWaiting = 20'000; ///< records; beyond, nothing more is kept until the next start
    static constexpr std::size_t kMaxBatch = 2'000;    ///< records of a transaction

    /// `onStep` is for crash tests: see StepHook.
    SchemasProjection(std::filesystem::path file, Tell tell, std::function<void(std::string_view)> onStep = {});
    ~SchemasProjection() override { stop(); }
    SchemasProjection(const SchemasProjection&) = delete;
    SchemasProjection& operator=(const SchemasProjection&) = delete;

    struct Kept {
        SchemasPosition position;
        RegistryState state;
    };
    /// Opens the file, reads what it has, and starts the thread. Nothing: it has nothing that can be used. Once, before
    /// anything is applied.
    std::optional<Kept> load();
    void tell(const std::string& sentence) const { m_tell(sentence); }
    /// What comes from now on is of this topic.
    void setSource(SchemasSource source);
    /// Waits, for a moment at most, until there is room for many records: for who reads a whole topic.
    void waitRoom(const std::stop_token& stop);

    void applied(AppliedRecord record) override;
    void forgotten() override;

    /// Writes what waits, closes the file, and ends the thread.
    void stop();

private:
    struct Forgotten {};
    using Item = std::variant<AppliedRecord, Forgotten, SchemasSource>;
    void push(Item item);
    void run(const std::stop_token& stop);
    std::vector<Item> take(const std::stop_token& stop);
    Status write(std::vector<Item> items);
    Status writeRecords(std::vector<RegistryChanges>& changes);
    void giveUp(const std::string& why);

    const std::filesystem::path m_file;
    const Tell m_tell;
    const std::function<void(std::string_view)> m_onStep;
    std::unique_ptr<SchemasStore> m_store; ///< of load(), then of the thread
    SchemasPosition m_position;            ///< the same: what the file has after what was taken

    std::mutex m_mutex; ///< guards the three below
    std::deque<Item> m_waiting;
    bool m_isKept = false; ///< false: what is told is dropped
    bool m_isOver = false; ///< so much waited that it was given up
    std::condition_variable_any m_moved;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace meshbone::catalog
