// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace meshbone::app {

/// Lets this process open as many files as the system allows it to: a broker needs one for each connection and for each
/// file that is being synced, and the usual limit of 1,024 is for programs that call select(). Before threads are made.
void raiseOpenFileLimit();

} // namespace meshbone::app
