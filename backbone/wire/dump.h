// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/inspector.h"

#include <string>

namespace meshbone::backbone::wire {

/// Writes a message as one line of JSON, for logs, documentation and tests: the fields of the version in the order of
/// the wire, by Kafka's names; ids in Kafka's base64, bytes as hexadecimal, tagged fields only where they are set. Text
/// that is not UTF-8 comes out as it is.
class Dumper final : public Inspector {
public:
    [[nodiscard]] const std::string& text() const { return m_out; }

    bool skipsUnset() const override { return true; }
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
    void name(const Field& field); ///< a comma where one is due, and the name unless inside an array
    void open(char bracket);
    void close(char bracket);
    void quoted(std::string_view text);

    std::string m_out;
    std::string m_nesting; ///< '[' or '{' for each level that is open
    bool m_arrayIsNull = false;
};

/// The dump of a message. Copies the message: not for a hot path.
template <class M>
std::string dump(M message, Version version) {
    Dumper dumper;
    inspect(dumper, message, version);
    return dumper.text();
}

} // namespace meshbone::backbone::wire
