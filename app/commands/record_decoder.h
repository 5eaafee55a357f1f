// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/json_output.h"
#include "commands/open_registry.h"

#include <chrono>

namespace meshbone::app {

/// Keys and values as people read them, by the registry's schemas. A schema that isn't known is looked for once more,
/// so that records of one that was registered meanwhile are read too. One thread.
class RecordDecoder {
public:
    static Result<RecordDecoder> open(const RegistryOptions& options, const CommonOptions& common);

    [[nodiscard]] catalog::DecodedPart decode(const Record& record, bool isKey);
    /// recordJson() with `key` and `value` as JSON where they can be decoded, their schemas as `keySchema` and
    /// `valueSchema`, and as `keyProblem` and `valueProblem` why they couldn't be.
    [[nodiscard]] Json json(const Record& record);
    /// Key and value, each with its schema or why it couldn't be decoded, in one line.
    [[nodiscard]] std::string line(const Record& record);

private:
    RecordDecoder(std::unique_ptr<catalog::SchemaRegistry> registry, catalog::SchemaBookPtr book,
                  std::chrono::milliseconds timeout)
        : m_registry(std::move(registry))
        , m_book(std::move(book))
        , m_timeout(timeout) {}

    std::unique_ptr<catalog::SchemaRegistry> m_registry;
    catalog::SchemaBookPtr m_book;
    std::chrono::milliseconds m_timeout;
    std::chrono::steady_clock::time_point m_read = std::chrono::steady_clock::now();
};

} // namespace meshbone::app
