// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_asking.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using backbone::AclBinding;

AclBinding everybody(const char* topic, backbone::Operation operation) {
    return {backbone::ResourceKind::Topic,        backbone::PatternType::Literal,  topic,
            std::string(backbone::kAnyPrincipal), std::string(backbone::kAnyHost), operation,
            backbone::Permission::Allow};
}

} // namespace

std::vector<AclBinding> askingBindings() {
    return {everybody("_meshbone.ledger", backbone::Operation::Read),
            everybody("_meshbone.requests", backbone::Operation::Write)};
}

bool isForAsking(const AclBinding& binding) {
    return std::ranges::count(askingBindings(), binding) > 0;
}

} // namespace meshbone::catalog
