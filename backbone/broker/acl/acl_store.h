// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/lines/line_journal.h"

#include <backbone/acl_table.h>

#include <map>
#include <memory>
#include <span>
#include <vector>

namespace meshbone::backbone::broker {

/// The broker's access control lists, on disk in a LineJournal. A change is durable before it is in force for the next
/// request. Loop thread only once it is open.
///
///     meshbone-acls 1
///     <crc> add <kind> <pattern> <resource> <principal> <host> <operation> <permission> <end, ms or ->
///     <crc> remove <kind> <pattern> <resource> <principal> <host> <operation> <permission>
class AclStore {
public:
    static Result<std::unique_ptr<AclStore>> open(FileSystem& files, std::filesystem::path path);

    [[nodiscard]] const AclTable& table() const { return m_table; }
    void setRules(AclRules rules) { m_table.setRules(std::move(rules)); }
    /// All of them or none. What is there already stays as it is, with its end.
    Status add(std::span<const AclBinding> bindings);
    /// All of them or none; what is not there is passed over.
    Status remove(std::span<const AclBinding> bindings);
    /// From their end on bindings decide nothing, even if nobody removes them; -1: no end. What isn't there is passed
    /// over.
    Status setEnds(const std::map<AclBinding, TimestampMs>& ends);

private:
    AclStore(FileSystem& files, std::filesystem::path path);
    bool apply(std::string_view content);

    AclTable m_table;
    LineJournal m_journal;
};

} // namespace meshbone::backbone::broker
