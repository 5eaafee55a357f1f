// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace meshbone::testing {

/// Access control lists and users in memory; fails as a whole when told to. Thread-safe.
class MemoryAccess final : public backbone::AccessAdmin {
public:
    void fail(std::optional<Error> with) {
        const std::lock_guard lock(m_mutex);
        m_failure = std::move(with);
    }
    /// Behind everybody's back, as another tool would.
    void put(const backbone::AclBinding& binding) {
        const std::lock_guard lock(m_mutex);
        m_acls.insert(binding);
    }

    Result<std::vector<backbone::AclBinding>> acls(const backbone::AclFilter& filter, const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        std::vector<backbone::AclBinding> found;
        std::ranges::copy_if(m_acls, std::back_inserter(found), [&](const auto& one) { return filter.matches(one); });
        return found;
    }
    Result<std::vector<Status>> createAcls(std::span<const backbone::AclBinding> bindings,
                                           const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        m_acls.insert(bindings.begin(), bindings.end());
        return std::vector<Status>(bindings.size());
    }
    Result<std::vector<Status>> deleteAcls(std::span<const backbone::AclBinding> bindings,
                                           const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        for (const auto& binding : bindings) {
            m_acls.erase(binding);
        }
        return std::vector<Status>(bindings.size());
    }
    Result<std::vector<backbone::ScramUser>> users(const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        std::vector<backbone::ScramUser> all;
        for (const auto& [user, mechanisms] : m_users) {
            auto& one = all.emplace_back(backbone::ScramUser{user, {}});
            for (const auto mechanism : mechanisms) {
                one.credentials.push_back({mechanism, 8'192});
            }
        }
        return all;
    }
    Status putUser(const std::string& user, const std::string&, backbone::ScramMechanism mechanism,
                   const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        m_users[user].insert(mechanism);
        return {};
    }
    Status removeUser(const std::string& user, backbone::ScramMechanism mechanism, const CallOptions&) override {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        const auto found = m_users.find(user);
        if (found == m_users.end() || found->second.erase(mechanism) == 0) {
            return meshbone::fail(ErrorCode::NotFound, "There is no such credential.", 91);
        }
        if (found->second.empty()) {
            m_users.erase(found);
        }
        return {};
    }

private:
    std::mutex m_mutex;
    std::optional<Error> m_failure;
    std::set<backbone::AclBinding> m_acls;
    std::map<std::string, std::set<backbone::ScramMechanism>> m_users;
};

} // namespace meshbone::testing
