// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/services.h"

#include <backbone/client.h>

#include <QString>

namespace meshbone::ui {

enum class ClientKind : quint8 { Kcat, Java, Python, Librdkafka };

/// A configuration that can be pasted and works: how this kind of client reaches the profile's backbone as this user.
/// An empty password is left as a placeholder.
QString clientConfig(ClientKind kind, const backbone::Profile& profile, const ClientCredential& credential,
                     const QString& topic);

} // namespace meshbone::ui
