// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <backbone/http_client.h>
#include <catalog/catalog.h>

#include <functional>
#include <memory>
#include <string>

namespace meshbone::app::demo {

struct DemoOptions {
    /// The profile of one of the demo's clients: its own principal where the backbone has users.
    std::function<backbone::Profile(const std::string& client)> profileFor;
    /// The schema registry that the clients' serializers use, each with its own user where none is given; without a URL
    /// there is none, and events are plain JSON.
    backbone::HttpClientOptions registry = {};
    /// Who sits here, by the catalog's id: the first member of the demo's teams.
    std::string person;
    /// Run when topics and catalog are there, before the clients start: what lets them in. May be empty.
    std::function<Status(const CallOptions& call)> beforeClients = {};
    /// Told of what goes wrong in a client; from that client's thread.
    std::function<void(const std::string& client, const Error& error)> report;
};

/// The demo mesh on a backbone: makes the topics and tells the catalog about them where that has not been done yet,
/// then runs the clients until it is destroyed. Owned by app; any one thread.
class DemoMesh {
public:
    virtual ~DemoMesh() = default;
    /// Blocks until topics and catalog are ready. `catalog` may be null.
    static Result<std::unique_ptr<DemoMesh>> start(backbone::Backbone& backbone, catalog::Catalog* catalog,
                                                   DemoOptions options, const CallOptions& call);
};

} // namespace meshbone::app::demo
