// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <lineage/access_evidence.h>
#include <lineage/log_zone.h>

#include <filesystem>
#include <limits>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace meshbone::lineage {

inline constexpr std::size_t kMaxLogSpans = 4'000'000; ///< 64 MB; what comes then is counted without its hour

// What an Apache Kafka cluster's authorizer decided, read from the log that it writes (kafka-authorizer.log, logger
// kafka.authorizer.logger), of KRaft's StandardAuthorizer as of ZooKeeper's AclAuthorizer.

/// What of the log counts.
struct AuthorizerLogQuery {
    TimestampMs fromMs = 0, toMs = std::numeric_limits<TimestampMs>::max(); ///< both included
    LogZone zone{}; ///< of the brokers' clocks, since the log's times name none
    std::stop_token stop{};
    std::size_t maxSpans = kMaxLogSpans; ///< hours and days that are told apart, of all requests together
};

/// Where a line wasn't understood.
struct LogLineProblem {
    std::string file;
    std::int64_t line = 0; ///< from 1
    std::string why;       ///< a sentence
    friend bool operator==(const LogLineProblem&, const LogLineProblem&) = default;
};

/// What the files held. Value type.
struct AuthorizerLog {
    /// Distinct requests without a client id, which the log doesn't have; all observed. Where it shows what was
    /// allowed, the coverage is that of these lines, otherwise of refusals; over an hour without any is a gap.
    AccessEvidence evidence;
    std::int64_t allowed = 0, denied = 0; ///< decisions within the query's time
    std::int64_t superUsers = 0;          ///< allowed to super users, whom no binding concerns; not in the evidence
    std::int64_t malformed = 0;           ///< lines that weren't understood
    std::vector<LogLineProblem> problems; ///< the first of them, at most kNamedProblems
};

/// Reads the files line by line, each once whatever it is called, in any order, so that rotated ones and those of
/// several brokers may be given together; as far as each reaches now. A time that the clocks showed twice, when they
/// were set back, is the first of the two until a line of the file is more than a minute before the one above it. Fails
/// where a file can't be read, is compressed, or none of its lines are an authorizer's. Blocks for as long as reading
/// takes; any thread.
Result<AuthorizerLog> readAuthorizerLog(std::span<const std::filesystem::path> files, const AuthorizerLogQuery& query);

inline constexpr std::size_t kNamedProblems = 10;
inline constexpr std::size_t kMaxLogFiles = 1'000;
inline constexpr std::size_t kMaxLogLine = 65'536;    ///< Kafka's names are at most 32,767 bytes
inline constexpr std::size_t kMaxLogTuples = 200'000; ///< distinct requests; those beyond are only counted

} // namespace meshbone::lineage
