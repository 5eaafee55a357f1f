// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http_asker.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace meshbone::bench {

/// One of the registries that are compared: at a port of loopback, with what was registered there.
class RegistrySide {
public:
    RegistrySide(std::uint16_t port, std::string prefix)
        : m_port(port)
        , m_prefix(std::move(prefix)) {}

    /// What both are asked to check of each registration, their defaults being different.
    void requireBackward() const;

    /// Registers schemas that it doesn't have, for so long or until so many are answered.
    AskedFigures registerSchemas(double seconds, std::size_t most = SIZE_MAX);

    /// Reads each schema that was registered so far and keeps what was answered. Throws std::runtime_error where it
    /// isn't the schema that was registered, or where two have one id.
    void readAll();

    /// Asks for those that readAll() read, in a random order. Throws where an answer isn't what it was then.
    [[nodiscard]] AskedFigures askById(double seconds) const;

    [[nodiscard]] std::size_t count() const { return m_known.size(); }

private:
    struct Known {
        std::size_t id = 0;
        std::size_t number = 0; ///< of the schema that was sent
        std::string body;       ///< empty until it is read
    };

    std::uint16_t m_port;
    std::string m_prefix;
    std::size_t m_sent = 0;
    std::size_t m_read = 0; ///< so many of those that are known
    std::vector<Known> m_known;
};

} // namespace meshbone::bench
