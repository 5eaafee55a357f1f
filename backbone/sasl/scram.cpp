// SPDX-License-Identifier: Apache-2.0
#include "sasl/scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>

namespace meshbone::backbone::sasl {

namespace {

constexpr std::size_t kSaltBytes = 24;

const EVP_MD* digestOf(ScramHash hash) {
    return hash == ScramHash::Sha256 ? EVP_sha256() : EVP_sha512();
}

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string text(const std::array<unsigned char, EVP_MAX_MD_SIZE>& bytes, unsigned size) {
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

} // namespace

std::string scramHash(ScramHash hash, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, digestOf(hash), nullptr);
    return text(out, size);
}

std::string scramHmac(ScramHash hash, std::string_view key, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    HMAC(digestOf(hash), key.data(), static_cast<int>(key.size()), bytesOf(bytes), bytes.size(), out.data(), &size);
    return text(out, size);
}

std::string saltedPassword(ScramHash hash, std::string_view password, std::string_view salt, int iterations) {
    std::string out(static_cast<std::size_t>(EVP_MD_get_size(digestOf(hash))), '\0');
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), bytesOf(salt), static_cast<int>(salt.size()),
                      iterations, digestOf(hash), static_cast<int>(out.size()),
                      reinterpret_cast<unsigned char*>(out.data()));
    return out;
}

std::string randomBytes(std::size_t count) {
    std::string out(count, '\0');
    RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count));
    return out;
}

bool equalInConstantTime(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

ScramVerifier scramVerifierOf(ScramHash hash, std::string_view saltedPassword, std::string_view salt, int iterations) {
    return {std::string(salt), iterations, scramHash(hash, scramHmac(hash, saltedPassword, "Client Key")),
            scramHmac(hash, saltedPassword, "Server Key")};
}

ScramVerifier makeScramVerifier(ScramHash hash, std::string_view password, int iterations) {
    const auto salt = randomBytes(kSaltBytes);
    return scramVerifierOf(hash, saltedPassword(hash, password, salt, iterations), salt, iterations);
}

bool passwordMatches(ScramHash hash, const ScramVerifier& verifier, std::string_view password) {
    const auto salted = saltedPassword(hash, password, verifier.salt, verifier.iterations);
    return equalInConstantTime(scramHash(hash, scramHmac(hash, salted, "Client Key")), verifier.storedKey);
}

} // namespace meshbone::backbone::sasl
