// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <QString>

namespace meshbone::ui {

enum class ClientKind : quint8 { Kcat, Java, Python, Librdkafka };

/// A client as its configuration needs to know it: as whom it logs in, and what it works on. Texts that are empty
/// become a placeholder, or are left out where a client can do without.
struct ClientSetup {
    std::string user;
    std::string password;  ///< empty: a placeholder
    std::string mechanism; ///< "SCRAM-SHA-512"; empty: the profile's
    QString topic, group;
    bool reads = true, writes = true; ///< what the example code does
};

/// A configuration that can be pasted and works: how this kind of client reaches the profile's backbone.
QString clientConfig(ClientKind kind, const backbone::Profile& profile, const ClientSetup& setup);

} // namespace meshbone::ui
