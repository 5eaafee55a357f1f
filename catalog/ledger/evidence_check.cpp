// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_check.h"

#include "ledger/encoding.h"
#include "ledger/entry.h"
#include "ledger/signing.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMostFindings = 100;
constexpr std::size_t kHead = 0; // of the kinds of EvidenceLine

bool isHash(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Left-out entries stand among the others.
std::size_t rankOf(std::size_t kind) {
    return kind == 2 ? 1 : kind;
}

} // namespace

EvidenceReport verifyEvidence(std::string_view file) {
    return EvidenceCheck(file).run();
}

EvidenceReport EvidenceCheck::run() {
    if (m_file.empty() || m_file.size() > kMaxEvidenceBytes) {
        wrongAt(0, -1, m_file.empty() ? "The file is empty." : "The file is larger than any evidence file.");
        return std::move(m_report);
    }
    while (m_start < m_file.size()) {
        const std::size_t end = std::min(m_file.find('\n', m_start), m_file.size());
        ++m_line;
        if (m_sealed) {
            wrong(-1, "There is something after the seal.");
            break;
        }
        take(m_file.substr(m_start, end - m_start));
        if (m_line == 1 && (m_tainted || m_kind != kHead)) {
            wrong(-1, "The first line isn't the head of an evidence file, so nothing after it is read.");
            return std::move(m_report);
        }
        if (end == m_file.size()) {
            wrong(-1, "The file ends in the middle of this line.");
        }
        m_start = end + 1;
    }
    checkEnd();
    // By line; of one line, first what says most.
    std::ranges::stable_sort(m_report.wrong, {}, [](const EvidenceFinding& one) {
        return one.line == 0 ? std::numeric_limits<std::int64_t>::max() : one.line;
    });
    return std::move(m_report);
}

void EvidenceCheck::wrong(std::int64_t entry, std::string what) {
    wrongAt(m_line, entry, std::move(what));
}

void EvidenceCheck::wrongAt(std::int64_t line, std::int64_t entry, std::string what) {
    if (m_report.wrong.size() < kMostFindings) {
        m_report.wrong.push_back({line, entry, std::move(what)});
    }
}

void EvidenceCheck::undecided(std::int64_t entry, std::string why) {
    if (m_report.undecided.size() < kMostFindings) {
        m_report.undecided.push_back({m_line, entry, std::move(why)});
    }
}

void EvidenceCheck::take(std::string_view text) {
    const auto line = parseLine(text);
    if (!line) {
        wrong(-1, line.error().message);
        m_lost = m_tainted = true;
    } else {
        checkOrder(line->index());
        std::visit([this](const auto& one) { add(one); }, *line);
    }
    m_marks.push_back(lineMark(text));
}

void EvidenceCheck::checkOrder(std::size_t kind) {
    const bool repeats = kind == m_kind && (kind == 4 || kind == 0);
    if ((kind == 0) != (m_line == 1) || rankOf(kind) < rankOf(m_kind) || (repeats && m_line > 1)) {
        wrong(-1,
              "The line isn't in its place: the head, the entries, the people, the access control lists, the seal.");
    }
    m_kind = std::max(kind, m_kind);
}

void EvidenceCheck::add(const EvidenceHead& line) {
    m_head = line;
    m_report.topic = line.topic;
    m_report.product = line.product;
    m_report.fromMs = line.fromMs;
    m_report.toMs = line.toMs;
    m_report.maker = line.maker;
    m_report.makerKey = line.key;
    m_report.madeMs = line.madeMs;
    m_report.headNumber = line.headNumber;
    m_report.headHash = line.headHash;
}

void EvidenceCheck::checkNumber(std::int64_t number) {
    if (number <= m_last) {
        wrong(number, fmt::format("Entry {} stands after entry {}.", number, m_last));
    }
    m_last = number;
}

void EvidenceCheck::add(const EvidenceEntry& line) {
    checkNumber(line.number);
    const bool tainted = m_tainted;
    const std::string before = m_chain.hash();
    const JudgedEntry judged = m_chain.add(line.number, line.bytes, line.accepted);
    if (!isHash(line.hash)) {
        wrong(line.number, fmt::format("The hash of entry {} is none.", line.number));
    } else if (judged.entry.hash != line.hash) {
        if (!m_lost) {
            wrong(line.number, fmt::format("Entry {0} breaks the chain: after {1} its bytes give {2}, and {3} stands "
                                           "here. Entry {0} was changed, or one before it was changed, moved or taken "
                                           "out.",
                                           line.number, before, judged.entry.hash, line.hash));
        }
        m_chain.skip(line.hash); // so that what follows is compared with what was said
        m_tainted = true;
    }
    m_lost = false;
    (line.asked ? m_report.asked : m_report.context) += 1;
    m_report.rejected += line.accepted ? 0 : 1;
    if (line.asked && ((m_head.fromMs && judged.entry.timeMs < *m_head.fromMs) ||
                       (m_head.toMs && judged.entry.timeMs >= *m_head.toMs))) {
        wrong(line.number, fmt::format("Entry {} isn't of the period.", line.number));
    }
    checkDecision(line, judged, tainted);
    checkWitness(line, judged);
}

