// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/evidence_chain.h"
#include "ledger/evidence_lines.h"

#include <catalog/evidence.h>

#include <map>

namespace meshbone::catalog {

/// Checks an evidence file line by line; within verifyEvidence() only.
class EvidenceCheck {
public:
    explicit EvidenceCheck(std::string_view file)
        : m_file(file) {}
    EvidenceReport run();

private:
    void wrong(std::int64_t entry, std::string what);
    void undecided(std::int64_t entry, std::string why);
    void wrongAt(std::int64_t line, std::int64_t entry, std::string what);
    void take(std::string_view text);
    void checkOrder(std::size_t kind);
    void add(const EvidenceHead& line);
    void add(const EvidenceEntry& line);
    void add(const EvidenceLinks& line);
    void add(const EvidencePerson& line);
    void add(const EvidenceAcls& line);
    void add(const EvidenceAcl& line);
    void add(const EvidenceSeal& line);
    void checkNumber(std::int64_t number);
    /// `tainted`: something before the entry is wrong.
    void checkDecision(const EvidenceEntry& line, const JudgedEntry& judged, bool tainted);
    void checkWitness(const EvidenceEntry& line, const JudgedEntry& judged);
    void checkMarks(const EvidenceSeal& seal);
    void checkPeople();
    void checkEnd();

    std::string_view m_file;
    EvidenceReport m_report;
    EvidenceChain m_chain;
    EvidenceHead m_head;
    std::vector<std::string> m_marks; ///< of the lines so far
    std::size_t m_start = 0;          ///< of the line that is looked at
    std::int64_t m_line = 0;
    std::size_t m_kind = 0; ///< of the line before; see EvidenceLine
    std::int64_t m_last = -1;
    bool m_lost = false;    ///< a line before couldn't be read, so the next hash can't be computed
    bool m_tainted = false; ///< an entry was wrong, so that what is decided after it means little
    bool m_sealed = false;
    bool m_hasAcls = false;
    std::int64_t m_aclsSaid = 0;
    std::optional<backbone::AclBinding> m_lastAcl;
    std::map<std::string, std::pair<std::int64_t, EvidencePerson>> m_people; ///< with their lines
};

} // namespace meshbone::catalog
