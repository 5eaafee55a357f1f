// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/inspector.h"

#include <nlohmann/json.hpp>

#include <deque>
#include <set>
#include <string>
#include <vector>

namespace meshbone::compare {

/// Fills a request with the fields of a JSON object by Kafka's names; what isn't named keeps its default. Bytes are
/// taken from text as they are, or from the digits behind "hex:"; for records a list of timestamps makes a batch with a
/// record for each. Owns the text that the message refers to, so it must outlive the message. Throws std::runtime_error
/// for what can't be filled in.
class RequestFiller final : public backbone::wire::Inspector {
public:
    using Field = backbone::wire::Field;

    explicit RequestFiller(nlohmann::json values)
        : m_values(std::move(values)) {}

    /// The names in the object that the message has no field for.
    [[nodiscard]] std::set<std::string> unusedNames() const;

    bool skipsUnset() const override { return false; }
    std::int64_t integer(const Field& field, std::int64_t value, std::size_t sizeBytes, bool isBool) override;
    TopicId uuid(const Field& field, const TopicId& value) override;
    std::optional<std::string_view> octets(const Field& field, std::optional<std::string_view> value,
                                           bool mayBeNull) override;
    std::optional<std::size_t> beginArray(const Field& field, std::optional<std::size_t> count,
                                          bool mayBeNull) override;
    void endArray() override;
    bool present(const Field& field, bool isPresent) override;
    void beginStruct(const Field& field) override;
    void endStruct() override;

private:
    /// An object or an array that is being filled in.
    struct Level {
        const nlohmann::json* values = nullptr;
        std::size_t next = 0; ///< of an array
        bool isArray = false;
    };
    const nlohmann::json* take(const Field& field); ///< the value for this field; nullptr: none is given

    nlohmann::json m_values;
    std::vector<Level> m_levels;
    std::deque<std::string> m_texts;
    std::set<std::string> m_used;
};

} // namespace meshbone::compare
