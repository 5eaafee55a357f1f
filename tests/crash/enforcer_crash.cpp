// SPDX-License-Identifier: Apache-2.0
// enforcer_crash <meshctl> <rounds> [<seed>]: kills `meshctl enforce` with -9 at random moments while grants come and
// go, and stops the broker in the middle (SIGSTOP) and lets it go on. Afterwards an enforcer must make grants and ACLs
// agree, and the ledger must say so of each grant. The seed (argument or MESHBONE_SEED) fixes the moments.
#include "enforcer_process.h"
#include "support/served_broker.h"

#include "local_backbone.h"
#include "session.h"

#include <backbone/access_admin.h>
#include <backbone/backbone.h>
#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <poll.h>
#include <random>
#include <set>
#include <stdexcept>

namespace {

using namespace meshbone;
using namespace meshbone::catalog;
using std::chrono::milliseconds;
using testing::EnforcerProcess;
using Bindings = std::set<backbone::AclBinding>;

const CallOptions kCall{milliseconds(15'000), {}};
constexpr milliseconds kAgreesWithin{20'000}; // twice the time of a call, and some rounds
constexpr std::size_t kGrantsAtMost = 60;

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    return std::move(*result);
}

void sleep(std::mt19937& random, int least, int most) {
    ::poll(nullptr, 0, std::uniform_int_distribution(least, most)(random)); // the moment is what this test chooses
}

TimestampMs nowMs() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// A served backbone, and Ada, whose word approves each request at once.
class World {
public:
    World(const std::string& meshctl, const std::filesystem::path& folder)
        : m_folder(folder)
        , m_meshctl(meshctl)
        , broker(meshctl, folder / "data",
                 {"authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer"}) {
        broker.requireLogin();
        broker.start();
        const auto access = must(app::readAccess(folder / "data"));
        std::filesystem::create_directories(folder / "ada");
        std::filesystem::create_directories(folder / "enforcer");
        m_backbone = must(backbone::Backbone::open(app::profileOf(access, "ada"), folder / "ada"));
        if (const auto healthy = m_backbone->waitHealthy(kCall); !healthy) {
            throw std::runtime_error(healthy.error().message);
        }
        m_ada = must(Catalog::open({folder / "ada" / "catalog.db", folder / "ada" / "key", "ada", "Ada"}, *m_backbone));
        say(PutTeam{"ops", "Operations", "", {"ada"}});
        Policy automatic{.id = "automatic", .name = "Automatic"};
        automatic.approval = Approval::Automatic;
        say(PutPolicy{automatic});
        enrolEnforcer();
        std::ofstream(folder / "password") << access.password;
        m_words = {"enforce",
                   "--bootstrap",
                   access.bootstrap,
                   "--user",
                   access.user,
                   "--password-file",
                   folder / "password",
                   "--security-protocol",
                   access.securityProtocol,
                   "--data",
                   folder / "enforcer",
                   "--timeout",
                   "2000"};
    }

    [[nodiscard]] std::unique_ptr<EnforcerProcess> enforcer(bool once = false) const {
        auto words = m_words;
        if (once) {
            words.emplace_back("--once");
        }
        return std::make_unique<EnforcerProcess>(m_meshctl, words);
    }

    /// Somebody is granted something, or it is taken away again.
    void change(std::mt19937& random) {
        const auto number = m_grants.size();
        if (number < kGrantsAtMost && (m_inForce.empty() || random() % 3 != 0)) {
            AccessScope scope;
            scope.principal = fmt::format("User:p{}", random() % 4);
            scope.reads = {{fmt::format("t{}", random() % 5)}};
            scope.group = {fmt::format("g{}", random() % 3)}; // shared, so that grants want the same bindings
            m_grants.push_back(fmt::format("grant-{}", number));
            m_inForce.push_back(m_grants.back());
            say(SubmitRequest{m_grants.back(), scope, "", "", "To see it work", kNoEnd});
        } else if (!m_inForce.empty()) {
            const auto one = m_inForce.begin() + static_cast<std::ptrdiff_t>(random() % m_inForce.size());
            say(RevokeGrant{*one});
            m_inForce.erase(one);
        }
    }

    /// Where grants and ACLs, and what the ledger says of them, don't agree; empty: they do.
    [[nodiscard]] std::string disagreement() const {
        const auto now = nowMs();
        Bindings wanted;
        for (const auto& grant : m_ada->grants()) {
            const auto state = grant.stateAt(now);
            const bool good = state == (grant.inForceAt(now) ? GrantState::Enforced : GrantState::Removed);
            if (!good) {
                return fmt::format("{} is {}: {}", grant.id, nameOf(state), grant.reason);
            }
            if (grant.inForceAt(now)) {
                const auto bindings = bindingsOf(grant.scope);
                wanted.insert(bindings.begin(), bindings.end());
            }
        }
        const auto acls = m_backbone->access().acls({}, kCall);
        if (!acls) {
            return acls.error().message;
        }
        const Bindings there(acls->begin(), acls->end());
        return there == wanted ? std::string() : fmt::format("{} ACLs, {} agreed", there.size(), wanted.size());
    }
    [[nodiscard]] std::size_t grants() const { return m_grants.size(); }

private:
    void say(const Command& command) {
        auto entry = m_ada->submit({command, "because", {}}, kCall);
        while (!entry && entry.error().code == ErrorCode::Conflict) {
            entry = m_ada->submit({command, "because", {}}, kCall); // the enforcer reported meanwhile
        }
        (void)must(std::move(entry));
    }
    void enrolEnforcer() {
        const auto me = app::localPerson();
        const auto folder = m_folder / "enforcer";
        const auto theirs =
            must(Catalog::open({folder / "c.db", folder / "identity.key", me.id, me.name}, *m_backbone));
        say(PutPerson{me.id, me.name, theirs->publicKey()});
    }

    std::filesystem::path m_folder;
    std::string m_meshctl;

public:
    testing::ServedBroker broker;

private:
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<Catalog> m_ada;
    std::vector<std::string> m_words, m_grants, m_inForce;
};

void killAtAnyMoment(World& world, std::mt19937& random) {
    const auto enforcer = world.enforcer();
    sleep(random, 0, 500); // it may still begin, or look already
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
        world.change(random);
        sleep(random, 0, 250);
    }
    enforcer->kill();
}

void pauseInTheMiddle(World& world, std::mt19937& random) {
    const auto enforcer = world.enforcer();
    sleep(random, 200, 500);
    for (int i = 0; i < 3; ++i) {
        world.change(random);
    }
    sleep(random, 0, 30);
    world.broker.pause();
    sleep(random, 1'500, 2'500); // some calls find no answer in time
    world.broker.resume();
    world.change(random);
    sleep(random, 0, 300);
}

/// What remains when an enforcer has had its time; empty: nothing.
std::string settle(World& world) {
    const auto enforcer = world.enforcer();
    const auto deadline = std::chrono::steady_clock::now() + kAgreesWithin;
    auto left = world.disagreement();
    while (!left.empty() && std::chrono::steady_clock::now() < deadline) {
        ::poll(nullptr, 0, 50);
        left = world.disagreement();
    }
    enforcer->kill();
    const auto last = left.empty() ? world.enforcer(true)->wait(kAgreesWithin) : std::nullopt;
    return left.empty() && last != 0 ? "the last round doesn't find that they agree" : left;
}

int run(const std::string& meshctl, int rounds, unsigned seed) {
    std::mt19937 random(seed);
    std::string pattern = (std::filesystem::temp_directory_path() / "meshbone-enforcer-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    World world(meshctl, folder);
    for (int round = 0; round < rounds; ++round) {
        round == rounds / 2 ? pauseInTheMiddle(world, random) : killAtAnyMoment(world, random);
    }
    const auto left = settle(world);
    fmt::print("{} grants, an enforcer killed {} times and the broker stopped once; {}\n", world.grants(), rounds,
               left.empty() ? "grants and ACLs agree" : left);
    if (!left.empty()) {
        fmt::print("kept for inspection: {}\n", folder.string());
        return 1;
    }
    world.broker.kill();
    std::filesystem::remove_all(folder);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: enforcer_crash <meshctl> <rounds> [<seed>]\n");
        return 2;
    }
    const char* given = argc > 3 ? argv[3] : std::getenv("MESHBONE_SEED");
    const auto seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
    std::printf("MESHBONE_SEED=%u\n", seed);
    std::fflush(stdout);
    try {
        return run(argv[1], std::stoi(argv[2]), seed);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "enforcer_crash: %s\n", error.what());
        return 1;
    }
}
