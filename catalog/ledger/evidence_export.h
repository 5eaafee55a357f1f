// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/evidence_lines.h"
#include "ledger/evidence_writer.h"

#include <catalog/catalog.h>
#include <catalog/evidence.h>

namespace meshbone::catalog {

/// Who makes a file of evidence.
struct EvidenceMaker {
    std::string person, key;
    EvidenceWriter::Sign sign;
};

/// The file about what `request` asks for, from a projection; see Catalog::makeEvidence. The same request of the same
/// projection gives the same bytes.
Result<std::string> exportEvidence(const ProjectionStore& store, const EvidenceMaker& maker,
                                   const EvidenceRequest& request, const CallOptions& options,
                                   const std::function<void(double)>& progress);

} // namespace meshbone::catalog
