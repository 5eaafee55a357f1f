// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>
#include <catalog/access_plan.h>
#include <catalog/catalog.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace meshbone::catalog {

/// When bindings end; -1: not at all.
using AclEnds = std::map<backbone::AclBinding, TimestampMs>;

struct EnforcerOptions {
    /// Who changes the ACLs, as the backbone sees them: a plan that would take this one's rights is refused.
    std::string principal, host;
    std::string ledgerTopic = "_meshbone.ledger";
    std::chrono::milliseconds every{30'000};      ///< looks again, whatever is said
    std::chrono::milliseconds retryAfter{1'000};  ///< after a failure; doubles up to `every`
    std::chrono::milliseconds callTimeout{5'000}; ///< of one call to the backbone or the ledger
    std::function<TimestampMs()> nowMs;           ///< empty: the system's clock
    /// What bindings don't show, asked on its thread before something is removed: whom a plan locks out depends on it.
    /// May be empty: nothing is known.
    std::function<backbone::AclRules(const CallOptions& call)> rules;
    /// Told the ends of what is wanted after each round; for a backbone that keeps them by itself. May be empty.
    std::function<void(const AclEnds& ends)> tellEnds;
};

enum class EnforcerMode : std::uint8_t {
    Idle,    ///< everything is as agreed
    Working, ///< something is being changed
    Waiting, ///< for what `reason` says; tried again by itself
};
struct EnforcerStatus {
    EnforcerMode mode = EnforcerMode::Working;
    std::string reason;                         ///< a sentence; of Waiting
    TimestampMs agreedMs = -1;                  ///< when everything was last seen to be as agreed
    std::int64_t ledgerOffset = -1;             ///< of the last entry that was looked at
    std::vector<backbone::AclBinding> flapping; ///< somebody keeps changing these back; they are left alone
};

/// Makes a backbone's ACLs agree with the grants of the ledger, and reports to the ledger what became of each. It looks
/// at what is wanted and what is there, never at what it did before, so it may be killed at any step and several may
/// run. It removes only what the ledger says is ours. Owned by app; thread-safe; thread of its own: "mb-enforcer".
class Enforcer {
public:
    virtual ~Enforcer() = default; ///< finishes the call that is under way
    /// Both are borrowed and must outlive it. The catalog's author must be an enforcer; otherwise nothing is changed.
    static std::unique_ptr<Enforcer> start(Catalog& catalog, backbone::AccessAdmin& access, EnforcerOptions options);

    [[nodiscard]] virtual EnforcerStatus status() const = 0;
    virtual Subscription onChanged(std::function<void()> changed) = 0;
    /// Looks at once, instead of when the ledger changes or time has passed.
    virtual void wake() = 0;
};

} // namespace meshbone::catalog
