// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

namespace meshbone::catalog {

/// The subject that a reference means: one of the referring schema's context unless it names another.
inline SubjectName referencedSubject(const std::string& context, const std::string& subject) {
    return subject.starts_with(":.") ? SubjectName::parse(subject) : SubjectName{context, subject};
}

} // namespace meshbone::catalog
