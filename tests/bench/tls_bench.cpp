// SPDX-License-Identifier: Apache-2.0
// tls_bench [directory] [connections] [meshctl]: what security costs at `meshctl serve`: how long it takes until a
// client that connects in TLS has its first answer (ApiVersions), with and without a certificate of its own, beside one
// in plain text; and 1,000 wrong passwords in a row, by PLAIN and by SCRAM: what an honest client's requests and logins
// take beside them, and what memory is left behind. One line of JSON.
#include "bench_folder.h"
#include "median.h"

#include "sasl/client_exchange.h"
#include "support/served_broker.h"
#include "support/tls_client.h"
#include "tls/authority.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/metadata.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace {

using namespace meshbone;
using namespace meshbone::backbone;
using bench::quantile;
using testing::RawClient;
using testing::ServedBroker;
using testing::TlsClient;
using testing::TlsWishes;
using Clock = std::chrono::steady_clock;

constexpr int kWrongPasswords = 1'000;

double msOf(const std::function<void()>& work) {
    const auto begun = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

std::string contentOf(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

void askVersions(RawClient& client) {
    wire::ApiVersionsRequest request;
    request.clientSoftwareName = "tls-bench";
    request.clientSoftwareVersion = "1";
    client.call<wire::ApiVersionsResponse>(request, 3);
}

void askMetadata(RawClient& client) {
    wire::MetadataRequest request;
    request.topics.emplace();
    client.call<wire::MetadataResponse>(request, 8);
}

bool logIn(RawClient& client, const std::string& mechanism, const std::string& user, const std::string& password) {
    wire::SaslHandshakeRequest handshake;
    handshake.mechanism = mechanism;
    client.call<wire::SaslHandshakeResponse>(handshake, 1);
    const auto exchange = sasl::clientExchange(mechanism, user, password).value();
    for (auto token = exchange->start();;) {
        wire::SaslAuthenticateRequest request;
        request.authBytes = token;
        const auto answer = client.call<wire::SaslAuthenticateResponse>(request, 2);
        if (answer.errorCode != wire::KafkaCode::None) {
            return false;
        }
        const auto next = exchange->next(answer.authBytes);
        if (!next || !*next) {
            return next.has_value();
        }
        token = **next;
    }
}

/// A served broker with a listener of each kind that is measured.
class Subject {
public:
    Subject(const std::filesystem::path& meshctl, const std::filesystem::path& folder)
        : m_broker(meshctl, folder,
                   {"listeners=SASL_SSL://127.0.0.1:19591,SSL://127.0.0.1:19592,SASL_PLAINTEXT://127.0.0.1:19593",
                    "ssl.client.auth=requested"}) {
        m_broker.requireLogin();
        m_broker.start();
        const auto access = nlohmann::json::parse(contentOf(folder / "access.json"));
        user = access.at("user");
        password = access.at("password");
        const auto tls = folder / "broker/tls";
        trusting.trustedPem = contentOf(tls / "ca.pem");
        const auto authority =
            backbone::tls::Authority::read(trusting.trustedPem, contentOf(tls / "ca.key"), "the authority").value();
        m_identity = authority.clientIdentity("tls-bench", std::time(nullptr)).value();
        named = trusting;
        named.identity = &m_identity;
    }
    static constexpr std::uint16_t kSaslSsl = 19591, kSsl = 19592, kSaslPlain = 19593;

    [[nodiscard]] double residentMiB() const { return m_broker.residentMiB(); }
    [[nodiscard]] double cpuSeconds() const { return m_broker.cpuSeconds(); }

    std::string user, password;
    TlsWishes trusting, named;

private:
    ServedBroker m_broker;
    backbone::tls::Identity m_identity;
};

std::string setUp(int connections, const std::function<void()>& connect) {
    std::vector<double> ms;
    for (int i = 0; i < connections; ++i) {
        ms.push_back(msOf(connect));
    }
    return fmt::format(R"({{"p50_ms":{:.2f},"p99_ms":{:.2f}}})", quantile(ms, 0.5), quantile(ms, 0.99));
}

struct Honest {
    std::vector<double> requests, logins;
};

/// An honest client: requests on an open connection, and a login on a new one, again and again until it is told to end.
Honest beHonest(const Subject& subject, const std::function<bool(int round)>& goOn) {
    Honest honest;
    TlsClient open(Subject::kSaslSsl, subject.trusting);
    if (!logIn(open, "SCRAM-SHA-256", subject.user, subject.password)) {
        throw std::runtime_error("The honest client is not let in.");
    }
    for (int round = 0; goOn(round); ++round) {
        for (int i = 0; i < 10; ++i) {
            honest.requests.push_back(msOf([&] { askMetadata(open); }));
        }
        honest.logins.push_back(msOf([&] {
            TlsClient fresh(Subject::kSaslSsl, subject.trusting);
            logIn(fresh, "SCRAM-SHA-256", subject.user, subject.password);
        }));
    }
    return honest;
}

std::string described(const Honest& honest) {
    return fmt::format(R"("request_p50_ms":{:.3f},"request_p99_ms":{:.3f},"login_p50_ms":{:.2f},"login_p99_ms":{:.2f})",
                       quantile(honest.requests, 0.5), quantile(honest.requests, 0.99), quantile(honest.logins, 0.5),
                       quantile(honest.logins, 0.99));
}

std::string besideWrongPasswords(const Subject& subject, const std::string& mechanism) {
    const auto before = subject.residentMiB();
    const auto cpuBefore = subject.cpuSeconds();
    std::atomic<bool> over = false;
    std::atomic<int> letIn = 0;
    double ms = 0;
    std::thread guesser([&] {
        ms = msOf([&] {
            for (int i = 0; i < kWrongPasswords; ++i) {
                TlsClient client(Subject::kSaslSsl, subject.trusting);
                letIn += logIn(client, mechanism, subject.user, fmt::format("guess {}", i)) ? 1 : 0;
            }
        });
        over = true;
    });
    const auto honest = beHonest(subject, [&](int) { return !over; });
    guesser.join();
    if (letIn != 0) {
        throw std::runtime_error("A wrong password was let in.");
    }
    return fmt::format(R"({{"wrong_each_ms":{:.2f},{},"cpu_each_ms":{:.2f},"grown_MiB":{:.2f}}})", ms / kWrongPasswords,
                       described(honest), (subject.cpuSeconds() - cpuBefore) * 1'000 / kWrongPasswords,
                       subject.residentMiB() - before);
}

int run(const std::filesystem::path& where, int connections, const std::filesystem::path& meshctl) {
    const bench::BenchFolder folder(where);
    const Subject subject(meshctl, folder.path() / "data");
    const auto inTls = [&](std::uint16_t port, const TlsWishes& wishes) {
        return setUp(connections, [&, port] {
            TlsClient client(port, wishes);
            askVersions(client);
        });
    };
    const auto plain = setUp(connections, [&] {
        RawClient client(Subject::kSaslPlain);
        askVersions(client);
    });
    const auto tls = inTls(Subject::kSsl, subject.trusting);
    auto tls12Wishes = subject.trusting;
    tls12Wishes.newest = TLS1_2_VERSION;
    const auto tls12 = inTls(Subject::kSsl, tls12Wishes);
    const auto mutual = inTls(Subject::kSsl, subject.named);
    const auto quiet = beHonest(subject, [](int round) { return round < 200; });
    besideWrongPasswords(subject, "PLAIN"); // memory that is had once is not growth
    const auto byPlain = besideWrongPasswords(subject, "PLAIN");
    const auto byScram = besideWrongPasswords(subject, "SCRAM-SHA-256");
    fmt::print(R"({{"bench":"tls","connections":{},"set_up":{{"plain":{},"tls13":{},"tls12":{},"mutual":{}}},)"
               R"("quiet":{{{}}},"wrong_passwords":{},"beside_plain":{},"beside_scram":{},"resident_MiB":{:.1f}}})"
               "\n",
               connections, plain, tls, tls12, mutual, described(quiet), kWrongPasswords, byPlain, byScram,
               subject.residentMiB());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc > 1 ? argv[1] : "/tmp", argc > 2 ? std::max(1, std::atoi(argv[2])) : 1'000,
                   argc > 3 ? std::filesystem::path(argv[3]) : bench::ownMeshctl());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
