// SPDX-License-Identifier: Apache-2.0
// presets <kafka.json>: what is called proven is tried with a real client on Apache Kafka. With the bindings of its
// role each client works; without any one of them it doesn't, so none is too many. Status 77 where there is no Kafka.
#include "../kafka_program.h"
#include "client.h"

#include <backbone/access_admin.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

namespace {

using namespace meshbone;
using namespace meshbone::presets;
using backbone::AclBinding;
using catalog::AccessScope;
using catalog::Role;

/// Names of this run; Kafka is shared with other tests.
struct Names {
    std::string mark = fmt::format("presets-{:08x}-", std::random_device{}());
    std::string in = mark + "in", out = mark + "out";
};

template <class T>
T orThrow(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

AccessScope scopeOf(Role role, const std::string& user, const Names& names) {
    const auto& fields = catalog::fieldsOf(role);
    const auto uses = [](const catalog::ScopeField& field) { return field.use != catalog::FieldUse::None; };
    AccessScope scope;
    scope.principal = "User:" + user;
    scope.role = role;
    if (uses(fields.reads)) {
        scope.reads = {{names.in}};
    }
    if (uses(fields.writes)) {
        scope.writes = {{names.out}};
    }
    if (uses(fields.group)) {
        scope.group = {user + "-group"};
    }
    if (uses(fields.transactionalId)) {
        scope.transactionalId = {user + "-transactions"};
    }
    return scope;
}

/// What a client in the role does; empty: it worked.
std::string work(const AccessScope& scope, const Login& login, const Names& names) {
    const Settings reading{
        {"group.id", scope.group.name}, {"auto.offset.reset", "earliest"}, {"enable.auto.commit", "false"}};
    const Settings writing{{"message.timeout.ms", "10000"}, {"enable.idempotence", "true"}};
    const Settings transacting{{"transactional.id", scope.transactionalId.name}};
    switch (scope.role) {
    case Role::Producer: {
        const auto plain =
            Client(RD_KAFKA_PRODUCER, login, {{"message.timeout.ms", "10000"}}).produce(names.out, "plain");
        return plain.empty() ? Client(RD_KAFKA_PRODUCER, login, writing).produce(names.out, "idempotent") : plain;
    }
    case Role::TransactionalProducer:
        return Client(RD_KAFKA_PRODUCER, login, transacting).transaction(names.out);
    case Role::Consumer: {
        Client consumer(RD_KAFKA_CONSUMER, login, reading);
        const auto read = consumer.readOne(names.in);
        return read.empty() ? consumer.commit() : read;
    }
    case Role::ConsumeTransformProduce: {
        Client consumer(RD_KAFKA_CONSUMER, login, reading);
        return Client(RD_KAFKA_PRODUCER, login, transacting).transform(consumer, names.in, names.out);
    }
    default:
        throw std::runtime_error(
            fmt::format("A {} is called proven, and nothing here tries it.", catalog::roleTitle(scope.role)));
    }
}

class Trial {
public:
    explicit Trial(const nlohmann::json& kafka)
        : m_admin{kafka.at("bootstrap"), "PLAIN", kafka.at("user"), kafka.at("password")} {
        backbone::Profile profile;
        profile.bootstrap = m_admin.bootstrap;
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = m_admin.mechanism;
        profile.user = m_admin.user;
        profile.password = m_admin.password;
        m_access = orThrow(backbone::openAccessAdmin(profile));
        Client admin(RD_KAFKA_PRODUCER, m_admin, {});
        for (const auto& topic : {m_names.in, m_names.out}) { // made by being written to
            if (const auto why = admin.produce(topic, "first"); !why.empty()) {
                throw std::runtime_error(why);
            }
        }
    }

    int tryRole(Role role) {
        const auto all = bindingsOf(scopeOf(role, m_names.mark, m_names)).size();
        int failures = 0;
        for (std::size_t left = 0; left <= all; ++left) {
            failures += tryWithout(role, left) ? 0 : 1;
        }
        return failures;
    }

private:
    /// `left`: which of the bindings isn't there; one past the last: all are.
    bool tryWithout(Role role, std::size_t left) {
        const Login login{m_admin.bootstrap, "SCRAM-SHA-256",
                          fmt::format("{}{}-{}", m_names.mark, roleName(role), left), "of this run"};
        const auto scope = scopeOf(role, login.user, m_names);
        auto bindings = bindingsOf(scope);
        std::string what = "all its bindings";
        if (left < bindings.size()) {
            what = "all but " + describe(bindings[left]);
            bindings.erase(bindings.begin() + static_cast<std::ptrdiff_t>(left));
        }
        orThrow(m_access->putUser(login.user, login.password, backbone::ScramMechanism::Sha256, {}));
        for (const auto& status : orThrow(m_access->createAcls(bindings, {}))) {
            orThrow(status);
        }
        awaitBindings(scope.principal, bindings.size());
        const auto why = work(scope, login, m_names);
        const bool shouldWork = what == "all its bindings";
        const bool isRight = why.empty() == shouldWork;
        fmt::print("{} {}, {}: {}\n", isRight ? "ok" : "WRONG", catalog::roleName(role), what,
                   why.empty() ? "works" : why);
        std::fflush(stdout);
        (void)m_access->deleteAcls(bindings, {});
        (void)m_access->removeUser(login.user, backbone::ScramMechanism::Sha256, {});
        return isRight;
    }

    /// A broker knows of a change some milliseconds after it was acknowledged.
    void awaitBindings(const std::string& principal, std::size_t count) {
        backbone::AclFilter mine;
        mine.principal = principal;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (orThrow(m_access->acls(mine, {})).size() != count) {
            if (std::chrono::steady_clock::now() > deadline) {
                throw std::runtime_error("The bindings didn't appear in 10 s.");
            }
            std::this_thread::yield();
        }
    }

    Names m_names;
    Login m_admin;
    std::unique_ptr<backbone::AccessAdmin> m_access;
};

int run(const std::filesystem::path& state) {
    Trial trial(nlohmann::json::parse(std::ifstream(state)));
    int failures = 0;
    for (std::size_t i = 0; i < catalog::kRoles; ++i) {
        if (const auto role = static_cast<Role>(i); catalog::isProven(role)) {
            failures += trial.tryRole(role);
        }
    }
    return failures == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    return meshbone::conformance::onKafka(argc, argv, run);
}
