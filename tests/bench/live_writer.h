// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mesh_seed.h"

#include <filesystem>
#include <thread>

namespace meshbone::bench {

/// Writes about 500 events a second to 250 topics of a running mesh, from a thread of its own, until it is destroyed.
class LiveWriter {
public:
    LiveWriter(std::filesystem::path dataDirectory, const MeshSize& size);

private:
    std::jthread m_thread;
};

} // namespace meshbone::bench
