// SPDX-License-Identifier: Apache-2.0
#include "product/about.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// Gathers what commands and effects are about.
struct Gatherer {
    const Mesh& before;
    std::vector<About>& found;

    void add(About::Kind kind, const std::string& name) const { found.push_back({kind, name}); }
    void part(const std::string& product) const {
        if (!product.empty()) {
            add(About::Kind::Part, product);
        }
    }
    void pattern(backbone::PatternType type, const std::string& name) const {
        if (type == backbone::PatternType::Prefixed) {
            add(About::Kind::Prefix, name);
        } else if (name == backbone::kAnyResource) {
            add(About::Kind::Prefix, {});
        } else {
            add(About::Kind::Topic, name);
        }
    }
    void scope(const AccessScope& scope) const {
        for (const auto* patterns : {&scope.reads, &scope.writes}) {
            for (const NamePattern& one : *patterns) {
                pattern(one.pattern, one.name);
            }
        }
    }
    void request(const std::string& id) const {
        if (const AccessRequest* there = before.requests.find(id)) {
            (*this)(*there);
        }
    }
    void grant(const std::string& id) const {
        if (const Grant* there = before.grants.find(id)) {
            (*this)(*there);
        }
    }
    void policy(const Policy& policy) const {
        if (policy.reach == PolicyReach::Product) {
            add(About::Kind::Product, policy.subject);
        } else if (policy.reach == PolicyReach::Topic) {
            const bool prefix = policy.subject.ends_with('*');
            add(prefix ? About::Kind::Prefix : About::Kind::Topic,
                policy.subject.substr(0, policy.subject.size() - (prefix ? 1 : 0)));
        }
    }
    void port(const std::string& product, PortDirection direction, const std::string& topic) const {
        add(About::Kind::Part, product);
        add(direction == PortDirection::Output ? About::Kind::Offer : About::Kind::Topic, topic);
    }
    void contract(bool ofProduct, const std::string& subject) const {
        add(ofProduct ? About::Kind::Product : About::Kind::Topic, subject);
    }
    void binding(const backbone::AclBinding& binding) const {
        if (binding.resourceKind == backbone::ResourceKind::Topic) {
            pattern(binding.pattern, binding.resource);
        }
    }
    void campaign(const std::string& id) const {
        if (const Campaign* there = before.campaigns.find(id)) {
            part(there->product);
        }
    }

    // Commands.
    void operator()(const PutProduct& c) const { add(About::Kind::Product, c.id); }
    void operator()(const RemoveProduct& c) const { add(About::Kind::Product, c.id); }
    void operator()(const PutPort& c) const { port(c.product, c.port.direction, c.port.topic); }
    void operator()(const RemovePort& c) const { port(c.product, c.direction, c.topic); }
    void operator()(const DescribeTopic& c) const { add(About::Kind::Topic, c.topic); }
    void operator()(const RecordAct& c) const {
        if (c.act.starts_with("topic.") || c.act.starts_with("replay.")) {
            add(About::Kind::Topic, c.subject);
        }
    }
    void operator()(const Classify& c) const { add(c.product ? About::Kind::Product : About::Kind::Topic, c.subject); }
    void operator()(const PutContract& c) const { contract(c.product, c.subject); }
    void operator()(const RemoveContract& c) const { contract(c.product, c.subject); }
    void operator()(const PutPolicy& c) const { policy(c.policy); }
    void operator()(const RemovePolicy& c) const {
        if (const Policy* there = before.policies.find(c.id)) {
            policy(*there);
        }
    }
    void operator()(const SubmitRequest& c) const {
        scope(c.scope);
        part(c.product);
    }
    void operator()(const AmendRequest& c) const {
        scope(c.scope);
        request(c.id);
    }
    void operator()(const ApproveRequest& c) const {
        scope(c.scope);
        request(c.id);
    }
    void operator()(const CommentRequest& c) const { request(c.id); }
    void operator()(const WithdrawRequest& c) const { request(c.id); }
    void operator()(const ReopenRequest& c) const { request(c.id); }
    void operator()(const DeclineRequest& c) const { request(c.id); }
    void operator()(const RenewGrant& c) const { grant(c.id); }
    void operator()(const ShortenGrant& c) const { grant(c.id); }
    void operator()(const RevokeGrant& c) const { grant(c.id); }
    void operator()(const RestoreGrant& c) const { grant(c.id); }
    void operator()(const ReportGrant& c) const { grant(c.id); }
    void operator()(const MarkBinding& c) const { binding(c.binding); }
    void operator()(const RetryBinding& c) const { binding(c.binding); }
    void operator()(const OpenCampaign& c) const { part(c.product); }
    void operator()(const AnswerCampaign& c) const {
        campaign(c.id);
        grant(c.grant);
    }
    void operator()(const CloseCampaign& c) const { campaign(c.id); }

    // Effects on things that the command may not name: the grants of a principal that was disabled.
    void operator()(const AccessRequest& request) const {
        scope(request.scope);
        part(request.product);
    }
    void operator()(const Grant& grant) const {
        scope(grant.scope);
        part(grant.product);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

} // namespace

std::vector<About> aboutOf(const Mesh& before, const Command& command, const std::vector<Effect>& effects) {
    std::vector<About> found;
    const Gatherer gather{before, found};
    std::visit(gather, command);
    for (const Effect& effect : effects) {
        std::visit(gather, effect);
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace meshbone::catalog
