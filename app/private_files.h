// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace meshbone::app {

/// From here on this process makes files that only its user may read (0600), in folders that others may pass through
/// but not list (0711), so that events, ledger and lineage are read by nobody past the authorizer. What is meant for
/// others, as the certificate that clients trust, is opened to them by whoever writes it.
void keepFilesPrivate();

} // namespace meshbone::app
