// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/subject_filter.h"

namespace meshbone::catalog {

SubjectFilter::SubjectFilter(const RestCall& call) {
    constexpr std::string_view kAnyContext = ":*:";
    const auto given = call.query.find("subjectPrefix");
    const std::string text(given.value_or(""));
    if ((!given && !call.isInContext) || text.starts_with(kAnyContext)) {
        m_name = given ? text.substr(kAnyContext.size()) : std::string();
        return;
    }
    if (text.starts_with(":.") && text.find(':', 1) == std::string::npos) {
        m_prefix = text; // of contexts whose name begins so
        return;
    }
    const auto named = call.subject(text);
    m_context = named.context;
    m_name = named.subject;
    m_prefix = named.toString();
}

bool SubjectFilter::takes(const std::string& subject) const {
    const auto name = SubjectName::parse(subject);
    return subject.starts_with(m_prefix) && (!m_context || name.context == *m_context) &&
           name.subject.starts_with(m_name);
}

} // namespace meshbone::catalog
