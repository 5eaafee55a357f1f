// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_registry.h>

#include <backbone/http_client.h>

#include <memory>

namespace meshbone::catalog {

/// The schema registry at a URL, by its REST surface. InvalidArgument where the URL can't be one; connects to nothing
/// yet.
Result<std::unique_ptr<SchemaRegistry>> openRegistry(backbone::HttpClientOptions options);

} // namespace meshbone::catalog
