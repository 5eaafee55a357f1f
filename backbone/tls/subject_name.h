// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <string>

namespace meshbone::backbone::tls {

/// A certificate's subject as Java's X500Principal.getName() spells it, which is what Kafka's ACLs call a client by:
/// RFC 2253, the last part first, without blanks; a comma, plus sign and the like escaped; the values of one part in
/// the certificate's order, joined by "+"; what isn't CN, C, L, ST, O, OU, STREET, DC or UID as its number and "#hex".
/// Pure function.
std::string subjectName(const X509* certificate);

} // namespace meshbone::backbone::tls
