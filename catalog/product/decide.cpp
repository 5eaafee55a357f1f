// SPDX-License-Identifier: Apache-2.0
#include "product/decide.h"

#include "product/decide_parts.h"
#include "product/names.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

struct ActNames {
    std::string operator()(const PutPerson&) const { return "person.put"; }
    std::string operator()(const PutTeam&) const { return "team.put"; }
    std::string operator()(const PutDomain&) const { return "domain.put"; }
    std::string operator()(const RemoveDomain&) const { return "domain.remove"; }
    std::string operator()(const PutProduct&) const { return "product.put"; }
    std::string operator()(const RemoveProduct&) const { return "product.remove"; }
    std::string operator()(const PutPort&) const { return "port.put"; }
    std::string operator()(const RemovePort&) const { return "port.remove"; }
    std::string operator()(const DescribeTopic&) const { return "topic.describe"; }
    std::string operator()(const RecordAct&) const { return "act.record"; }
};

struct Subjects {
    std::string operator()(const PutPort& command) const { return command.product; }
    std::string operator()(const RemovePort& command) const { return command.product; }
    std::string operator()(const DescribeTopic& command) const { return command.topic; }
    std::string operator()(const RecordAct& command) const { return command.subject; }
    template <class T>
    std::string operator()(const T& command) const {
        return command.id;
    }
};

struct Kinds {
    std::optional<Kind> operator()(const PutPerson&) const { return Kind::Person; }
    std::optional<Kind> operator()(const PutTeam&) const { return Kind::Team; }
    std::optional<Kind> operator()(const PutDomain&) const { return Kind::Domain; }
    std::optional<Kind> operator()(const RemoveDomain&) const { return Kind::Domain; }
    std::optional<Kind> operator()(const DescribeTopic&) const { return Kind::Topic; }
    std::optional<Kind> operator()(const RecordAct&) const { return std::nullopt; }
    template <class T>
    std::optional<Kind> operator()(const T&) const {
        return Kind::Product;
    }
};

} // namespace

std::string actOf(const Command& command) {
    return std::visit(ActNames{}, command);
}
std::string subjectOf(const Command& command) {
    return std::visit(Subjects{}, command);
}
std::optional<Kind> kindOf(const Command& command) {
    return std::visit(Kinds{}, command);
}

Result<Decision> decide(const Command& command, const Case& at) {
    return std::visit([&](const auto& one) { return decideOne(one, at); }, command);
}

Status checkRevision(Kind kind, std::string_view id, const Case& at, std::int64_t current) {
    if (!at.expected || *at.expected == current) {
        return {};
    }
    if (current == 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The {} '{}' was removed after you looked at it.", kindName(kind), clipped(id)));
    }
    if (*at.expected == 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("There is already a {} '{}'; choose another id, or change that one.", kindName(kind),
                                clipped(id)));
    }
    return fail(ErrorCode::Conflict,
                fmt::format("The {} '{}' was changed by entry {} after you looked at it; look again, then repeat the "
                            "change.",
                            kindName(kind), clipped(id), entryOfRevision(current)));
}

std::unexpected<Error> notThere(Kind kind, std::string_view id) {
    return fail(ErrorCode::NotFound, fmt::format("There is no {} '{}'.", kindName(kind), clipped(id)));
}

Status firstError(std::initializer_list<Status> checks) {
    for (const Status& check : checks) {
        if (!check) {
            return check;
        }
    }
    return {};
}

} // namespace meshbone::catalog
