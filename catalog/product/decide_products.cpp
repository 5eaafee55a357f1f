// SPDX-License-Identifier: Apache-2.0
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace meshbone::catalog {
namespace {

Status checkOwner(const Mesh& mesh, const std::string& owner) {
    if (mesh.teams.find(owner) == nullptr) {
        return fail(ErrorCode::NotFound, fmt::format("There is no team '{}' to be the owner; create the team first.",
                                                     isUtf8(owner) ? clipped(owner) : "…"));
    }
    return {};
}

/// One output port per topic in the whole mesh: a topic has one product, one owner.
Status checkOutputIsFree(const Mesh& mesh, const PutPort& command) {
    const std::string* offeredBy = mesh.outputs.find(command.port.topic);
    if (command.port.direction == PortDirection::Output && offeredBy && *offeredBy != command.product) {
        return fail(ErrorCode::AlreadyExists,
                    fmt::format("Topic '{}' is an output port of product '{}' already; a topic belongs to one product.",
                                command.port.topic, *offeredBy));
    }
    return {};
}

auto portOrder(const Port& port) {
    return std::tie(port.direction, port.topic);
}

/// Where the port is, or where it would be inserted.
std::vector<Port>::iterator portPlace(std::vector<Port>& ports, PortDirection direction, const std::string& topic) {
    return std::ranges::lower_bound(ports, std::tie(direction, topic), {}, portOrder);
}
bool isPort(const std::vector<Port>& ports, std::vector<Port>::const_iterator place, PortDirection direction,
            const std::string& topic) {
    return place != ports.end() && portOrder(*place) == std::tie(direction, topic);
}

Decision changed(const Product& before, Product after, const Case& at) {
    after.revision = at.revision;
    auto changes = changesBetween(fieldsOf(&before), fieldsOf(&after));
    return Decision{{std::move(after)}, std::move(changes)};
}

} // namespace

Result<Decision> decideOne(const PutDomain& command, const Case& at) {
    const Domain* old = at.mesh.domains.find(command.id);
    if (auto checked = firstError({checkSlug("domain", command.id), checkName("domain", command.name),
                                   checkText("description", command.description),
                                   checkRevision(Kind::Domain, command.id, at, old ? old->revision : 0),
                                   checkOwner(at.mesh, command.owner)});
        !checked) {
        return std::unexpected(checked.error());
    }
    Domain domain{command.id,    command.name, command.description,
                  command.owner, at.revision,  old ? old->created : at.revision};
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&domain));
    return Decision{{std::move(domain)}, std::move(changes)};
}

Result<Decision> decideOne(const RemoveDomain& command, const Case& at) {
    const Domain* old = at.mesh.domains.find(command.id);
    if (auto checked = firstError(
            {checkSlug("domain", command.id), checkRevision(Kind::Domain, command.id, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return notThere(Kind::Domain, command.id);
    }
    const auto& products = at.mesh.products.items();
    const auto inDomain = [&](const auto& item) { return item.second->domain == command.id; };
    if (const auto count = std::ranges::count_if(products, inDomain); count > 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The domain '{}' still has {} product{} ('{}'{}); move or remove them first.",
                                command.id, count, count == 1 ? "" : "s",
                                std::ranges::find_if(products, inDomain)->first, count == 1 ? "" : ", …"));
    }
    return Decision{{Removed{Kind::Domain, command.id}}, changesBetween(fieldsOf(old), {})};
}

Result<Decision> decideOne(const PutProduct& command, const Case& at) {
    const Product* old = at.mesh.products.find(command.id);
    if (auto checked = firstError({checkSlug("product", command.id), checkName("product", command.name),
                                   checkText("description", command.description),
                                   checkRevision(Kind::Product, command.id, at, old ? old->revision : 0),
                                   checkSlug("domain", command.domain), checkOwner(at.mesh, command.owner)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (at.mesh.domains.find(command.domain) == nullptr) {
        return notThere(Kind::Domain, command.domain);
    }
    Product product{command.id,     command.name,  command.description,
                    command.domain, command.owner, old ? old->ports : std::vector<Port>{},
                    at.revision};
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&product));
    return Decision{{std::move(product)}, std::move(changes)};
}

Result<Decision> decideOne(const RemoveProduct& command, const Case& at) {
    const Product* old = at.mesh.products.find(command.id);
    if (auto checked = firstError(
            {checkSlug("product", command.id), checkRevision(Kind::Product, command.id, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return notThere(Kind::Product, command.id);
    }
    if (at.mesh.productContracts.find(command.id) != nullptr) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The product '{}' still has a contract; remove that first.", command.id));
    }
    return Decision{{Removed{Kind::Product, command.id}}, changesBetween(fieldsOf(old), {})};
}

Result<Decision> decideOne(const PutPort& command, const Case& at) {
    const Product* old = at.mesh.products.find(command.product);
    const Port& port = command.port;
    if (auto checked = firstError({checkSlug("product", command.product), checkProductTopic(port.topic),
                                   checkText("description", port.description),
                                   checkRevision(Kind::Product, command.product, at, old ? old->revision : 0),
                                   checkOutputIsFree(at.mesh, command)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return notThere(Kind::Product, command.product);
    }
    Product product = *old;
    const auto place = portPlace(product.ports, port.direction, port.topic);
    if (isPort(product.ports, place, port.direction, port.topic)) {
        *place = port;
    } else if (product.ports.size() >= kMaxPorts) {
        return fail(ErrorCode::Exhausted, fmt::format("Product '{}' has {} ports already.", product.id, kMaxPorts));
    } else {
        product.ports.insert(place, port);
    }
    return changed(*old, std::move(product), at);
}

Result<Decision> decideOne(const RemovePort& command, const Case& at) {
    const Product* old = at.mesh.products.find(command.product);
    if (auto checked = firstError({checkSlug("product", command.product), checkTopicName(command.topic),
                                   checkRevision(Kind::Product, command.product, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return notThere(Kind::Product, command.product);
    }
    Product product = *old;
    const auto place = portPlace(product.ports, command.direction, command.topic);
    if (!isPort(product.ports, place, command.direction, command.topic)) {
        return fail(ErrorCode::NotFound, fmt::format("Product '{}' has no port '{}'.", product.id,
                                                     portField(command.direction, command.topic)));
    }
    product.ports.erase(place);
    return changed(*old, std::move(product), at);
}

} // namespace meshbone::catalog
