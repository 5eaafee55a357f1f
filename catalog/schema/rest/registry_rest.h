// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/service/registry_service.h"

#include <backbone/http.h>

#include <memory>

namespace meshbone::catalog {

/// The REST surface of Confluent's Schema Registry over a registry. Thread-safe. What is only read is answered at once,
/// on the caller's thread; what a schema comes with (a check, a lookup, a registration) from "mb-check"; a change from
/// "mb-register", and so is what comes before the topic was read. Where there is an audience, an incompatible schema is
/// answered from "mb-refuse".
class RegistryRest {
public:
    /// The service is borrowed and outlives it, or its last answer.
    RegistryRest(RegistryService& service, SchemaServiceOptions options);
    ~RegistryRest();
    void serve(backbone::HttpRequest request, backbone::HttpReply reply) const;
    /// Ends its threads: "mb-check", whose waiting requests are answered with 50001, and "mb-refuse", which finds words
    /// for refusals; they are answered without from now on.
    void stop();

private:
    void serveLater(backbone::HttpRequest request, backbone::HttpReply reply) const;

    struct Routes;
    std::unique_ptr<Routes> m_routes;
};

} // namespace meshbone::catalog
