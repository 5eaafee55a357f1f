// SPDX-License-Identifier: Apache-2.0
#include "session/size_sampler.h"

namespace meshbone::backbone {

bool SizeSampler::refresh(const Deadline& deadline) {
    const auto began = Deadline::Clock::now();
    if (began < m_nextAt) {
        return false;
    }
    const auto dirs =
        m_admin->logDirs({}, {std::min<std::chrono::milliseconds>(kLimit, deadline.left()), deadline.stop()});
    const auto now = Deadline::Clock::now();
    m_nextAt = now + std::max<Deadline::Clock::duration>(kEvery, kShare * (now - began));
    if (dirs) {
        keep(*dirs);
        return true;
    }
    if (dirs.error().code == ErrorCode::Cancelled) {
        return false;
    }
    // Sizes that were read once stay, as the last that is known; a refusal replaces them.
    if (dirs.error().code == ErrorCode::Unsupported || dirs.error().code == ErrorCode::PermissionDenied) {
        m_nextAt = now + kAfterRefusal;
        m_sizes.clear();
        m_totalBytes = m_usableBytes = std::nullopt;
    }
    m_problem = m_sizes.empty() ? dirs.error().message : std::string();
    return true;
}

void SizeSampler::keep(const LogDirs& dirs) {
    m_sizes = dirs.sizesByTopic();
    m_problem.clear();
    m_totalBytes = m_usableBytes = std::nullopt;
    for (const auto& dir : dirs.dirs) {
        if (dir.totalBytes && dir.usableBytes) {
            m_totalBytes = m_totalBytes.value_or(0) + *dir.totalBytes;
            m_usableBytes = m_usableBytes.value_or(0) + *dir.usableBytes;
        }
    }
}

void SizeSampler::tell(TrafficSnapshot& snapshot) const {
    for (auto& topic : snapshot.topics) {
        if (const auto size = m_sizes.find(topic.topic); size != m_sizes.end()) {
            topic.sizeBytes = size->second;
        }
    }
    snapshot.sizesProblem = m_problem;
    snapshot.diskTotalBytes = m_totalBytes;
    snapshot.diskUsableBytes = m_usableBytes;
}

} // namespace meshbone::backbone
