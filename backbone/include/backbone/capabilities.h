// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/client.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

// What a cluster can do, found out from its answers and never from its name: which APIs its brokers serve, what its
// calls that only read answer to this user, and which rights it says that the user has.

/// What a cluster may lack, or not let this user do.
enum class Feature : std::uint8_t { ReadAcls, AlterAcls, TopicConfigs, Transactions, Quotas, ScramUsers };
inline constexpr std::size_t kFeatures = 6;
/// "access control lists can be read", "quotas": the stable name in JSON is featureName().
std::string_view featureTitle(Feature feature);
std::string_view featureName(Feature feature); ///< "read_acls"

struct FeatureCheck {
    Feature feature = Feature::ReadAcls;
    bool offered = false;   ///< by the cluster, to whomever it lets
    bool available = false; ///< to this user, as far as it can be told without changing anything
    std::string sentence;   ///< what was found, or what is missing and what to do about it
};

struct BrokerCheck {
    NodeInfo node;
    bool answered = false; ///< it was reached, and let this user in
    std::string sentence;  ///< why not, or how many APIs it serves
};

/// What was found. Value type.
struct Capabilities {
    std::string clusterId;
    std::string principal;                        ///< "User:alice"; empty where only the cluster's rules know it
    std::string whoSentence;                      ///< as whom this client is known there
    std::optional<std::vector<Operation>> rights; ///< on the cluster itself; none: the cluster doesn't tell
    std::vector<BrokerCheck> brokers;             ///< by id
    std::vector<FeatureCheck> features;           ///< each once, in the order of the enumeration

    [[nodiscard]] const FeatureCheck* find(Feature feature) const; ///< null: not looked for
    /// Empty where it is available, or was not looked for.
    [[nodiscard]] std::string whyNot(Feature feature) const;
};

/// Connects to every broker that the cluster names and tries what it offers, with calls that only read. Fails as a
/// whole where no broker could be reached or none lets this user in (the error says which and why); a broker that is
/// away, or a right that is missing, is a line of the answer. Asks each broker for up to 5 s. Blocks up to the
/// deadline.
Result<Capabilities> probeCapabilities(const Profile& profile, const CallOptions& options);

} // namespace meshbone::backbone
