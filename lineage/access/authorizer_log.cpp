// SPDX-License-Identifier: Apache-2.0
#include <lineage/authorizer_log.h>

#include "access/authorizer_line.h"
#include "access/log_lines.h"
#include "access/logged_hours.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace meshbone::lineage {
namespace {

constexpr std::size_t kNamedLogs = 3;

class LogReader {
public:
    explicit LogReader(const AuthorizerLogQuery& query)
        : m_query(query) {}

    Status read(const std::filesystem::path& file) {
        m_file = file.string();
        m_lastLocalMs = 0;
        m_isSetBack = false;
        return forEachLine(file, kMaxLogLine, m_query.stop, [this](const LogLine& line) { take(line); });
    }
    [[nodiscard]] bool isForeign() const { return m_understood == 0 && m_log.malformed > 0; }

    AuthorizerLog result(std::span<const std::string> names) && {
        auto& evidence = m_log.evidence;
        evidence.showsAllowed = !m_allowedHours.isEmpty();
        const auto& hours = evidence.showsAllowed ? m_allowedHours : m_deniedHours;
        hours.tell(evidence.coverage);
        if (!hours.isEmpty()) {
            evidence.grade = catalog::EvidenceGrade::Observed;
            for (const auto& name : names.first(std::min(names.size(), kNamedLogs))) {
                evidence.coverage.observers.push_back("authorizer log " + name);
            }
            if (names.size() > kNamedLogs) {
                evidence.coverage.observers.push_back(std::to_string(names.size() - kNamedLogs) + " more logs");
            }
        }
        tellNotes();
        return std::move(m_log);
    }
    [[nodiscard]] const LogLineProblem& firstProblem() const { return m_log.problems.front(); }

private:
    void take(const LogLine& line) {
        if (line.text.empty()) {
            return;
        }
        if (line.isCut) {
            refuse(line, "It is longer than any that an authorizer writes.");
            return;
        }
        const auto parsed = parseAuthorizerLine(line.text);
        if (!parsed) {
            refuse(line, parsed.error().message);
            return;
        }
        ++m_understood;
        if (*parsed) {
            count(**parsed);
        }
    }

    void refuse(const LogLine& line, std::string why) {
        ++m_log.malformed;
        if (m_log.problems.size() < kNamedProblems) {
            m_log.problems.push_back({m_file, line.number, std::move(why)});
        }
    }

    /// A file's lines stand in the order in which they were written, give or take what its threads are apart.
    TimestampMs utcOf(TimestampMs localMs) {
        constexpr TimestampMs kThreadsApartMs = 60'000;
        const auto moment = m_query.zone.at(localMs);
        m_isSetBack = moment.isTwice() && (m_isSetBack || m_lastLocalMs - localMs > kThreadsApartMs);
        m_lastLocalMs = localMs;
        m_twice += moment.isTwice() ? 1 : 0;
        m_skipped += moment.isSkipped ? 1 : 0;
        return m_isSetBack ? moment.laterMs : moment.utcMs;
    }

    void count(const AuthorizerLine& line) {
        const auto timeMs = utcOf(line.timeMs);
        if (timeMs < m_query.fromMs || timeMs > m_query.toMs || timeMs < 0) {
            ++m_outside;
            return;
        }
        (line.allowed ? m_allowedHours : m_deniedHours).saw(timeMs);
        ++(line.allowed ? m_log.allowed : m_log.denied);
        if (line.superUser) {
            ++m_log.superUsers;
            return;
        }
        if (auto* tuple = tupleOf(line, timeMs)) {
            ++tuple->count;
            countHour(tuple->counts, timeMs);
            tuple->firstMs = std::min(tuple->firstMs, timeMs);
            tuple->lastMs = std::max(tuple->lastMs, timeMs);
        } else {
            ++m_log.evidence.unattributed;
        }
    }

    void countHour(catalog::RequestCounts& counts, TimestampMs timeMs) {
        if (m_spans >= m_query.maxSpans) {
            counts.beginAfter(-1); // from now on, nobody knows when
            return;
        }
        const auto before = counts.spans().size();
        counts.add(timeMs, 1);
        m_spans += std::max(before, counts.spans().size()) - before; // some may have become one: never more than are
    }

