// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace meshbone::testing {

/// What becomes of a change: as asked; done, but the answer is lost; nothing done and no answer; refused for good.
enum class ChangeFate : std::uint8_t { Done, LostAnswer, Lost, Refused };

/// Access control lists and users in memory; fails as a whole when told to. Thread-safe.
class MemoryAccess final : public backbone::AccessAdmin {
public:
    /// Asked for the fate of each call that changes ACLs.
    void decideBy(std::function<ChangeFate()> fate) {
        const std::lock_guard lock(m_mutex);
        m_fate = std::move(fate);
    }
    [[nodiscard]] std::set<backbone::AclBinding> all() const {
        const std::lock_guard lock(m_mutex);
        return m_acls;
    }
    [[nodiscard]] int changes() const {
        const std::lock_guard lock(m_mutex);
        return m_changes;
    }
    void take(const backbone::AclBinding& binding) {
        const std::lock_guard lock(m_mutex);
        m_acls.erase(binding);
    }
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
        return change(bindings, [&] { m_acls.insert(bindings.begin(), bindings.end()); });
    }
    Result<std::vector<Status>> deleteAcls(std::span<const backbone::AclBinding> bindings,
                                           const CallOptions&) override {
        return change(bindings, [&] {
            for (const auto& binding : bindings) {
                m_acls.erase(binding);
            }
        });
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
    template <class Do>
    Result<std::vector<Status>> change(std::span<const backbone::AclBinding> bindings, Do does) {
        const std::lock_guard lock(m_mutex);
        if (m_failure) {
            return std::unexpected(*m_failure);
        }
        ++m_changes;
        const auto fate = m_fate ? m_fate() : ChangeFate::Done;
        if (fate == ChangeFate::Done || fate == ChangeFate::LostAnswer) {
            does();
        }
        if (fate == ChangeFate::Refused) {
            return std::vector<Status>(bindings.size(), meshbone::fail(ErrorCode::InvalidArgument, "Refused.", 42));
        }
        return fate == ChangeFate::Done
                   ? Result<std::vector<Status>>(std::vector<Status>(bindings.size()))
                   : Result<std::vector<Status>>(meshbone::fail(ErrorCode::Timeout, "No answer came in time.", 7));
    }

    mutable std::mutex m_mutex;
    std::function<ChangeFate()> m_fate;
    int m_changes = 0;
    std::optional<Error> m_failure;
    std::set<backbone::AclBinding> m_acls;
    std::map<std::string, std::set<backbone::ScramMechanism>> m_users;
};

} // namespace meshbone::testing
