// SPDX-License-Identifier: Apache-2.0
#include "tls/pem.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <fmt/format.h>

namespace meshbone::backbone::tls {

namespace {

std::unexpected<Error> refuse(std::string_view what, std::string_view why) {
    return fail(ErrorCode::InvalidArgument, fmt::format("{} {}.", what, why));
}

bool noMoreBlocks() {
    const auto code = ERR_peek_last_error();
    return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

} // namespace

Result<std::vector<CertificatePtr>> certificatesIn(std::string_view pem, std::string_view what) {
    ERR_clear_error();
    const auto bio = bioOf(pem);
    std::vector<CertificatePtr> all;
    while (CertificatePtr one{PEM_read_bio_X509(bio.get(), nullptr, givePassword, nullptr)}) {
        all.push_back(std::move(one));
    }
    if (!noMoreBlocks()) {
        return refuse(what, fmt::format("has a damaged certificate ({})", opensslReason("it ends in the middle")));
    }
    ERR_clear_error();
    if (all.empty()) {
        return refuse(what, "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }
    return all;
}

Result<Identity> identityIn(std::string_view key, std::string_view chain, const std::string& password,
                            std::string_view what) {
    ERR_clear_error();
    const auto bio = bioOf(key);
    auto secret = password;
    Identity identity;
    identity.key.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, givePassword, &secret));
    if (!identity.key) {
        const bool none = noMoreBlocks();
        const auto reason = opensslReason("it ends in the middle");
        return refuse(what, none ? std::string("holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)")
                            : password.empty()
                                ? fmt::format("has a private key that can't be read ({}); an encrypted one "
                                              "needs ssl.key.password",
                                              reason)
                                : fmt::format("has a private key that can't be read ({}); is "
                                              "ssl.key.password right",
                                              reason));
    }
    auto certificates = certificatesIn(chain, what);
    if (!certificates) {
        return std::unexpected(certificates.error());
    }
    identity.chain = std::move(*certificates);
    if (X509_check_private_key(identity.chain.front().get(), identity.key.get()) != 1) {
        ERR_clear_error();
        return refuse(what, "has a private key that isn't its first certificate's");
    }
    return identity;
}

std::string pemOf(X509* certificate) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return textOf(bio.get());
}

std::string pemOf(EVP_PKEY* key) {
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return textOf(bio.get());
}

} // namespace meshbone::backbone::tls
