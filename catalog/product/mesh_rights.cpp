// SPDX-License-Identifier: Apache-2.0
#include "product/mesh_rights.h"

#include "product/access_rights.h"
#include "product/access_views.h"
#include "product/names.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

struct Rights {
    const Case& at;

    Status operator()(const PutPerson& command) const {
        return command.id == at.author ? Status{} : needAdmin(at, "enrol somebody or change them");
    }
    Status operator()(const PutTeam& command) const {
        return at.mesh.teams.find(command.id) == nullptr ? Status{} : needTeam(at, command.id, "change the team");
    }
    Status operator()(const PutDomain& command) const { return domain(command.id, "put this domain"); }
    Status operator()(const RemoveDomain& command) const { return domain(command.id, "remove this domain"); }
    Status operator()(const PutProduct& command) const {
        if (at.mesh.products.find(command.id) == nullptr) {
            return domain(command.domain, "make a product in this domain");
        }
        return product(command.id, "change this product");
    }
    Status operator()(const RemoveProduct& command) const { return product(command.id, "remove this product"); }
    Status operator()(const PutPort& command) const {
        const bool claims = command.port.direction == PortDirection::Output &&
                            at.mesh.outputs.find(command.port.topic) == nullptr &&
                            at.mesh.topicClasses.find(command.port.topic) != nullptr;
        return claims ? needAdmin(at, "make a classified topic a product's")
                      : product(command.product, "change this product's ports");
    }
    Status operator()(const RemovePort& command) const {
        return product(command.product, "change this product's ports");
    }
    Status operator()(const DescribeTopic& command) const { return topic(command.topic, "describe this topic"); }
    Status operator()(const PutContract& command) const { return contract(command.product, command.subject); }
    Status operator()(const RemoveContract& command) const { return contract(command.product, command.subject); }
    /// What was done on the backbone is recorded by whoever did it; on access the deciders say who may.
    template <class Other>
    Status operator()(const Other&) const {
        return {};
    }

private:
    [[nodiscard]] Status topic(const std::string& name, std::string_view doing) const {
        const std::string owner = ownerOfTopic(at.mesh, name);
        return owner.empty() ? Status{} : needTeam(at, owner, doing);
    }
    [[nodiscard]] Status contract(bool ofProduct, const std::string& subject) const {
        return ofProduct ? product(subject, "change this product's contract")
                         : topic(subject, "change this topic's contract");
    }
    [[nodiscard]] Status domain(const std::string& id, std::string_view doing) const {
        const Domain* found = at.mesh.domains.find(id);
        return needTeam(at, found == nullptr ? std::string() : found->owner, doing);
    }
    /// Its owner, or its domain's. One that isn't there is nobody's, and the decider says that it isn't there.
    [[nodiscard]] Status product(const std::string& id, std::string_view doing) const {
        const Product* found = at.mesh.products.find(id);
        if (found == nullptr) {
            return {};
        }
        const bool ofDomain = domain(found->domain, doing).has_value();
        return ofDomain ? Status{} : needTeam(at, found->owner, doing);
    }
};

} // namespace

Status mayChangeMesh(const Command& command, const Case& at) {
    const bool open = at.isTrial() || rolesIn(at.mesh).admins.empty();
    return open ? Status{} : std::visit(Rights{at}, command);
}

} // namespace meshbone::catalog
