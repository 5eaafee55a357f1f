// SPDX-License-Identifier: Apache-2.0
// What authorizing costs: the same produce requests to two brokers in one process, one without an authorizer and one
// with 50,000 ACLs in force, in turns; and listing 500 topics with 7,000 principals on the one pattern `*`. One JSON
// line.
#include "median.h"
#include "support/logged_in.h"
#include "support/requests.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/metadata.h"

#include <fmt/core.h>

#include <QCoreApplication>

#include <chrono>

using namespace meshbone;
using namespace meshbone::testing;
using namespace meshbone::backbone;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kAcls = 50'000, kHot = 7'000, kTopics = 500, kRounds = 15, kRequests = 400;

double msOf(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

AclBinding binding(const std::string& principal, const std::string& topic, Operation operation) {
    AclBinding one;
    one.principal = "User:" + principal;
    one.resource = topic;
    one.operation = operation;
    return one;
}

void createAll(RawClient& admin, const std::vector<AclBinding>& bindings) {
    for (std::size_t at = 0; at < bindings.size(); at += 1'000) {
        createAcls(admin, {bindings.begin() + static_cast<std::ptrdiff_t>(at),
                           bindings.begin() + static_cast<std::ptrdiff_t>(std::min(at + 1'000, bindings.size()))});
    }
}

void makeTopics(RawClient& admin) {
    wire::CreateTopicsRequest request;
    request.timeoutMs = 60'000;
    std::vector<std::string> names;
    for (int i = 0; i < kTopics; ++i) {
        names.push_back(fmt::format("t{}", i));
    }
    for (const auto& name : names) {
        wire::CreateTopicsRequest::CreatableTopic topic;
        topic.name = name;
        topic.numPartitions = 1;
        topic.replicationFactor = 1;
        request.topics.push_back(topic);
    }
    admin.call<wire::CreateTopicsResponse>(request, 5);
}

void produceMany(RawClient& client, const std::string& batch) {
    for (int i = 0; i < kRequests; ++i) {
        if (produce(client, "t0", 0, batch, 1).errorCode != wire::KafkaCode::None) {
            fmt::print(stderr, "authorize_bench: a produce request was refused\n");
            std::exit(1);
        }
    }
}

void list(RawClient& client) {
    client.call<wire::MetadataResponse>(wire::MetadataRequest{}, 8);
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    BrokerFixture plain{BrokerOptions{}}, authorizing{authorizingOptions()};
    for (auto* broker : {&plain, &authorizing}) {
        for (const auto* user : {"admin", "writer"}) {
            UserClient::know(*broker, user);
        }
    }
    UserClient admin(authorizing, "admin"), plainAdmin(plain, "admin");
    makeTopics(admin);
    makeTopics(plainAdmin);
    std::vector<AclBinding> bindings{binding("writer", "t0", Operation::Write)};
    for (int i = 0; i < kAcls; ++i) {
        bindings.push_back(binding(fmt::format("other-{}", i % 10'000), fmt::format("t{}", i % kTopics),
                                   i % 2 == 0 ? Operation::Read : Operation::Write));
        if (i >= 10'000) {
            bindings.back().resource += fmt::format(".{}", i); // names of their own: the seven fields are the identity
        }
    }
    createAll(admin, bindings);
    UserClient writer(authorizing, "writer"), plainWriter(plain, "writer");
    std::vector<std::string> values(100, std::string(1'000, 'x'));
    const auto batch = batchOf(values);
    std::vector<double> ratios, plainMs, authorizedMs;
    produceMany(plainWriter, batch);
    produceMany(writer, batch);
    for (int round = 0; round < kRounds; ++round) {
        plainMs.push_back(msOf([&] { produceMany(plainWriter, batch); }));
        authorizedMs.push_back(msOf([&] { produceMany(writer, batch); }));
        ratios.push_back(plainMs.back() / authorizedMs.back());
    }
    const auto listed = [&] {
        std::vector<double> times;
        for (int round = 0; round < 15; ++round) {
            times.push_back(msOf([&] { list(writer); }));
        }
        return bench::median(std::move(times));
    };
    const auto before = listed();
    std::vector<AclBinding> hot;
    for (int i = 0; i < kHot; ++i) {
        hot.push_back(binding(fmt::format("hot-{}", i), "*", Operation::Read));
    }
    createAll(admin, hot);
    fmt::print(R"({{"bench":"authorize","acls":{},"produce_ratio":{:.3f},"plain_ms":{:.1f},"authorized_ms":{:.1f},)"
               R"("list_500_ms":{:.2f},"list_500_with_{}_on_star_ms":{:.2f}}})"
               "\n",
               bindings.size(), bench::median(std::move(ratios)), bench::median(std::move(plainMs)),
               bench::median(std::move(authorizedMs)), before, kHot, listed());
    return 0;
}
