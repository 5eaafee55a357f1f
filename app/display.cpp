// SPDX-License-Identifier: Apache-2.0
#include "display.h"

#include <cstdlib>

namespace meshbone::app {

namespace {
constexpr auto kPlatform = "QT_QPA_PLATFORM";
bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}
} // namespace

bool hasDisplay() {
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet(kPlatform);
}

void drawWithoutDisplay() {
    if (!isSet(kPlatform)) {
        ::setenv(kPlatform, "offscreen", 1);
    }
}

} // namespace meshbone::app