void EvidenceCheck::checkDecision(const EvidenceEntry& line, const JudgedEntry& judged, bool tainted) {
    if (judged.entry.accepted == line.accepted) {
        return;
    }
    if (tainted) {
        undecided(line.number, "An entry before it is wrong, so it can't be decided again. " + judged.entry.rejection);
        return;
    }
    const auto isSigned = checkSigned(m_chain.mesh(), line.bytes);
    if (!line.undecided.empty() && (isSigned || !line.accepted)) {
        undecided(line.number, line.undecided); // its maker says that what it needs is left out
        return;
    }
    m_tainted = true;
    if (!line.accepted) {
        wrong(line.number,
              fmt::format("Entry {} is said to be rejected, and nothing here speaks against it.", line.number));
    } else if (!isSigned) {
        wrong(line.number, fmt::format("Entry {} isn't its author's: {}", line.number, isSigned.error().message));
    } else {
        wrong(line.number, fmt::format("Entry {} is said to be accepted, and by the entries here it isn't: {}",
                                       line.number, judged.entry.rejection));
    }
}

void EvidenceCheck::checkWitness(const EvidenceEntry& line, const JudgedEntry& judged) {
    if (!judged.entry.accepted || !line.accepted) {
        return; // a forger's word on what came before counts for nothing
    }
    if (!m_chain.hasSeen(parseEntry(line.bytes).entry.previous)) {
        wrong(line.number, fmt::format("An entry before {0} was changed, moved or taken out after '{1}' wrote entry "
                                       "{0}: the hash that '{1}' saw then is nowhere in the chain.",
                                       line.number, judged.entry.author));
    }
}

void EvidenceCheck::add(const EvidenceLinks& line) {
    for (const auto& [number, hash] : line.links) {
        checkNumber(number);
        if (!isHash(hash)) {
            wrong(number, fmt::format("The hash of entry {} is none.", number));
        }
        m_chain.skip(hash);
        m_lost = !isHash(hash);
        ++m_report.leftOut;
    }
}

void EvidenceCheck::add(const EvidencePerson& line) {
    ++m_report.people;
    if (!m_people.emplace(line.id, std::pair(m_line, line)).second) {
        wrong(-1, fmt::format("'{}' is there twice.", line.id));
    }
}

void EvidenceCheck::add(const EvidenceAcls& line) {
    m_hasAcls = true;
    m_aclsSaid = line.count;
    m_report.aclsReadMs = line.readMs;
    m_report.aclsWhyNot = line.whyNot;
}

void EvidenceCheck::add(const EvidenceAcl& line) {
    if (m_lastAcl && line.binding <= *m_lastAcl) {
        wrong(-1, "The access control lists aren't in their order.");
    }
    m_lastAcl = line.binding;
    ++m_report.acls;
}

void EvidenceCheck::checkMarks(const EvidenceSeal& seal) {
    if (seal.lines.size() != m_marks.size()) {
        wrong(-1, fmt::format("{} lines were sealed, and {} are there: lines were put in or taken out.",
                              seal.lines.size(), m_marks.size()));
    }
    bool found = false;
    for (std::size_t i = 0; i < std::min(seal.lines.size(), m_marks.size()); ++i) {
        if (seal.lines[i] != m_marks[i]) {
            wrongAt(static_cast<std::int64_t>(i) + 1, -1, "The line isn't the one that was sealed.");
            found = true;
            if (seal.lines.size() != m_marks.size()) {
                break; // all that follows is in another place
            }
        }
    }
    if (!found && seal.lines.size() == m_marks.size() && toHex(sha256(m_file.substr(0, m_start))) != seal.sha256) {
        wrong(-1, "The hash of the file isn't the one that was sealed.");
    }
}

void EvidenceCheck::add(const EvidenceSeal& line) {
    m_sealed = true;
    checkMarks(line);
    EvidenceSeal asSigned = line;
    asSigned.signature.clear();
    if (!isSignedBy(m_head.key, lineText(asSigned), line.signature)) {
        wrong(-1, fmt::format("The seal isn't signed with the key of its maker '{}': the seal or that key was changed, "
                              "or somebody else made the file.",
                              m_head.maker));
    }
}

void EvidenceCheck::checkPeople() {
    if (m_tainted) {
        return; // who is enrolled follows from the entries
    }
    const auto& enrolled = m_chain.mesh().people.items();
    for (const auto& [id, listed] : m_people) {
        const Person* person = m_chain.mesh().people.find(id);
        if (person == nullptr || person->publicKeys != listed.second.keys || person->name != listed.second.name) {
            wrongAt(listed.first, -1, fmt::format("The entries enrol '{}' otherwise than it says here.", id));
        }
    }
    for (const auto& [id, person] : enrolled) {
        if (!m_people.contains(id)) {
            wrongAt(0, -1, fmt::format("'{}' is enrolled by the entries and missing among the people.", id));
        }
    }
    const Person* maker = m_chain.mesh().people.find(m_head.maker);
    if (maker == nullptr || std::ranges::count(maker->publicKeys, m_head.key) == 0) {
        wrongAt(1, -1, fmt::format("The key of the maker '{}' isn't enrolled by any entry here.", m_head.maker));
    }
}

void EvidenceCheck::checkEnd() {
    const std::int64_t entries = m_report.asked + m_report.context + m_report.leftOut;
    if (entries != m_head.entries) {
        wrongAt(0, -1, fmt::format("The chain is said to have {} entries, and {} are there.", m_head.entries, entries));
    }
    if (entries > 0 && (m_last != m_head.headNumber || m_chain.hash() != m_head.headHash)) {
        wrongAt(0, m_last,
                fmt::format("The chain is said to end at entry {} with {}, and ends at entry {} with {}.",
                            m_head.headNumber, m_head.headHash, m_last, m_chain.hash()));
    }
    checkPeople();
    if (!m_hasAcls || m_aclsSaid != m_report.acls) {
        wrongAt(0, -1,
                fmt::format("{} access control lists are said to be there, and {} are.", m_aclsSaid, m_report.acls));
    }
    if (!m_sealed) {
        wrongAt(0, -1, "The file has no seal: its end is missing.");
    }
}

} // namespace meshbone::catalog
