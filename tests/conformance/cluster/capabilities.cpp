// SPDX-License-Identifier: Apache-2.0
// capabilities <kafka.json>: what is said of Apache Kafka as its administrator, and as a user who may do nothing, by
// password and by certificate. Status 77 where there is no Kafka.
#include "../kafka_program.h"
#include <backbone/capabilities.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

using namespace meshbone;
using namespace meshbone::backbone;

int failures = 0;

void expect(bool holds, const std::string& what) {
    fmt::print("{} {}\n", holds ? "ok" : "WRONG", what);
    failures += holds ? 0 : 1;
}

Profile profileOf(const nlohmann::json& kafka, const std::string& user, const std::string& password) {
    Profile profile;
    profile.bootstrap = kafka.at("bootstrap");
    profile.securityProtocol = "SASL_PLAINTEXT";
    profile.saslMechanism = "SCRAM-SHA-512";
    profile.user = user;
    profile.password = password;
    return profile;
}

Capabilities probe(const Profile& profile) {
    auto found = probeCapabilities(profile, {});
    if (!found) {
        throw std::runtime_error(found.error().message);
    }
    return std::move(*found);
}

void expectAll(const Capabilities& found, const std::string& who) {
    expect(std::ranges::all_of(found.brokers, &BrokerCheck::answered) && !found.brokers.empty(),
           who + ": every broker answers");
    for (const auto& check : found.features) {
        expect(check.available, fmt::format("{}: {}: {}", who, featureName(check.feature), check.sentence));
    }
}

void expectRefused(const Capabilities& found, Feature feature, const std::string& right) {
    const auto why = found.whyNot(feature);
    expect(found.find(feature)->offered && why.find(right) != std::string::npos,
           fmt::format("nobody: {}: {}", featureName(feature), why));
}

int run(const std::filesystem::path& state) {
    const auto kafka = nlohmann::json::parse(std::ifstream(state));
    expectAll(probe(profileOf(kafka, kafka.at("user"), kafka.at("password"))), "admin");

    const auto& tls = kafka.at("listeners").at("SSL");
    Profile certified;
    certified.bootstrap = tls.at("bootstrap");
    certified.securityProtocol = "SSL";
    certified.caFile = tls.at("ca");
    certified.certificateFile = tls.at("certificate");
    certified.keyFile = tls.at("key");
    const auto byCertificate = probe(certified);
    expectAll(byCertificate, "admin by certificate");
    expect(byCertificate.principal.empty(), "the principal of a certificate is not made up");

    const auto nobody = probe(profileOf(kafka, "nobody", "nothing"));
    expect(nobody.principal == "User:nobody" && nobody.rights && nobody.rights->empty(), "nobody has no right");
    expectRefused(nobody, Feature::ReadAcls, "DESCRIBE");
    expectRefused(nobody, Feature::AlterAcls, "ALTER");
    expectRefused(nobody, Feature::Quotas, "DESCRIBE_CONFIGS");
    expectRefused(nobody, Feature::ScramUsers, "DESCRIBE");

    const auto wrong = probeCapabilities(profileOf(kafka, "nobody", "something"), {});
    expect(!wrong && wrong.error().code == ErrorCode::PermissionDenied, "a wrong password is told as one");
    return failures == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    return meshbone::conformance::onKafka(argc, argv, run);
}
