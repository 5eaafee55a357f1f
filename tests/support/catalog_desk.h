// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <QTemporaryDir>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace meshbone::test {

/// A person at a desk: a catalog with a database and a key in a folder of its own, over a backbone that the test owns.
class CatalogDesk {
public:
    CatalogDesk(std::string person, backbone::Backbone& backbone)
        : m_backbone(backbone) {
        const std::filesystem::path folder = m_folder.path().toStdString();
        m_options = {folder / "catalog.db", folder / "author.key", person, "The person " + person};
    }
    Status open() {
        auto opened = catalog::Catalog::open(m_options, m_backbone);
        if (!opened) {
            return std::unexpected(opened.error());
        }
        m_catalog = std::move(*opened);
        return {};
    }
    void close() { m_catalog.reset(); }

    catalog::Catalog& operator*() const { return *m_catalog; }
    catalog::Catalog* operator->() const { return m_catalog.get(); }
    catalog::CatalogOptions& options() { return m_options; }

    /// Submits and returns what became of it.
    Result<catalog::LedgerEntry> submit(catalog::Command command, std::optional<std::int64_t> expected = {},
                                        std::string why = {}) const {
        return m_catalog->submit({std::move(command), std::move(why), expected}, kPatience);
    }
    /// The public key of who sits here, as the refusal names it while no admin has enrolled it.
    [[nodiscard]] std::string keyToEnrol() const {
        constexpr std::size_t kLength = 44; // before the full stop
        catalog::AccessScope scope;
        scope.principal = "User:nobody";
        scope.reads = {{"nothing"}};
        const auto refusal = submit(catalog::SubmitRequest{"enrol", scope, "", "", "To be told"}).error().message;
        return refusal.substr(refusal.size() - kLength - 1, kLength);
    }
    /// Waits until the condition holds; looks again whenever the catalog says that something changed.
    template <class Holds>
    bool await(Holds holds) const {
        std::mutex mutex;
        std::condition_variable changed;
        std::uint64_t changes = 0;
        const Subscription subscription = m_catalog->onChanged([&] {
            const std::scoped_lock lock(mutex);
            ++changes;
            changed.notify_all();
        });
        const auto end = std::chrono::steady_clock::now() + kPatience.timeout;
        std::unique_lock lock(mutex);
        while (true) {
            const auto seen = changes;
            lock.unlock();
            if (holds()) {
                return true;
            }
            lock.lock();
            if (!changed.wait_until(lock, end, [&] { return changes != seen; })) {
                return false;
            }
        }
    }
    bool awaitMode(catalog::CatalogMode mode) const {
        return await([&] { return m_catalog->status().mode == mode; });
    }
    bool awaitEntries(std::int64_t entries) const {
        return await([&] { return m_catalog->status().appliedEntries >= entries; });
    }

    inline static const CallOptions kPatience{std::chrono::seconds(30), {}};

private:
    backbone::Backbone& m_backbone;
    QTemporaryDir m_folder;
    catalog::CatalogOptions m_options;
    std::unique_ptr<catalog::Catalog> m_catalog;
};

} // namespace meshbone::test
