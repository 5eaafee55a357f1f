// SPDX-License-Identifier: Apache-2.0
#include "log/file_cache.h"

namespace meshbone::backbone {

Result<std::shared_ptr<File>> CachedFile::get(OpenMode mode) {
    auto& open = m_cache.m_open;
    if (m_file) {
        open.splice(open.begin(), open, m_place);
        return m_file;
    }
    auto file = m_cache.m_files.open(m_path, mode);
    if (!file) {
        return file;
    }
    while (open.size() >= m_cache.m_maxOpen && !open.empty()) {
        open.back()->close();
    }
    m_file = std::move(*file);
    open.push_front(this);
    m_place = open.begin();
    return m_file;
}

void CachedFile::close() {
    if (m_file) {
        m_cache.m_open.erase(m_place);
        m_file.reset();
    }
}

} // namespace meshbone::backbone
