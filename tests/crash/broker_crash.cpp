// SPDX-License-Identifier: Apache-2.0
// broker_crash <meshctl> <rounds> [<seed>]: kills a broker under load at random moments, restarts it on the same folder
// and port, and checks at the end that what it acknowledged is there, once and in order. The seed (argument or
// MESHBONE_SEED) fixes the moments; what the processes do in between is up to the machine.
#include "checked_consumer.h"
#include "checked_producer.h"

#include "support/served_broker.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <poll.h>
#include <random>
#include <stdexcept>

namespace {

using namespace meshbone::crash;
using meshbone::testing::ServedBroker;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{30'000};

/// Lets the load run for a while: the moment of a kill is what this test chooses.
void letRun(milliseconds time) {
    ::poll(nullptr, 0, static_cast<int>(time.count()));
}

void killAndRestart(ServedBroker& broker, std::mt19937& random) {
    letRun(milliseconds(std::uniform_int_distribution(20, 400)(random)));
    broker.kill();
    broker.spawn();
    while (random() % 4 == 0) { // also in the middle of its start, where it recovers
        broker.waitReady(milliseconds(random() % 25));
        broker.kill();
        broker.spawn();
    }
    if (!broker.waitReady(kPatience)) {
        throw std::runtime_error("the broker did not come back");
    }
}

int run(const std::string& meshctl, int rounds, unsigned seed) {
    std::mt19937 random(seed);
    std::string pattern = (std::filesystem::temp_directory_path() / "meshbone-crash-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    ServedBroker broker(meshctl, folder, {"log.segment.bytes=262144", "num.partitions=3"});
    broker.spawn();
    if (!broker.waitReady(kPatience)) {
        throw std::runtime_error("the broker did not start");
    }
    CheckedProducer producers[] = {{CheckedProducer::Kind::Idempotent, "idempotent", broker.bootstrap()},
                                   {CheckedProducer::Kind::Plain, "plain", broker.bootstrap()}};
    for (int round = 0; round < rounds; ++round) {
        killAndRestart(broker, random);
    }
    int failures = 0;
    for (auto& producer : producers) {
        auto wrong = producer.finish();
        if (wrong.empty()) {
            wrong = verify(producer, readAll(broker.bootstrap(), producer.topic()));
        }
        std::printf("%s: %zu messages, %lld acknowledged: %s\n", producer.topic().c_str(), producer.offsets().size(),
                    static_cast<long long>(producer.acknowledged()),
                    wrong.empty() ? "all there, once, in order" : wrong.c_str());
        failures += wrong.empty() && producer.acknowledged() > 0 ? 0 : 1;
    }
    broker.kill();
    if (failures == 0) {
        std::filesystem::remove_all(folder);
    } else {
        std::printf("kept for inspection: %s\n", folder.c_str());
    }
    return failures == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s <meshctl> <rounds> [<seed>]\n", argv[0]);
        return 2;
    }
    const auto* fromEnvironment = std::getenv("MESHBONE_SEED");
    const auto* text = argc > 3 ? argv[3] : fromEnvironment;
    const auto seed = text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : std::random_device{}();
    std::printf("MESHBONE_SEED=%u rounds=%s\n", seed, argv[2]);
    std::fflush(stdout);
    try {
        return run(argv[1], std::atoi(argv[2]), seed);
    } catch (const std::exception& error) {
        std::printf("%s\n", error.what());
        return 1;
    }
}
