// SPDX-License-Identifier: Apache-2.0
#include <backbone/acl.h>
#include <backbone/topic_names.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <span>
#include <vector>

namespace meshbone::backbone {
namespace {

using enum Operation;

// What requests ask of each kind of resource (AclCommand's table): another operation is accepted and never asked for.
constexpr std::array kTopicOperations{Read, Write, Create, Delete, Describe, Alter, DescribeConfigs, AlterConfigs, All};
constexpr std::array kGroupOperations{Read, Describe, Delete, DescribeConfigs, AlterConfigs, All};
constexpr std::array kClusterOperations{Create,          ClusterAction, Describe,        Alter,
                                        DescribeConfigs, AlterConfigs,  IdempotentWrite, All};
constexpr std::array kTransactionOperations{Describe, Write, TwoPhaseCommit, All};
constexpr std::array kTokenOperations{Describe, All};
constexpr std::array kUserOperations{CreateTokens, DescribeTokens, All};

} // namespace

std::span<const Operation> operationsOf(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::Topic:
        return kTopicOperations;
    case ResourceKind::Group:
        return kGroupOperations;
    case ResourceKind::Cluster:
        return kClusterOperations;
    case ResourceKind::TransactionalId:
        return kTransactionOperations;
    case ResourceKind::DelegationToken:
        return kTokenOperations;
    case ResourceKind::User:
        return kUserOperations;
    default:
        return {};
    }
}

namespace {

std::string wrongOperation(const AclBinding& binding) {
    const auto fitting = operationsOf(binding.resourceKind);
    if (std::ranges::find(fitting, binding.operation) != fitting.end()) {
        return {};
    }
    std::vector<std::string_view> names;
    for (const auto operation : fitting) {
        names.push_back(name(operation));
    }
    return fmt::format("No request asks for {} on a {}. Use one of {}.", name(binding.operation),
                       name(binding.resourceKind), fmt::join(names, ", "));
}

// Java compares the text that InetAddress.getHostAddress gives: dotted IPv4, or IPv6 in eight groups without "::".
std::string addressAsJavaWritesIt(std::string_view host) {
    const std::string text(host);
    std::array<std::uint8_t, 16> bytes{};
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        std::array<char, INET_ADDRSTRLEN> out{};
        return ::inet_ntop(AF_INET, bytes.data(), out.data(), out.size());
    }
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) {
        return {};
    }
    std::vector<std::string> groups;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        groups.push_back(fmt::format("{:x}", bytes.at(i) << 8 | bytes.at(i + 1)));
    }
    return fmt::format("{}", fmt::join(groups, ":"));
}

std::string wrongHost(const std::string& host) {
    if (host == kAnyHost) {
        return {};
    }
    if (host.find('/') != std::string::npos) {
        return fmt::format("'{}' is a range of addresses, which is never matched. Use one address, or * for all.",
                           host);
    }
    const auto address = addressAsJavaWritesIt(host);
    if (address.empty()) {
        return fmt::format("'{}' is no IP address, and names are never looked up. Use an address, or * for all.", host);
    }
    return address == host ? std::string()
                           : fmt::format("An address is compared as text: write {} instead of {}.", address, host);
}

std::string wrongPrincipal(const std::string& principal) {
    const auto colon = principal.find(':');
    if (colon == std::string::npos || colon == 0) {
        return fmt::format("'{}' has no type. Write User:{}.", principal, principal.substr(colon == 0 ? 1 : 0));
    }
    if (colon + 1 == principal.size()) {
        return fmt::format("'{}' names nobody.", principal);
    }
    const auto type = principal.substr(0, colon);
    const auto isUser =
        std::ranges::equal(type, std::string_view("user"), [](char a, char b) { return (a | 0x20) == b; });
    return isUser && type != "User" ? fmt::format("A type is compared by case: write User:{} instead of {}.",
                                                  principal.substr(colon + 1), principal)
                                    : std::string();
}

std::string wrongResource(const AclBinding& binding) {
    if (binding.resource.empty()) {
        return "The resource has no name. Use * for all.";
    }
    const bool literal = binding.pattern == PatternType::Literal;
    switch (binding.resourceKind) {
    case ResourceKind::Cluster:
        return binding.resource == kClusterName || (!literal && kClusterName.starts_with(binding.resource)) ||
                       (literal && binding.resource == kAnyResource)
                   ? std::string()
                   : fmt::format("The cluster's name in ACLs is {}.", kClusterName);
    case ResourceKind::Topic:
        if (literal && binding.resource == kAnyResource) {
            return {};
        }
        if (binding.resource.size() > kTopicNameMaxBytes ||
            !std::ranges::all_of(binding.resource, isTopicNameCharacter) ||
            (literal && (binding.resource == "." || binding.resource == ".."))) {
            return binding.resource == kAnyResource
                       ? std::string("A prefix of * matches names that begin with a star, and no topic can. "
                                     "Use the literal * for all topics.")
                       : fmt::format("No topic can be named '{}': 1 to 249 letters, digits, '.', '_' and '-'.",
                                     binding.resource);
        }
        return {};
    default:
        return {};
    }
}

} // namespace

std::string whyNeverMatches(const AclBinding& binding) {
    if (binding.pattern != PatternType::Literal && binding.pattern != PatternType::Prefixed) {
        return "A pattern is literal or a prefix.";
    }
    if (binding.permission != Permission::Allow && binding.permission != Permission::Deny) {
        return "A permission is ALLOW or DENY.";
    }
    auto finding = wrongResource(binding);
    finding = finding.empty() ? wrongOperation(binding) : std::move(finding);
    finding = finding.empty() ? wrongPrincipal(binding.principal) : std::move(finding);
    return finding.empty() ? wrongHost(binding.host) : finding;
}

} // namespace meshbone::backbone
