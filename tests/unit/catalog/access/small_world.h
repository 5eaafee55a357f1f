// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl_table.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace meshbone::test {

/// Bindings and requests of a world so small that everything meets everything.
class SmallWorld {
public:
    explicit SmallWorld(std::uint64_t seed)
        : m_random(seed) {}

    std::vector<std::string> names{"a", "a.b", "a.c", "b", "*"};
    std::vector<std::string> principals{"User:a", "User:b", "User:*"};
    std::vector<std::string> hosts{"*", "*", "1.1.1.1"};
    std::vector<backbone::Operation> operations{backbone::Operation::Read, backbone::Operation::Write,
                                                backbone::Operation::Describe, backbone::Operation::All};
    std::vector<backbone::ResourceKind> kinds{backbone::ResourceKind::Topic, backbone::ResourceKind::Topic,
                                              backbone::ResourceKind::Group};

    std::uint64_t below(std::uint64_t bound) { return m_random() % bound; }
    template <class List>
    const auto& anyOf(const List& list) {
        return list[m_random() % list.size()];
    }
    backbone::AclBinding binding() {
        using namespace backbone;
        return {anyOf(kinds),
                below(2) == 0 ? PatternType::Literal : PatternType::Prefixed,
                anyOf(names),
                anyOf(principals),
                anyOf(hosts),
                anyOf(operations),
                below(4) == 0 ? Permission::Deny : Permission::Allow};
    }
    std::vector<backbone::AclBinding> bindings(std::size_t count) {
        std::vector<backbone::AclBinding> all;
        for (std::size_t i = 0; i < count; ++i) {
            all.push_back(binding());
        }
        return all;
    }
    /// Calls visit(request) for each request that the world knows.
    template <class Visit>
    void forEachRequest(Visit visit) const {
        for (const auto kind : {backbone::ResourceKind::Topic, backbone::ResourceKind::Group}) {
            for (const auto& name : names) {
                for (const auto* principal : {"User:a", "User:b", "User:c"}) {
                    for (const auto* host : {"1.1.1.1", "2.2.2.2"}) {
                        for (const auto operation : operations) {
                            if (name != "*" && operation != backbone::Operation::All) {
                                visit(backbone::AclRequest{principal, host, operation, kind, name});
                            }
                        }
                    }
                }
            }
        }
    }
    static backbone::AclTable tableOf(const std::set<backbone::AclBinding>& bindings, backbone::AclRules rules = {}) {
        backbone::AclTable table(std::move(rules));
        for (const auto& one : bindings) {
            table.add(one);
        }
        return table;
    }

private:
    std::mt19937_64 m_random;
};

} // namespace meshbone::test
