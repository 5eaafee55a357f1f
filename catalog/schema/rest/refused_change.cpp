// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/refused_change.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// Versions that were collected, with what they refer to, each once.
class Collected {
public:
    explicit Collected(const RegistryState& state)
        : m_state(state) {}

    void add(std::optional<SchemaVersion> version) {
        for (push(std::move(version)); m_next < m_all.size(); ++m_next) {
            const auto context = SubjectName::parse(m_all[m_next].subject).context;
            const auto definition = m_all[m_next].definition; // m_all moves while it grows
            for (const auto& reference : definition->references) {
                const auto subject = reference.subject.starts_with(":.")
                                         ? reference.subject
                                         : SubjectName{context, reference.subject}.toString();
                push(reference.version == -1 ? m_state.latest(subject) : m_state.version(subject, reference.version));
            }
        }
    }
    std::vector<SchemaVersion> take() { return std::move(m_all); }

private:
    void push(std::optional<SchemaVersion> version) {
        if (version && m_seen.emplace(version->subject, version->version).second) {
            m_all.push_back(std::move(*version));
        }
    }
    const RegistryState& m_state;
    std::vector<SchemaVersion> m_all;
    std::size_t m_next = 0; ///< whose references weren't followed yet
    std::set<std::pair<std::string, int>> m_seen;
};

} // namespace

std::vector<std::string> changedFields(const SchemaVerdict& verdict, std::size_t most) {
    std::vector<std::string> fields;
    for (const auto& version : verdict.versions) {
        for (const auto& one : version.differences) {
            if (one.isBreaking && !one.field.empty() && fields.size() < most &&
                std::ranges::find(fields, one.field) == fields.end()) {
                fields.push_back(one.field);
            }
        }
    }
    return fields;
}

std::vector<SchemaVersion> versionsAround(const RegistryState& state, const std::string& subject) {
    Collected collected(state);
    if (const auto* versions = state.versions(subject)) {
        for (const auto& [number, stored] : *versions) {
            collected.add(state.version(subject, number));
        }
    }
    for (const auto& other : state.subjects({}, Deleted::Without)) {
        if (!other.starts_with(":.")) {
            collected.add(state.latest(other));
        }
    }
    return collected.take();
}

RefusedChange refusedChange(const RestContext& context, const RestCall& call, const SubjectName& subject,
                            const SchemaVerdict& verdict) {
    RefusedChange change;
    change.fields = changedFields(verdict);
    change.book = std::make_shared<const SchemaBook>(context.service.registry().read([&](const RegistryState& state) {
        change.subject = subject.toString();
        return versionsAround(state, change.subject);
    }));
    change.fetches = context.fetches->all();
    // Who registers a schema writes with it: a change that breaks readers does nothing to it.
    std::erase_if(change.fetches, [](const SchemaFetch& one) { return one.what != SchemaAsk::ById; });
    change.maySee = [&context, &call](const std::string& topic) {
        return context.mayDo(call, RegistryAction::Read, topic + "-value");
    };
    return change;
}

void answerIncompatible(const RestContext& context, const std::shared_ptr<RestCall>& call, const SubjectName& subject,
                        SchemaVerdict verdict, const RegistryError& error) {
    context.refusals->tell(
        [&context, call, subject, verdict = std::move(verdict)] {
            return refusedChange(context, *call, subject, verdict);
        },
        [call, error](const std::string& sentence) {
            call->answer(RegistryError{error.code, sentence.empty() ? error.message
                                                                    : fmt::format("{} {}", error.message, sentence)});
        });
}

} // namespace meshbone::catalog
