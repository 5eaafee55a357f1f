// SPDX-License-Identifier: Apache-2.0
#include "schemas/topic_names.h"

#include <catalog/registry.h>

#include <algorithm>

namespace meshbone::ui {

bool TopicNames::has(const std::string& topic) const {
    return (m_facts != nullptr &&
            std::ranges::binary_search(m_facts->topics, topic, {}, &backbone::TopicSummary::name)) ||
           (m_catalog != nullptr && m_catalog->facts.contains(topic)) ||
           std::ranges::find(m_others, topic) != m_others.end();
}

std::string TopicNames::topicOf(const std::string& subject) const {
    auto name = catalog::SubjectName::parse(subject).subject;
    for (auto cut = name.rfind('-'); cut != std::string::npos && cut > 0; cut = name.rfind('-', cut - 1)) {
        name.resize(cut);
        if (has(name)) {
            return name;
        }
    }
    return {};
}

} // namespace meshbone::ui
