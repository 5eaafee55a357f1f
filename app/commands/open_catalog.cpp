// SPDX-License-Identifier: Apache-2.0
#include "commands/open_catalog.h"

#include "commands/scratch_folder.h"
#include "private_files.h"
#include "session.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace meshbone::app {

namespace {

/// Waits until the catalog has applied what the ledger holds now.
Status waitLive(catalog::Catalog& catalog, const CallOptions& call) {
    std::mutex mutex;
    std::condition_variable wake;
    bool changed = true;
    const auto subscription = catalog.onChanged([&] {
        const std::lock_guard lock(mutex);
        changed = true;
        wake.notify_all();
    });
    const auto deadline = std::chrono::steady_clock::now() + call.timeout;
    std::unique_lock lock(mutex);
    while (true) {
        changed = false;
        lock.unlock();
        const auto status = catalog.status();
        lock.lock();
        if (status.mode == catalog::CatalogMode::Live) {
            return {};
        }
        if (status.mode == catalog::CatalogMode::ReadOnly && status.isRefused) {
            return fail(ErrorCode::PermissionDenied, status.reason);
        }
        if (!wake.wait_until(lock, deadline, [&] { return changed; })) {
            return fail(ErrorCode::Timeout,
                        status.reason.empty() ? "The ledger could not be read in time." : status.reason);
        }
    }
}

struct OpenCatalog {
    std::unique_ptr<ScratchFolder> passing; ///< of the catalog's database, where it isn't the kept one
    std::unique_ptr<backbone::Backbone> backbone;
    std::unique_ptr<catalog::Catalog> catalog;
    std::string person; ///< who the author is
};

Result<OpenCatalog> open(const CommonOptions& options, Projection projection) {
    const auto profile = options.profile();
    if (!profile) {
        return std::unexpected(profile.error());
    }
    const auto& home = options.dataDirectory;
    const auto folder = options.folderOf(*profile);
    std::error_code ignored;
    keepFilesPrivate();
    std::filesystem::create_directories(folder, ignored);
    auto backbone = backbone::Backbone::open(*profile, folder);
    if (!backbone) {
        return std::unexpected(backbone.error());
    }
    if (const auto healthy = (*backbone)->waitHealthy(options.call()); !healthy) {
        return std::unexpected(healthy.error());
    }
    auto author = catalogOptions(home, folder);
    std::unique_ptr<ScratchFolder> passing;
    auto catalog = catalog::Catalog::open(author, **backbone);
    if (!catalog && catalog.error().code == ErrorCode::Locked && projection == Projection::AnyOne) {
        passing = std::make_unique<ScratchFolder>(); // the desktop is open: its ledger can be read all the same
        author.database = passing->path() / "catalog.db";
        catalog = catalog::Catalog::open(author, **backbone);
    }
    if (!catalog) {
        return std::unexpected(catalog.error());
    }
    if (const auto live = waitLive(**catalog, options.call()); !live) {
        return std::unexpected(live.error());
    }
    return OpenCatalog{std::move(passing), std::move(*backbone), std::move(*catalog), author.personId};
}

} // namespace

Status tryMesh(const CommonOptions& options, Projection projection, const MeshWork& work) {
    auto opened = open(options, projection);
    return opened ? work({*opened->backbone, *opened->catalog, opened->person})
                  : Status(std::unexpected(opened.error()));
}

int withMesh(const CommonOptions& options, Projection projection, const MeshWork& work) {
    const auto done = tryMesh(options, projection, work);
    return done ? 0 : reportError(done.error(), options.json);
}

int withCatalog(const CommonOptions& options, Projection projection, const CatalogWork& work) {
    return withMesh(options, projection, [&](const OpenMesh& mesh) { return work(mesh.catalog, mesh.person); });
}

} // namespace meshbone::app