    /// The lines' texts have no control characters, so that these part them.
    void makeKey(const AuthorizerLine& line) {
        m_key.clear();
        for (const auto text : {line.principal, line.host, line.resource}) {
            m_key.append(text).push_back('\n');
        }
        m_key.append(std::to_string(line.apiKey));
        for (const auto number : {static_cast<int>(line.operation), static_cast<int>(line.resourceKind)}) {
            m_key.push_back(static_cast<char>(number));
        }
        m_key.push_back(line.allowed ? 'a' : 'd');
    }

    catalog::EvidenceTuple* tupleOf(const AuthorizerLine& line, TimestampMs timeMs) {
        auto& tuples = m_log.evidence.tuples;
        makeKey(line);
        if (const auto found = m_places.find(m_key); found != m_places.end()) {
            return &tuples[found->second];
        }
        if (tuples.size() >= kMaxLogTuples) {
            return nullptr;
        }
        m_places.emplace(m_key, tuples.size());
        auto& tuple = tuples.emplace_back();
        tuple.principal = line.principal;
        tuple.host = line.host;
        tuple.apiKey = line.apiKey;
        tuple.operation = line.operation;
        tuple.resourceKind = line.resourceKind;
        tuple.resource = line.resource;
        tuple.granted = line.allowed;
        tuple.firstMs = tuple.lastMs = timeMs;
        return &tuple;
    }

    void tellNotes() {
        auto& notes = m_log.evidence.notes;
        if (m_log.denied > 0 && !m_log.evidence.showsAllowed) {
            notes.emplace_back(
                "Only refusals are in the log, so what is allowed and used wasn't seen: Kafka logs that at "
                "DEBUG. Set the logger kafka.authorizer.logger to DEBUG to see it.");
        }
        if (m_outside > 0 && m_log.denied + m_log.allowed == 0) {
            notes.emplace_back("All that is in the log happened outside the time that counts.");
        }
        if (m_twice > 0) {
            notes.push_back(std::to_string(m_twice) + " lines are of the hour that the clocks of " +
                            m_query.zone.name() +
                            " show twice: they count as of the first time, unless a line before shows that the clocks "
                            "were set back already.");
        }
        if (m_skipped > 0) {
            notes.push_back(std::to_string(m_skipped) + " lines have a time that the clocks of " + m_query.zone.name() +
                            " skip, so another zone may be theirs.");
        }
        if (m_log.superUsers > 0) {
            notes.push_back(std::to_string(m_log.superUsers) + " requests were of super users, whom no ACL concerns.");
        }
        if (m_log.malformed > 0) {
            const auto& first = m_log.problems.front();
            notes.push_back(std::to_string(m_log.malformed) +
                            " lines weren't understood and don't count; the first is " + first.file + ":" +
                            std::to_string(first.line) + ". " + first.why);
        }
    }

    const AuthorizerLogQuery& m_query;
    AuthorizerLog m_log;
    std::string m_file, m_key;
    std::int64_t m_understood = 0, m_outside = 0, m_twice = 0, m_skipped = 0;
    TimestampMs m_lastLocalMs = 0; ///< of the file's last line, as its clock showed it
    bool m_isSetBack = false;      ///< the clocks were, within the hour that they show twice
    std::size_t m_spans = 0;
    std::unordered_map<std::string, std::size_t> m_places; ///< of tuples
    LoggedHours m_allowedHours, m_deniedHours;
};

} // namespace

Result<AuthorizerLog> readAuthorizerLog(std::span<const std::filesystem::path> files, const AuthorizerLogQuery& query) {
    if (files.empty() || files.size() > kMaxLogFiles) {
        return fail(ErrorCode::InvalidArgument,
                    "Name from 1 to " + std::to_string(kMaxLogFiles) + " files of an authorizer log.");
    }
    LogReader reader(query);
    std::set<std::filesystem::path> read;
    std::vector<std::string> names;
    for (const auto& file : files) {
        std::error_code error;
        const auto known = std::filesystem::weakly_canonical(file, error);
        if (!read.insert(error ? file : known).second) {
            continue;
        }
        if (auto done = reader.read(file); !done) {
            return std::unexpected(done.error());
        }
        names.push_back(file.string());
    }
    if (reader.isForeign()) {
        const auto& first = reader.firstProblem();
        return fail(ErrorCode::Corrupt, "'" + first.file + "' isn't an authorizer log. Line " +
                                            std::to_string(first.line) + ": " + first.why);
    }
    return std::move(reader).result(names);
}

} // namespace meshbone::lineage
