// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"

#include <filesystem>
#include <string>

namespace meshbone::app {

struct DesktopOptions {
    SessionOptions session;
    bool demo = false;
    std::filesystem::path tour;     ///< write pictures of every page here and end; empty: no tour
    std::filesystem::path scenario; ///< the same, after doing what the three people do; empty: no scenario
    std::string program;            ///< path of this program, for the layout worker
};

/// Runs the desktop until its window is closed, or the tour or scenario is done. Returns the exit status. Needs the
/// QApplication; the GUI thread.
int runDesktop(const DesktopOptions& options);

} // namespace meshbone::app
