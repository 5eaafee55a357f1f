// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/stubs/common.h>

// Where versions of libprotobuf differ, for the files that call it.

#if GOOGLE_PROTOBUF_VERSION >= 4022000
#define MESHBONE_PROTOBUF_ABSL 1
#else
#define MESHBONE_PROTOBUF_ABSL 0
#include <google/protobuf/stubs/logging.h>
#endif

namespace meshbone::catalog::protobuf {

/// While one lives, libprotobuf writes nothing to standard error: what it says there of bad input, it also returns.
/// Any thread; several may live at a time.
class Quiet {
public:
    Quiet() = default;
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() = default;

#if !MESHBONE_PROTOBUF_ABSL
private:
    google::protobuf::LogSilencer m_silencer;
#endif
};

} // namespace meshbone::catalog::protobuf
