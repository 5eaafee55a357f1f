// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>
#include <catalog/file_place.h>

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Access as code: products, policies, principals and grants as a YAML file that people keep in a repository and review.
// Its form stands in docs/access-as-code.md. Pure functions but accessFileOf(), from any thread.

struct FilePolicy {
    Policy policy;
    FilePlace at;
};
struct FilePrincipal {
    Principal principal;
    FilePlace at;
};
struct FileProduct {
    Product product;
    Classification level = Classification::Internal;
    std::map<std::string, Classification> topics; ///< of its output ports: what isn't Internal
    FilePlace at;
};
/// A topic that is no product's and isn't Internal.
struct FileTopic {
    std::string topic;
    Classification level = Classification::Internal;
    FilePlace at;
};
struct FileGrant {
    std::string id;
    AccessScope scope;
    std::string product, purpose;
    TimestampMs untilMs = kNoEnd;
    std::string conditions{}; ///< under which it was agreed to; empty: none, or the file says nothing of them
    FilePlace at{};
};

/// What a file says. A section that isn't there says nothing: what it would be about is left alone; a section that is
/// there lists all there shall be.
struct AccessFile {
    /// The products that it is about; empty: the whole mesh. With products, policies and principals are only added and
    /// changed, and what concerns other products is left alone.
    std::vector<std::string> covers;
    std::optional<std::vector<FilePolicy>> policies;
    std::optional<std::vector<FilePrincipal>> principals;
    std::optional<std::vector<FileProduct>> products;
    std::optional<std::vector<FileTopic>> topics;
    std::optional<std::vector<FileGrant>> grants;
};

inline constexpr std::size_t kMaxAccessFileBytes = 16U << 20U;

/// Reads a file's text. Nothing in it can crash or stall the reader: it is bounded, and what YAML can do beyond plain
/// maps, lists and texts (anchors, tags, several documents) is refused. Fails with what is wrong and where, at most 20
/// problems, in the file's order.
std::expected<AccessFile, std::vector<FileProblem>> readAccessFile(std::string_view text);

/// The text of a file: sorted, in one spelling, so that equal contents give equal bytes and a change is a small diff.
/// What was written reads as the same.
std::string writeAccessFile(const AccessFile& file);

/// What those who agreed bound it to, in their order and none twice: "Read only; for the audit". Of several it is one
/// text, which whoever applies a file agrees to as a whole.
std::string conditionsOf(const std::vector<AccessDecision>& decisions);

/// What is agreed now, as a file: grants that are neither revoked nor ended. `covers`: as in AccessFile. Fails with
/// NotFound for a product that isn't there.
Result<AccessFile> accessFileOf(const Catalog& catalog, const std::vector<std::string>& covers, TimestampMs nowMs);

} // namespace meshbone::catalog
