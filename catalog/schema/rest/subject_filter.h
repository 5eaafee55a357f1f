// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/rest/rest_call.h"

namespace meshbone::catalog {

/// Which subjects a list has, by `subjectPrefix` and the path's context: all of every context where neither is given;
/// ":*:" and the begin of a name, those of that begin in every context; another text, those of one context, which is
/// the default one for "".
class SubjectFilter {
public:
    explicit SubjectFilter(const RestCall& call);
    /// What all of them begin with, the context's part included.
    [[nodiscard]] const std::string& prefix() const { return m_prefix; }
    [[nodiscard]] bool takes(const std::string& subject) const;

private:
    std::string m_prefix;
    std::string m_name;                   ///< what the name without its context begins with
    std::optional<std::string> m_context; ///< nothing: any
};

} // namespace meshbone::catalog
