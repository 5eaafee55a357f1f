// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/signing.h"

#include <filesystem>

namespace meshbone::catalog {

/// Reads the author's key, or makes one when there is no file: mode 0600, complete on disk before its name appears.
/// Fails with PermissionDenied when others may read or write the file or own it, Corrupt when it holds no Ed25519 key
/// (the file is left as it is), Io when it can't be read or made.
Result<SigningKey> openKeyFile(const std::filesystem::path& path);

} // namespace meshbone::catalog
