// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/evidence_lines.h"

#include <functional>

namespace meshbone::catalog {

/// Puts an evidence file together, line by line, in the order of the format. Equal lines give equal bytes.
class EvidenceWriter {
public:
    using Sign = std::function<Result<std::string>(std::string_view bytes)>;

    /// Fails with Exhausted when the file would be larger than its format allows.
    Status add(const EvidenceLine& line);
    /// Adds the seal; the file is complete then.
    Result<std::string> seal(const Sign& sign);

private:
    std::string m_text;
    std::vector<std::string> m_marks;
};

} // namespace meshbone::catalog
