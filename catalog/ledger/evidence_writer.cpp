// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_writer.h"

#include "ledger/encoding.h"

namespace meshbone::catalog {

Status EvidenceWriter::add(const EvidenceLine& line) {
    const std::string text = lineText(line);
    if (m_text.size() + text.size() >= kMaxEvidenceBytes || m_marks.size() + 1 >= kMaxEvidenceLines) {
        return fail(ErrorCode::Exhausted, "That is too much for one file of evidence; choose a shorter period.");
    }
    m_marks.push_back(lineMark(text));
    m_text += text;
    m_text += '\n';
    return {};
}

Result<std::string> EvidenceWriter::seal(const Sign& sign) {
    EvidenceSeal seal{toHex(sha256(m_text)), std::move(m_marks), {}};
    auto signature = sign(lineText(seal));
    if (!signature) {
        return signature;
    }
    seal.signature = std::move(*signature);
    m_text += lineText(seal);
    m_text += '\n';
    return std::move(m_text);
}

} // namespace meshbone::catalog
