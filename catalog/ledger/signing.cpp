// SPDX-License-Identifier: Apache-2.0
#include "ledger/signing.h"

#include "ledger/encoding.h"

#include <backbone/base64.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kPublicBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kKeyIdBytes = 16;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

const unsigned char* rawBytes(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* rawBytes(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

std::unexpected<Error> cryptoFailed(const char* what) {
    return fail(ErrorCode::Internal, std::string("OpenSSL could not ") + what + ".");
}

} // namespace

Result<SigningKey> SigningKey::fromHandle(void* handle) {
    std::shared_ptr<void> key(handle, [](void* pointer) { EVP_PKEY_free(static_cast<EVP_PKEY*>(pointer)); });
    std::string raw(kPublicBytes, '\0');
    std::size_t length = raw.size();
    auto* pkey = static_cast<EVP_PKEY*>(handle);
    if (EVP_PKEY_id(pkey) != EVP_PKEY_ED25519 || EVP_PKEY_get_raw_public_key(pkey, rawBytes(raw), &length) != 1 ||
        length != kPublicBytes) {
        return fail(ErrorCode::Corrupt, "The key isn't an Ed25519 key.");
    }
    return SigningKey(std::move(key), toBase64(raw));
}

Result<SigningKey> SigningKey::generate() {
    EVP_PKEY* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    return key ? fromHandle(key) : cryptoFailed("make an Ed25519 key");
}

Result<SigningKey> SigningKey::fromPem(std::string_view pem) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // An empty passphrase instead of OpenSSL's prompt on the terminal, should the file be encrypted.
    EVP_PKEY* key = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, const_cast<char*>("")) : nullptr;
    return key ? fromHandle(key) : fail(ErrorCode::Corrupt, "It holds no private key in PEM form.");
}

Result<std::string> SigningKey::toPem() const {
    const Bio bio(BIO_new(BIO_s_mem()));
    auto* key = static_cast<EVP_PKEY*>(m_key.get());
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return cryptoFailed("write the key");
    }
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return std::string(data, static_cast<std::size_t>(length));
}

Result<std::string> SigningKey::sign(std::string_view bytes) const {
    const Digest digest(EVP_MD_CTX_new());
    std::string signature(kSignatureBytes, '\0');
    std::size_t length = signature.size();
    auto* key = static_cast<EVP_PKEY*>(m_key.get());
    if (!digest || EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key) != 1 ||
        EVP_DigestSign(digest.get(), rawBytes(signature), &length, rawBytes(bytes), bytes.size()) != 1) {
        return cryptoFailed("sign the entry");
    }
    return toBase64(signature);
}

bool isSignedBy(std::string_view publicKey, std::string_view bytes, std::string_view signature) {
    const auto raw = fromBase64(publicKey);
    const auto proof = fromBase64(signature);
    if (!raw || raw->size() != kPublicBytes || !proof || proof->size() != kSignatureBytes) {
        return false;
    }
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, rawBytes(*raw), raw->size()));
    const Digest digest(EVP_MD_CTX_new());
    return key && digest && EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(digest.get(), rawBytes(*proof), proof->size(), rawBytes(bytes), bytes.size()) == 1;
}

std::string keyIdOf(std::string_view publicKey) {
    const auto raw = fromBase64(publicKey);
    return raw ? toHex(std::string_view(sha256(*raw)).substr(0, kKeyIdBytes)) : std::string();
}

} // namespace meshbone::catalog
