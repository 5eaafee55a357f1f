// SPDX-License-Identifier: Apache-2.0
// projection_crash <meshctl> <rounds> [<seed>]: kills a served schema registry at random moments while schemas are
// registered, deleted and configured, and starts it again on the same folder. What it answered must be there each time,
// also where its projection was deleted or cut meanwhile, and at the end the registry must be the same from its
// projection as from its topic. The seed (argument or MESHBONE_SEED) fixes the moments.
#include "support/served_broker.h"

#include <catalog/registry_client.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <poll.h>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>

namespace {

using namespace meshbone;
using catalog::SchemaRegistry;
using std::chrono::milliseconds;
using testing::ServedBroker;

constexpr milliseconds kPatience{30'000};
const CallOptions kCall{kPatience, {}};

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

std::unique_ptr<SchemaRegistry> registryOf(const ServedBroker& broker) {
    backbone::HttpClientOptions options;
    options.baseUrl = fmt::format("http://127.0.0.1:{}", broker.schemasPort());
    return must(catalog::openRegistry(std::move(options)));
}

/// Registers and deletes until nobody answers any more, and remembers what it was answered.
class Registrar {
public:
    void run(SchemaRegistry& registry) {
        (void)registry.setLevel({}, catalog::CompatibilityLevel::None, kCall); // each enum is another one
        while (true) {
            const auto number = ++m_number;
            const auto subject = fmt::format("s{}-value", number % 50);
            catalog::SchemaDefinition schema;
            schema.text = fmt::format(R"({{"type":"enum","name":"E{}","symbols":["A"],"default":"A"}})", number);
            const auto made = registry.registerSchema(subject, schema, false, kCall);
            if (!made) {
                return;
            }
            m_ids[made->id.value()] = schema.text;
            if (number % 7 == 0 && !registry.deleteVersion(subject, made->version, false, kCall)) {
                return;
            }
            if (number % 11 == 0 && !registry.setLevel(subject, catalog::CompatibilityLevel::None, kCall)) {
                return;
            }
        }
    }
    /// How many of the ids that were answered don't stand for their schema.
    [[nodiscard]] int missing(SchemaRegistry& registry) const {
        std::map<int, std::string> told;
        for (const auto& one : must(registry.versions(kCall))) {
            told[one.id.value()] = one.definition->text;
        }
        int missing = 0;
        for (const auto& [id, text] : m_ids) {
            const auto found = told.find(id);
            missing += found == told.end() || found->second != text ? 1 : 0;
        }
        return missing;
    }
    [[nodiscard]] std::size_t answered() const { return m_ids.size(); }

private:
    int m_number = 0;
    std::map<int, std::string> m_ids;
};

/// All that a registry tells, as text.
std::string all(SchemaRegistry& registry) {
    std::string text;
    for (const auto& one : must(registry.versions(kCall))) {
        text += fmt::format("{}:{} id {} deleted {} {}\n", one.subject, one.version, one.id.value(), one.isDeleted,
                            one.definition->text);
    }
    for (const auto& one : must(registry.settings({}, kCall))) {
        text += fmt::format("{} {} at {}\n", one.subject, one.level ? levelName(*one.level) : "-", one.configMs);
    }
    const auto status = must(registry.status(kCall));
    return text + fmt::format("{} records, {} unreadable\n", status.records, status.unreadable);
}

/// Now and then the file is gone, or cut short, when it is started again.
void harm(const std::filesystem::path& projection, std::mt19937& random) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(projection, ignored);
    switch (random() % 5) {
    case 0:
        std::filesystem::remove(projection, ignored);
        break;
    case 1:
        if (!ignored && size > 0) {
            std::filesystem::resize_file(projection, random() % size, ignored);
        }
        break;
    default:
        break;
    }
}

int run(const std::string& meshctl, int rounds, unsigned seed) {
    std::mt19937 random(seed);
    std::string pattern = (std::filesystem::temp_directory_path() / "meshbone-projection-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    const auto projection = folder / "state" / "schemas.db";
    ServedBroker broker(meshctl, folder);
    broker.serveSchemas();
    Registrar registrar;
    int missing = 0;
    for (int round = 0; round < rounds; ++round) {
        broker.start();
        const auto registry = registryOf(broker);
        missing += registrar.missing(*registry);
        std::jthread work([&] { registrar.run(*registry); });
        ::poll(nullptr, 0, std::uniform_int_distribution(20, 1'800)(random)); // the moment is what this test chooses
        broker.kill();
        work.join();
        harm(projection, random);
    }
    broker.start();
    const auto fromProjection = all(*registryOf(broker));
    missing += registrar.missing(*registryOf(broker));
    broker.stop();
    std::filesystem::remove(projection);
    broker.start();
    const bool isSame = all(*registryOf(broker)) == fromProjection;
    broker.stop();
    fmt::print("{} schemas answered, {} of them missing after a kill; from the projection {} from the topic\n",
               registrar.answered(), missing, isSame ? "the same as" : "another than");
    if (missing != 0 || !isSame || registrar.answered() == 0) {
        fmt::print("kept for inspection: {}\n", folder.string());
        return 1;
    }
    std::filesystem::remove_all(folder);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: projection_crash <meshctl> <rounds> [<seed>]\n");
        return 2;
    }
    const char* given = argc > 3 ? argv[3] : std::getenv("MESHBONE_SEED");
    const auto seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
    std::printf("MESHBONE_SEED=%u\n", seed);
    try {
        return run(argv[1], std::stoi(argv[2]), seed);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "projection_crash: %s\n", error.what());
        return 1;
    }
}
