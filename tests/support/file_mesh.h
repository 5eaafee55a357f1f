// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_catalog.h"
#include "support/fake_mesh.h"

#include <catalog/access_file_plan.h>

#include <QtGlobal>

namespace meshbone::test {

/// A mesh for files of access as code: Ada owns the product "flights" (flights.v1) and "quakes" (quakes.v1), Bob owns
/// nothing. Nobody is an admin in particular. `Fake`: the catalog, or one that stumbles.
template <class Fake = FakeCatalog>
class FileMesh {
public:
    FileMesh() {
        using namespace catalog;
        must(PutPerson{"ada", "Ada", ""});
        must(PutPerson{"bob", "Bob", ""});
        must(PutPerson{"eve", "Eve", ""});
        must(PutTeam{"ops", "Operations", "", {"ada"}});
        must(PutTeam{"admins", "Admins", "", {"eve"}});
        must(PutDomain{"aviation", "Aviation", "", "ops"});
        must(PutProduct{"flights", "Flights", "", "aviation", "ops"});
        must(PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
        must(PutProduct{"quakes", "Quakes", "", "aviation", "ops"});
        must(PutPort{"quakes", {"quakes.v1", PortDirection::Output, ""}});
        must(PutAccessRoles{"admins", ""});
    }

    void must(const catalog::Command& command, const std::string& why = "because") {
        if (const auto entry = catalog.submit({command, why, {}}, {}); !entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    void as(const std::string& person) { catalog.setAuthor(person); }
    /// A consumer of flights.v1, asked for by Bob and agreed to by Ada.
    void grant(const std::string& id, TimestampMs untilMs = catalog::kNoEnd) {
        as("bob");
        must(catalog::SubmitRequest{id, reading("flights.v1"), "flights", "", "To see", untilMs});
        as("ada");
        must(catalog::ApproveRequest{id, reading("flights.v1"), untilMs});
    }
    static catalog::AccessScope reading(const std::string& topic) {
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{topic}};
        scope.group = {"dashboard"};
        return scope;
    }

    [[nodiscard]] catalog::AccessFile file(const std::vector<std::string>& covers = {}) const {
        return catalog::accessFileOf(catalog, covers, now()).value();
    }
    [[nodiscard]] std::string text() const { return catalog::writeAccessFile(file()); }
    [[nodiscard]] catalog::FilePlan plan(const catalog::AccessFile& file) const {
        auto plan = catalog::planFile(file, catalog, "As code", now());
        if (!plan) {
            qFatal("%s", plan.error().message.c_str());
        }
        return std::move(*plan);
    }
    catalog::FileApplied apply(const catalog::AccessFile& file, std::optional<std::size_t> deletions = {}) {
        auto applied = catalog::applyFilePlan(plan(file), catalog, deletions, now(), {});
        if (!applied) {
            qFatal("%s", applied.error().message.c_str());
        }
        return std::move(*applied);
    }
    [[nodiscard]] static TimestampMs now() { return kExampleNowMs; }

    Fake catalog{false};
};

} // namespace meshbone::test
