// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"

#include <filesystem>
#include <string>

namespace meshbone::app {

struct DesktopOptions {
    SessionOptions session;
    bool production = false; ///< the session's cluster: what can't be undone there asks for more
    bool remembered = false; ///< nobody asked for this profile: if it can't be opened, the embedded one is
    bool demo = false;
    std::filesystem::path tour;     ///< write pictures of every page here and end; empty: no tour
    std::filesystem::path scenario; ///< the same, after doing what the three people do; empty: no scenario
    std::string program;            ///< path of this program, for the layout worker
};

/// Runs the desktop until its window is closed, or the tour or scenario is done; where the person opens another
/// profile, the one that is open is closed first, so that there is never a second writer in the data directory. Returns
/// the exit status. Needs the QApplication; the GUI thread.
int runDesktop(const DesktopOptions& options);

} // namespace meshbone::app
