// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/handle.h"

namespace meshbone::backbone {

/// Metadata of the whole cluster. librdkafka has this call in a blocking form only, so it runs on a thread of its own
/// ("mb-metadata") that is abandoned when the caller is cancelled; that thread ends by the call's own timeout.
Result<MetadataPtr> allMetadata(const std::shared_ptr<Handle>& handle, const Deadline& deadline);

} // namespace meshbone::backbone
