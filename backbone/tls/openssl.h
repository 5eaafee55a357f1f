// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace meshbone::backbone::tls {

struct FreeOpenssl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using SslPtr = std::unique_ptr<SSL, FreeOpenssl>;
using ContextPtr = std::unique_ptr<SSL_CTX, FreeOpenssl>;
using CertificatePtr = std::unique_ptr<X509, FreeOpenssl>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeOpenssl>;
using BioPtr = std::unique_ptr<BIO, FreeOpenssl>;

/// The oldest error that OpenSSL has noted on this thread, in its words; `otherwise` where it noted none. Forgets them
/// all.
std::string opensslReason(std::string_view otherwise = "the peer hung up");

/// A read-only BIO over the text, which must outlive it.
BioPtr bioOf(std::string_view text);
/// What was written into a memory BIO.
std::string textOf(BIO* bio);

/// SSL_CTX_set_default_passwd_cb with it: a password that is asked for on a terminal would block the program.
/// `opaque` points to a std::string.
int givePassword(char* buffer, int size, int writing, void* opaque);

} // namespace meshbone::backbone::tls
