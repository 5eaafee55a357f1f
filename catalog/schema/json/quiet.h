// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/validation.h"

namespace meshbone::catalog::jsonschema {

/// While it lives, a check tells no failures, or tells them to somebody else.
class Quiet {
public:
    explicit Quiet(std::vector<JsonFailure>*& sink, std::vector<JsonFailure>* other = nullptr)
        : m_sink(sink)
        , m_before(sink) {
        sink = other;
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() { m_sink = m_before; }

private:
    std::vector<JsonFailure>*& m_sink;
    std::vector<JsonFailure>* m_before;
};

/// Marks in `into`, where there is one, what is marked in `from`.
void mergeEvaluated(Evaluated* into, const Evaluated& from);

} // namespace meshbone::catalog::jsonschema
