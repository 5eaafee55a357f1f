// SPDX-License-Identifier: Apache-2.0
// crash_child BOOTSTRAP STATE SOURCE TARGET: starts a slow replay and says "run <id>", then waits to be killed.
#include <backbone/backbone.h>

#include <cstdio>
#include <mutex>
#include <thread>

using namespace meshbone::backbone;

int main(int argc, char** argv) {
    if (argc != 5) {
        return 2;
    }
    Profile profile;
    profile.bootstrap = argv[1];
    auto backbone = Backbone::open(profile, argv[2]);
    if (!backbone || !(*backbone)->waitHealthy({std::chrono::seconds(30), {}})) {
        return 3;
    }
    ReplayRequest request;
    request.sourceTopic = argv[3];
    request.targetTopic = argv[4];
    request.window = TimeWindow{0, 1'000'000};
    request.pace = {Pace::Kind::RecordsPerSecond, 50};
    auto plan = (*backbone)->replays().plan(request, {std::chrono::seconds(30), {}});
    if (!plan) {
        std::printf("%s\n", plan.error().message.c_str());
        return 4;
    }
    auto run = (*backbone)->replays().start(*plan);
    if (!run) {
        std::printf("%s\n", run.error().message.c_str());
        return 5;
    }
    std::printf("run %s\n", run->c_str());
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::minutes(5)); // the test kills it long before
    return 6;
}
