// SPDX-License-Identifier: Apache-2.0
// compare <meshctl> <kafka.json> <known_differences.txt> <cases.txt>...: sends the same requests to the embedded
// broker, started for it alone, and to Apache Kafka, and compares the answers field by field. Status 77 where there is
// no Kafka.
#include "differences.h"
#include "engine.h"

#include "support/served_broker.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

using namespace meshbone;
using namespace meshbone::compare;

constexpr int kSkipped = 77;

/// As kafka_fixture.py starts Kafka, and whom it knows beside the administrator.
const std::vector<std::string> kSettings = {"num.partitions=6", "group.initial.rebalance.delay.ms=100",
                                            "group.min.session.timeout.ms=1000",
                                            "authorizer.class.name=org.apache.kafka.metadata.authorizer."
                                            "StandardAuthorizer"};
const std::pair<const std::string, std::string> kNobody = {"nobody", "nothing"};

Address addressOf(const std::filesystem::path& file, std::uint16_t port) {
    const auto access = nlohmann::json::parse(std::ifstream(file));
    const std::string admin = access.at("user");
    return {.port = port, .admin = admin, .passwords = {{admin, access.at("password")}, kNobody}};
}

Address kafkaAddress(const std::filesystem::path& state) {
    const auto ready = nlohmann::json::parse(std::ifstream(state));
    const auto bootstrap = ready.at("bootstrap").get<std::string>();
    return addressOf(state, static_cast<std::uint16_t>(std::stoi(bootstrap.substr(bootstrap.rfind(':') + 1))));
}

std::vector<backbone::wire::Version> versionsOf(const Step& step, const Engine& kafka, const Engine& ours) {
    const auto key = findApi(step.api).request->key;
    const auto theirs = kafka.versionsOf(key);
    const auto own = ours.versionsOf(key);
    if (!theirs || !own) {
        throw std::runtime_error(fmt::format("{}: {} is not served by both", step.name, step.api));
    }
    const auto min = std::max({theirs->min, own->min, findApi(step.api).request->versions.min});
    const auto max = std::min(theirs->max, own->max);
    if (step.versions == "max") {
        return {max};
    }
    if (step.versions != "all") {
        return {static_cast<backbone::wire::Version>(std::stoi(step.versions))};
    }
    std::vector<backbone::wire::Version> all;
    for (auto version = min; version <= max; ++version) {
        all.push_back(version);
    }
    return all;
}

/// What a request may name, by the moment at which the comparison began, in the recent past.
std::map<std::string, std::string> timestamps() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
    std::map<std::string, std::string> variables;
    for (const int second : {0, 1, 2, 3}) {
        const std::chrono::milliseconds at = now - std::chrono::minutes(1) + std::chrono::seconds(second);
        variables[fmt::format("t{}", second)] = std::to_string(at.count());
    }
    return variables;
}

/// Whether the API only reads, so that it may be asked again.
bool isReading(const Step& step) {
    return step.api.starts_with("Describe") || step.api.starts_with("List") || step.api == "Metadata" ||
           step.api == "OffsetFetch";
}

/// Whether something is not there, or nobody leads or coordinates it: so it is for a moment after it was made.
bool isNotThereYet(const Answer& answer) {
    static const std::set<std::string> kCodes = {"3", "5", "6", "14", "15", "16"};
    return std::ranges::any_of(
        answer, [](const auto& field) { return field.first.ends_with("errorCode") && kCodes.contains(field.second); });
}

/// Kafka shows some changes a moment after it acknowledged them: where an answer differs, it is asked again.
Answer askKafka(Engine& kafka, const Differences& differences, const Step& step, backbone::wire::Version version,
                const std::map<std::string, std::string>& variables, const Answer& ours) {
    static std::chrono::milliseconds patience{5'000}; // for all steps together
    auto theirs = kafka.ask(step, version, variables);
    while ((isReading(step) || isNotThereYet(theirs)) && patience.count() > 0 &&
           !differences.areAlike(step.name, theirs, ours)) {
        const auto began = std::chrono::steady_clock::now();
        theirs = kafka.ask(step, version, variables);
        const auto took = std::chrono::steady_clock::now() - began;
        patience -= std::chrono::ceil<std::chrono::milliseconds>(took);
    }
    return theirs;
}

/// Throws for a name that no version of the request has: it would compare nothing.
void compareStep(Engine& kafka, Engine& ours, Differences& differences, const Step& step,
                 std::map<std::string, std::string> variables) {
    std::optional<std::set<std::string>> unused;
    for (const auto version : versionsOf(step, kafka, ours)) {
        variables["v"] = std::to_string(version);
        const auto own = ours.ask(step, version, variables);
        differences.compare(step.name, version, askKafka(kafka, differences, step, version, variables, own), own);
        if (!unused) {
            unused = kafka.unusedNames();
        }
        std::erase_if(*unused, [&](const std::string& name) { return !kafka.unusedNames().contains(name); });
    }
    if (unused && !unused->empty()) {
        throw std::runtime_error(fmt::format("{}: {} has no field '{}'", step.name, step.api, *unused->begin()));
    }
}

int run(const std::vector<std::string>& arguments) {
    if (!std::filesystem::exists(arguments.at(1))) {
        fmt::print("skipped: Apache Kafka was not started; the test kafka_start says why\n");
        return kSkipped;
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "meshbone-compare-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    testing::ServedBroker broker(arguments.at(0), folder, kSettings);
    broker.requireLogin();
    broker.start();
    Engine kafka(kafkaAddress(arguments.at(1)));
    Engine ours(addressOf(folder / "access.json", broker.port()));
    kafka.awaitCoordinator();
    Differences differences(arguments.at(2));
    const auto variables = timestamps();
    for (auto file = arguments.begin() + 3; file != arguments.end(); ++file) {
        for (const auto& step : readSteps(*file)) {
            compareStep(kafka, ours, differences, step, variables);
        }
    }
    const int count = differences.report();
    broker.stop();
    std::filesystem::remove_all(folder);
    return count == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 4) {
        fmt::print(stderr, "usage: compare <meshctl> <kafka.json> <known_differences.txt> <cases.txt>...\n");
        return 2;
    }
    try {
        return run(arguments);
    } catch (const std::exception& error) {
        fmt::print("compare: {}\n", error.what());
        return 1;
    }
}
