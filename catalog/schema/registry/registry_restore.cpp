// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_state.h"

namespace meshbone::catalog {

bool RegistryState::restore(const RegistryChange& row) {
    return std::visit([&](const auto& one) { return restoreOne(one); }, row);
}

bool RegistryState::restoreOne(const SchemaRow& row) {
    auto& context = m_contexts[row.context];
    const auto id = row.id.value();
    return context.byId.emplace(id, row.definition).second && context.guids.emplace(id, row.guid).second &&
           (!row.isFoundByGuid || context.idByGuid.emplace(row.guid, id).second);
}

bool RegistryState::restoreOne(const VersionRow& row) {
    const auto context = m_contexts.find(SubjectName::parse(row.subject).context);
    const auto known =
        context == m_contexts.end() ? decltype(Context::byId)::iterator() : context->second.byId.find(row.id.value());
    if (row.version < 1 || context == m_contexts.end() || known == context->second.byId.end()) {
        return false;
    }
    context->second.uses[row.id.value()].emplace(row.subject, row.version);
    m_subjects[row.subject][row.version] = {row.id, row.isDeleted, row.writtenMs};
    refer(row.subject, row.version, *known->second);
    return true;
}

bool RegistryState::restoreOne(const BuriedRow& row) {
    // Where the id still stands for it, one text is enough.
    const auto known = byId(SubjectName::parse(row.subject).context, row.id);
    m_buried[{row.subject, row.version}] = {row.id, known && *known == *row.definition ? known : row.definition};
    return true;
}

bool RegistryState::restoreOne(const HighestIdRow& row) {
    raiseHighestId(row.context, row.id, nullptr);
    return true;
}

bool RegistryState::restoreOne(const ConfigRow& row) {
    return row.json && applyOne(ConfigRecord{row.subject, row.json}, row.writtenMs, nullptr);
}

bool RegistryState::restoreOne(const ModeRecord& row) {
    return row.mode && applyOne(row, -1, nullptr);
}

bool RegistryState::restoreOne(const ContextRecord& row) {
    return applyOne(row, -1, nullptr);
}

} // namespace meshbone::catalog
