// SPDX-License-Identifier: Apache-2.0
#include <backbone/acl.h>

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

template <class Field>
bool fits(const std::optional<Field>& wanted, const Field& value) {
    return !wanted || *wanted == value;
}

bool resourceFits(const AclFilter& filter, const AclBinding& binding) {
    if (filter.resourceKind != ResourceKind::Any && filter.resourceKind != binding.resourceKind) {
        return false;
    }
    const bool anyPattern = filter.pattern == PatternType::Any || filter.pattern == PatternType::Match;
    if (!anyPattern && filter.pattern != binding.pattern) {
        return false;
    }
    if (!filter.resource) {
        return true;
    }
    return filter.pattern == PatternType::Match ? patternCovers(binding.pattern, binding.resource, *filter.resource)
                                                : *filter.resource == binding.resource;
}

std::string_view word(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::Topic:
        return "topic";
    case ResourceKind::Group:
        return "group";
    case ResourceKind::TransactionalId:
        return "transactional id";
    case ResourceKind::DelegationToken:
        return "delegation token";
    case ResourceKind::User:
        return "user";
    default:
        return "cluster";
    }
}

std::string resourceWords(const AclBinding& binding) {
    if (binding.resourceKind == ResourceKind::Cluster) {
        return "the cluster";
    }
    const auto kind = word(binding.resourceKind);
    if (binding.pattern == PatternType::Prefixed) {
        return fmt::format("every {} that begins with '{}'", kind, binding.resource);
    }
    return binding.resource == kAnyResource ? fmt::format("every {}", kind)
                                            : fmt::format("{} '{}'", kind, binding.resource);
}

} // namespace

bool patternCovers(PatternType pattern, std::string_view patternName, std::string_view resource) {
    switch (pattern) {
    case PatternType::Literal:
        return patternName == resource || patternName == kAnyResource;
    case PatternType::Prefixed:
        return resource.starts_with(patternName);
    default:
        return false;
    }
}

bool AclFilter::matches(const AclBinding& binding) const {
    return resourceFits(*this, binding) && fits(principal, binding.principal) && fits(host, binding.host) &&
           (operation == Operation::Any || operation == binding.operation) &&
           (permission == Permission::Any || permission == binding.permission);
}

AclFilter AclFilter::exactly(const AclBinding& binding) {
    return {binding.resourceKind, binding.pattern,   binding.resource,  binding.principal,
            binding.host,         binding.operation, binding.permission};
}

std::string describe(const AclBinding& binding) {
    const auto who = binding.principal == kAnyPrincipal ? std::string("everybody") : binding.principal;
    const auto from = binding.host == kAnyHost ? std::string() : fmt::format(" from {}", binding.host);
    return fmt::format("{} {} on {} for {}{}", name(binding.permission), name(binding.operation),
                       resourceWords(binding), who, from);
}

} // namespace meshbone::backbone
