// SPDX-License-Identifier: Apache-2.0
// The layout worker alone. Called under another name (by a link) it fails in the way that the name says.
#include <lineage/lineage.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace {
void say(std::string_view text) {
    if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) {
        ::_exit(9);
    }
}

int misbehave(std::string_view how) {
    if (how == "crash") {
        std::raise(SIGABRT);
    } else if (how == "hang") {
        ::pause();
    } else if (how == "close-and-hang") {
        ::close(STDOUT_FILENO);
        ::pause();
    } else if (how == "garbage") {
        say("this is not a reply");
    } else if (how == "empty") {
        return 0;
    } else if (how == "flood") {
        const std::string much(1 << 20, 'x');
        while (true) {
            say(much);
        }
    } else if (how == "spin") {
        volatile unsigned turns = 0;
        while (turns == 0) {
        }
    } else if (how == "overlap") { // well formed, but every node in the same place
        say("MBR1");
        const std::uint32_t nodes = 2;
        say({reinterpret_cast<const char*>(&nodes), sizeof nodes});
        say(std::string(2 * 16, '\0'));
    } else if (how == "fail") {
        return 3;
    }
    return 0;
}
} // namespace

int main(int argc, char** argv) {
    const auto name = std::filesystem::path(argv[0]).filename().string();
    if (argc != 2 || std::strcmp(argv[1], "--layout-worker") != 0) {
        return 1;
    }
    return name == "lineage_layout_worker" ? meshbone::lineage::runLayoutWorker() : misbehave(name);
}
