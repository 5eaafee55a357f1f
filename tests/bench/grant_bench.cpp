// SPDX-License-Identifier: Apache-2.0
// From a decision to the first request that is allowed, and from a revocation to the first that is denied, as a client
// with a user of its own meets it, each time by a fresh request: grant_bench DIR [rounds] [BOOTSTRAP USER PASSWORD].
// With a bootstrap list it is that cluster (SASL_PLAINTEXT, SCRAM-SHA-512), else the embedded backbone. One JSON line.
#include "median.h"
#include "session.h"

#include <backbone/access_admin.h>

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

using namespace meshbone;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kTopic = "bench.granted";
constexpr auto kUser = "bench-client";
const CallOptions kCall{std::chrono::seconds(20), {}};

void orDie(const Status& status) {
    if (!status) {
        fmt::print(stderr, "grant_bench: {}\n", status.error().message);
        std::exit(1);
    }
}
template <class T>
T orDie(Result<T> result) {
    if (!result) {
        fmt::print(stderr, "grant_bench: {}\n", result.error().message);
        std::exit(1);
    }
    return std::move(*result);
}

catalog::AccessScope scope() {
    catalog::AccessScope one;
    one.principal = std::string("User:") + kUser;
    one.role = catalog::Role::Producer;
    one.writes = {{kTopic}};
    return one;
}

/// Asks until it is (not) allowed; milliseconds since `start`.
double waitUntil(backbone::Admin& client, bool allowed, Clock::time_point start) {
    while (client.partitions(kTopic, kCall).has_value() != allowed) {
        if (Clock::now() - start > std::chrono::seconds(20)) {
            orDie(Status(fail(ErrorCode::Timeout, "The decision was never enforced.")));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::string password(app::Session& session) {
    if (session.embedded()) {
        return orDie(session.createClient(kUser));
    }
    const std::string secret = "bench-client-secret";
    orDie(session.backbone().access().putUser(kUser, secret, backbone::ScramMechanism::Sha512, kCall));
    return secret;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "grant_bench DIR [rounds] [BOOTSTRAP USER PASSWORD]\n");
        return 2;
    }
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 100;
    app::SessionOptions options;
    options.dataDirectory = std::filesystem::path(argv[1]) / "grant-bench";
    options.port = 0;
    if (argc > 5) {
        backbone::Profile cluster;
        cluster.name = "kafka";
        cluster.bootstrap = argv[3];
        cluster.securityProtocol = "SASL_PLAINTEXT";
        cluster.saslMechanism = "SCRAM-SHA-512";
        cluster.user = argv[4];
        cluster.password = argv[5];
        options.cluster = cluster;
    }
    const auto session = orDie(app::Session::start(options));
    orDie(session->backbone().waitHealthy(kCall));
    auto& catalog = *session->catalog();
    backbone::NewTopic topic;
    topic.name = kTopic;
    topic.partitions = 1;
    if (const auto made = session->backbone().admin().createTopic(topic, kCall);
        !made && made.error().code != ErrorCode::AlreadyExists) {
        orDie(made);
    }
    catalog::Policy automatic;
    automatic.id = automatic.name = "automatic";
    automatic.approval = catalog::Approval::Automatic;
    orDie(catalog.submit({catalog::PutPolicy{automatic}, {}, {}}, kCall));
    auto profile = session->profile();
    profile.user = kUser;
    profile.password = password(*session);
    const auto client = orDie(backbone::openAdmin(profile));
    waitUntil(*client, false, Clock::now());

    std::vector<double> granted, revoked;
    const auto run = Clock::now().time_since_epoch().count();
    for (int round = 0; round < rounds; ++round) {
        const auto id = fmt::format("bench-{}-{}", run, round);
        auto start = Clock::now();
        orDie(catalog.submit({catalog::SubmitRequest{id, scope(), {}, {}, "bench", catalog::kNoEnd}, {}, {}}, kCall));
        granted.push_back(waitUntil(*client, true, start));
        start = Clock::now();
        auto entry = catalog.submit({catalog::RevokeGrant{id}, "bench", {}}, kCall);
        while (!entry && entry.error().code == ErrorCode::Conflict) { // the enforcer reports on the same grant
            entry = catalog.submit({catalog::RevokeGrant{id}, "bench", {}}, kCall);
        }
        orDie(std::move(entry));
        revoked.push_back(waitUntil(*client, false, start));
    }
    fmt::print(R"({{"bench":"grant","backbone":"{}","rounds":{},"grant_p50_ms":{:.1f},"grant_p99_ms":{:.1f},)"
               R"("revoke_p50_ms":{:.1f},"revoke_p99_ms":{:.1f}}})"
               "\n",
               session->embedded() ? "embedded" : "kafka", rounds, bench::quantile(granted, 0.5),
               bench::quantile(granted, 0.99), bench::quantile(revoked, 0.5), bench::quantile(revoked, 0.99));
    return 0;
}
