// SPDX-License-Identifier: Apache-2.0
#include "log/entry_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace meshbone::backbone {
namespace {
constexpr std::size_t kTailBytes = 4U << 10; // written at the latest when so much is waiting
}

Status EntryFile::load() {
    auto file = m_file.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = (*file)->sizeBytes();
    if (!size) {
        return std::unexpected(size.error());
    }
    if (*size % m_entryBytes != 0) {
        return fail(ErrorCode::Corrupt, fmt::format("The index '{}' ends inside an entry.", path().string()));
    }
    m_written = *size / m_entryBytes;
    m_tail.clear();
    return {};
}

Status EntryFile::create() {
    m_written = 0;
    m_tail.clear();
    auto file = m_file.get(OpenMode::Create);
    if (!file) {
        return std::unexpected(file.error());
    }
    return (*file)->truncate(0);
}

Result<EntryFile::Entry> EntryFile::at(std::size_t index) {
    Entry entry{};
    if (index >= m_written) {
        std::memcpy(entry.data(), m_tail.data() + (index - m_written) * m_entryBytes, m_entryBytes);
        return entry;
    }
    auto file = m_file.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto got = (*file)->readAt(index * m_entryBytes, std::span(entry).first(m_entryBytes));
    if (!got) {
        return std::unexpected(got.error());
    }
    if (*got != m_entryBytes) {
        return fail(ErrorCode::Corrupt, fmt::format("The index '{}' became shorter.", path().string()));
    }
    return entry;
}

Status EntryFile::append(std::string_view entry) {
    m_tail.append(entry);
    if (m_tail.size() < kTailBytes) {
        return {};
    }
    auto flushed = flush();
    return flushed ? Status{} : Status(std::unexpected(flushed.error()));
}

Result<std::shared_ptr<File>> EntryFile::flush() {
    auto file = m_file.get(OpenMode::Create);
    if (!file) {
        return file;
    }
    if (auto written = (*file)->writeAt(m_written * m_entryBytes, m_tail); !written) {
        return std::unexpected(written.error());
    }
    m_written += m_tail.size() / m_entryBytes;
    m_tail.clear();
    m_tail.shrink_to_fit();
    return file;
}

} // namespace meshbone::backbone
