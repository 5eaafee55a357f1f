// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"
#include "client/scan.h"

namespace meshbone::backbone {

/// What can be read of a topic's partitions now: from the first offset to the last stable one. Empty `partitions`: all.
Result<std::vector<ScanRange>> readableRanges(InnerAdmin& admin, const std::string& topic,
                                              const std::vector<Partition>& partitions, const Deadline& deadline);

} // namespace meshbone::backbone
