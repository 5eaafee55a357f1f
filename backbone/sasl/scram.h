// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::sasl {

enum class ScramHash : std::uint8_t { Sha256, Sha512 };

/// What the server keeps of a password (RFC 5802): enough to check it, not to log in with it.
struct ScramVerifier {
    std::string salt;
    int iterations = 0;
    std::string storedKey;
    std::string serverKey;
};

// Primitives over OpenSSL; any thread.
std::string scramHash(ScramHash hash, std::string_view bytes);
std::string scramHmac(ScramHash hash, std::string_view key, std::string_view bytes);
std::string saltedPassword(ScramHash hash, std::string_view password, std::string_view salt, int iterations);
std::string randomBytes(std::size_t count);
/// Compares in time that depends on the lengths only.
bool equalInConstantTime(std::string_view a, std::string_view b);

/// Makes a verifier with a fresh salt. Takes some milliseconds, on purpose.
ScramVerifier makeScramVerifier(ScramHash hash, std::string_view password, int iterations);
/// The verifier for a password that was salted elsewhere.
ScramVerifier scramVerifierOf(ScramHash hash, std::string_view saltedPassword, std::string_view salt, int iterations);
/// Whether the password is the one that the verifier was made from; as slow as making it.
bool passwordMatches(ScramHash hash, const ScramVerifier& verifier, std::string_view password);

} // namespace meshbone::backbone::sasl
