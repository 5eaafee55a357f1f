// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/types.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace meshbone::backbone {

/// What one request asks: may this principal, from this address, do this to that?
struct AclRequest {
    std::string_view principal; ///< "User:alice"
    std::string_view host;      ///< textual IP address
    Operation operation = Operation::Read;
    ResourceKind resourceKind = ResourceKind::Topic;
    std::string_view resource;
};

/// What was decided, and by what.
struct AclDecision {
    enum class Reason : std::uint8_t {
        SuperUser,    ///< nothing else was asked
        NoneForIt,    ///< no binding matches the resource, for anybody: the setting decides
        Denied,       ///< `by` denies, whatever else allows
        Allowed,      ///< `by` allows
        NothingAllows ///< bindings match the resource, none allows this
    };
    bool allowed = false;
    Reason reason = Reason::NothingAllows;
    const AclBinding* by = nullptr; ///< valid until the table changes; null where no binding decided
};

/// What stands beside the bindings in a broker's configuration.
struct AclRules {
    std::set<std::string, std::less<>> superUsers; ///< `super.users`
    bool allowIfNone = false;                      ///< `allow.everyone.if.no.acl.found`
};

/// Access control lists and what Kafka's StandardAuthorizer decides by them. A decision costs a few hash lookups,
/// however many bindings stand on one pattern: they are found by pattern, then by principal.
/// Const functions from any threads at once, changes from one thread while nobody reads.
class AclTable {
public:
    explicit AclTable(AclRules rules = {});
    AclTable(AclTable&&) noexcept;
    AclTable& operator=(AclTable&&) noexcept;
    ~AclTable();

    /// False when it was there already (then its end becomes the new one). From `untilMs` on it decides nothing more;
    /// -1: no end. Kafka knows no ends; our broker does.
    bool add(const AclBinding& binding, TimestampMs untilMs = -1);
    bool remove(const AclBinding& binding); ///< false when it was not there
    void setRules(AclRules rules);
    [[nodiscard]] const AclRules& rules() const;

    [[nodiscard]] AclDecision decide(const AclRequest& request, TimestampMs nowMs = -1) const;
    /// Visits the bindings that `decide` weighs: the principal's and everybody's that concern the request, in no order.
    void forEachConcerning(const AclRequest& request, TimestampMs nowMs,
                           const std::function<void(const AclBinding&)>& visit) const;
    /// May the principal do this to some resource of the kind? What Kafka asks for an idempotent producer's id
    /// (authorizeByResourceType).
    [[nodiscard]] bool allowedOnSome(std::string_view principal, std::string_view host, Operation operation,
                                     ResourceKind kind, TimestampMs nowMs = -1) const;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] const std::map<AclBinding, TimestampMs>& bindings() const; ///< with their ends, sorted
    [[nodiscard]] std::vector<AclBinding> matching(const AclFilter& filter) const;
    /// The bindings whose pattern covers the resource, of all principals.
    [[nodiscard]] std::vector<const AclBinding*> covering(ResourceKind kind, std::string_view resource) const;
    /// Those of them that name this principal; User:* is a principal like another here.
    [[nodiscard]] std::vector<const AclBinding*> covering(ResourceKind kind, std::string_view resource,
                                                          std::string_view principal) const;
    /// Is there one at all? The same without a list.
    [[nodiscard]] bool isCovered(ResourceKind kind, std::string_view resource) const;
    [[nodiscard]] bool isCovered(ResourceKind kind, std::string_view resource, std::string_view principal) const;
    /// All bindings that name the principal; User:* is a principal like another here.
    [[nodiscard]] std::vector<const AclBinding*> of(std::string_view principal) const;

private:
    struct Indexes;
    std::unique_ptr<Indexes> m_indexes;
};

/// Does a binding's operation concern a request's? ALLOW of READ, WRITE, DELETE or ALTER includes DESCRIBE, ALLOW of
/// ALTER_CONFIGS includes DESCRIBE_CONFIGS; DENY includes nothing.
bool concerns(const AclBinding& binding, Operation asked);
constexpr bool concerns(Permission permission, Operation has, Operation asked) {
    using enum Operation;
    if (has == asked || has == All) {
        return true;
    }
    const bool isImplied = (asked == Describe && (has == Read || has == Write || has == Delete || has == Alter)) ||
                           (asked == DescribeConfigs && has == AlterConfigs);
    return permission == Permission::Allow && isImplied;
}

} // namespace meshbone::backbone
