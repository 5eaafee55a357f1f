// SPDX-License-Identifier: Apache-2.0
#include "fault_file_system.h"

#include <algorithm>
#include <functional>

namespace meshbone::backbone::test {
namespace {

constexpr std::size_t kPageBytes = 512; // what a disk writes whole

std::unexpected<Error> off() {
    return fail(ErrorCode::Io, "The power is off.");
}

bool isInside(const std::string& path, const std::string& directory) {
    return path.size() > directory.size() + 1 && path.starts_with(directory) && path[directory.size()] == '/';
}

bool isChildOf(const std::string& path, const std::string& directory) {
    return isInside(path, directory) && path.find('/', directory.size() + 1) == std::string::npos;
}

} // namespace

class FaultFile final : public File {
public:
    FaultFile(FaultFileSystem& system, std::shared_ptr<FaultFileSystem::Inode> inode, std::string path)
        : m_system(system)
        , m_inode(std::move(inode))
        , m_path(std::move(path)) {}

    Result<std::size_t> readAt(std::uint64_t position, std::span<char> to) const override {
        const std::lock_guard lock(m_system.m_mutex);
        if (position >= m_inode->now.size()) {
            return 0;
        }
        return m_inode->now.copy(to.data(), to.size(), position);
    }
    Status writeAt(std::uint64_t position, std::string_view bytes) override {
        const std::lock_guard lock(m_system.m_mutex);
        if (auto on = m_system.change(); !on) {
            // A write that is cut off may have left its beginning.
            put(position, bytes.substr(0, bytes.size() / 2));
            return on;
        }
        const auto end = std::max<std::uint64_t>(m_inode->now.size(), position + bytes.size());
        const auto grown = end - m_inode->now.size();
        if (m_system.m_capacity && m_system.m_used + grown > *m_system.m_capacity) {
            put(position, bytes.substr(0, std::min<std::size_t>(bytes.size(), 7)));
            return fail(ErrorCode::Exhausted, "The disk is full.");
        }
        put(position, bytes);
        return {};
    }
    Status truncate(std::uint64_t sizeBytes) override {
        const std::lock_guard lock(m_system.m_mutex);
        if (auto on = m_system.change(); !on) {
            return on;
        }
        m_system.m_used -= m_inode->now.size();
        m_inode->now.resize(sizeBytes);
        m_system.m_used += sizeBytes;
        return {};
    }
    Status sync() override {
        const std::lock_guard lock(m_system.m_mutex);
        if (auto on = m_system.change(); !on) {
            return on;
        }
        if (!m_system.m_failSync.empty() && m_path.ends_with(m_system.m_failSync)) {
            m_system.m_failSync.clear();
            return fail(ErrorCode::Io, "'" + m_path + "' can't be synced: input/output error.");
        }
        m_inode->durable = m_inode->now;
        return {};
    }
    Result<std::uint64_t> sizeBytes() const override {
        const std::lock_guard lock(m_system.m_mutex);
        return m_inode->now.size();
    }

private:
    void put(std::uint64_t position, std::string_view bytes) {
        auto& now = m_inode->now;
        if (!bytes.empty() && now.size() < position + bytes.size()) {
            m_system.m_used += position + bytes.size() - now.size();
            now.resize(position + bytes.size());
        }
        std::ranges::copy(bytes, now.begin() + static_cast<std::ptrdiff_t>(position));
    }

    FaultFileSystem& m_system;
    std::shared_ptr<FaultFileSystem::Inode> m_inode;
    std::string m_path;
};

namespace {
class FaultLock final : public DirectoryLock {
public:
    explicit FaultLock(std::function<void()> unlock)
        : m_unlock(std::move(unlock)) {}
    ~FaultLock() override { m_unlock(); }

private:
    std::function<void()> m_unlock;
};
} // namespace

FaultFileSystem::FaultFileSystem() = default;
FaultFileSystem::~FaultFileSystem() = default;

// Counts a change; an error once the power is off.
Status FaultFileSystem::change() {
    if (m_left && *m_left == 0) {
        m_stopped = true;
    }
    if (m_stopped) {
        return off();
    }
    ++m_changes;
    if (m_left) {
        --*m_left;
    }
    return {};
}

void FaultFileSystem::setName(const std::string& path, std::shared_ptr<Inode> inode, bool present) {
    if (present) {
        m_now[path] = inode;
    } else {
        m_now.erase(path);
    }
    m_pending.push_back({path, std::move(inode), present, m_changes});
}

Result<std::shared_ptr<File>> FaultFileSystem::open(const std::filesystem::path& path, OpenMode mode) {
    const std::lock_guard lock(m_mutex);
    const auto name = path.string();
    auto found = m_now.find(name);
    if (found == m_now.end() && mode != OpenMode::Create) {
        return fail(ErrorCode::NotFound, "There is no '" + name + "'.");
    }
    if (found == m_now.end()) {
        if (!m_now.contains(path.parent_path().string())) {
            return fail(ErrorCode::NotFound, "There is no '" + path.parent_path().string() + "'.");
        }
        if (auto on = change(); !on) {
            return std::unexpected(on.error());
        }
        setName(name, std::make_shared<Inode>(), true);
        found = m_now.find(name);
    }
    return std::make_shared<FaultFile>(*this, found->second, name);
}

Result<std::vector<DirectoryEntry>> FaultFileSystem::list(const std::filesystem::path& directory) {
    const std::lock_guard lock(m_mutex);
    if (!m_now.contains(directory.string())) {
        return fail(ErrorCode::NotFound, "There is no '" + directory.string() + "'.");
    }
    std::vector<DirectoryEntry> entries;
    for (const auto& [path, inode] : m_now) {
        if (isChildOf(path, directory.string())) {
            entries.push_back({path.substr(directory.string().size() + 1), inode == nullptr});
        }
    }
    return entries;
}

bool FaultFileSystem::exists(const std::filesystem::path& path) {
    const std::lock_guard lock(m_mutex);
    return m_now.contains(path.string());
}

Status FaultFileSystem::createDirectories(const std::filesystem::path& directory) {
    const std::lock_guard lock(m_mutex);
    std::filesystem::path grown;
    for (const auto& part : directory) {
        grown /= part;
        if (!m_now.contains(grown.string())) {
            if (auto on = change(); !on) {
                return on;
            }
            setName(grown.string(), nullptr, true);
        }
    }
    return {};
}

Status FaultFileSystem::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    const std::lock_guard lock(m_mutex);
    if (!m_now.contains(from.string())) {
        return fail(ErrorCode::NotFound, "There is no '" + from.string() + "'.");
    }
    if (auto on = change(); !on) {
        return on;
    }
    std::vector<std::pair<std::string, std::shared_ptr<Inode>>> moved;
    for (const auto& [path, inode] : m_now) {
        if (path == from.string() || isInside(path, from.string())) {
            moved.emplace_back(path, inode);
        }
    }
    for (const auto& [path, inode] : moved) {
        setName(path, inode, false);
        setName(to.string() + path.substr(from.string().size()), inode, true);
    }
    return {};
}

Status FaultFileSystem::remove(const std::filesystem::path& file) {
    const std::lock_guard lock(m_mutex);
    if (!m_now.contains(file.string())) {
        return {};
    }
    if (auto on = change(); !on) {
        return on;
    }
    if (const auto& inode = m_now[file.string()]) {
        m_used -= inode->now.size();
    }
    setName(file.string(), nullptr, false);
    return {};
}

Status FaultFileSystem::removeTree(const std::filesystem::path& directory) {
    std::vector<std::string> inside;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [path, inode] : m_now) {
            if (path == directory.string() || isInside(path, directory.string())) {
                inside.push_back(path);
            }
        }
    }
    Status status;
    for (auto path = inside.rbegin(); path != inside.rend() && status; ++path) {
        status = remove(*path);
    }
    return status;
}

Status FaultFileSystem::syncDirectory(const std::filesystem::path& directory) {
    const std::lock_guard lock(m_mutex);
    if (!m_now.contains(directory.string())) {
        return fail(ErrorCode::NotFound, "There is no '" + directory.string() + "'.");
    }
    if (auto on = change(); !on) {
        return on;
    }
    // A journal keeps the order of changes: what came before a synced one is durable too.
    std::size_t last = 0;
    for (std::size_t i = 0; i < m_pending.size(); ++i) {
        if (isChildOf(m_pending[i].path, directory.string())) {
            last = i + 1;
        }
    }
    makeDurable(last);
    return {};
}

void FaultFileSystem::makeDurable(std::size_t count) {
    while (count > 0 && count < m_pending.size() && m_pending[count].operation == m_pending[count - 1].operation) {
        ++count;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (m_pending[i].present) {
            m_durable[m_pending[i].path] = m_pending[i].inode;
        } else {
            m_durable.erase(m_pending[i].path);
        }
    }
    m_pending.erase(m_pending.begin(), m_pending.begin() + static_cast<std::ptrdiff_t>(count));
}

Result<bool> FaultFileSystem::syncWhole(const std::filesystem::path&, SyncEffort) {
    const std::lock_guard lock(m_mutex);
    if (auto on = change(); !on) {
        return std::unexpected(on.error());
    }
    if (!m_failSync.empty()) {
        return fail(ErrorCode::Io, "Something can't be synced: input/output error.");
    }
    for (const auto& [path, inode] : m_now) {
        if (inode) {
            inode->durable = inode->now;
        }
    }
    m_durable = m_now;
    m_pending.clear();
    return true;
}

Result<std::unique_ptr<DirectoryLock>> FaultFileSystem::lock(const std::filesystem::path& lockFile) {
    auto file = open(lockFile, OpenMode::Create);
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::lock_guard guard(m_mutex);
    if (!m_locked.insert(lockFile.string()).second) {
        return fail(ErrorCode::Locked, "The data directory is in use.");
    }
    return std::make_unique<FaultLock>([this, name = lockFile.string()] {
        const std::lock_guard unlocking(m_mutex);
        m_locked.erase(name);
    });
}

// Page by page, old or new; a page that never was becomes zeros or the end of the file.
std::string FaultFileSystem::afterPowerLoss(const Inode& inode, std::mt19937& random, bool keepNothing) {
    if (keepNothing || inode.now == inode.durable) {
        return inode.durable;
    }
    if (random() % 4 == 0) {
        return inode.now;
    }
    std::string result = inode.durable;
    if (inode.now.size() > result.size()) {
        result.resize(result.size() + random() % (inode.now.size() - result.size() + 1), '\0');
    } else if (random() % 2 == 0) {
        result.resize(inode.now.size());
    }
    for (std::size_t at = 0; at < result.size(); at += kPageBytes) {
        if (random() % 2 == 0 && at < inode.now.size()) {
            const auto size = std::min({kPageBytes, result.size() - at, inode.now.size() - at});
            result.replace(at, size, inode.now, at, size);
        }
    }
    return result;
}

void FaultFileSystem::losePower(std::mt19937& random, bool keepNothing) {
    const std::lock_guard lock(m_mutex);
    makeDurable(keepNothing ? 0 : random() % (m_pending.size() + 1));
    m_pending.clear();
    m_now.clear();
    m_used = 0;
    for (auto& [path, inode] : m_durable) {
        if (inode) {
            auto bytes = afterPowerLoss(*inode, random, keepNothing);
            inode = std::make_shared<Inode>(Inode{bytes, bytes});
            m_used += bytes.size();
        }
        m_now[path] = inode;
    }
    m_left.reset();
    m_stopped = false;
    m_failSync.clear();
}

void FaultFileSystem::stopAfter(std::int64_t changes) {
    const std::lock_guard lock(m_mutex);
    m_left = changes;
}
void FaultFileSystem::restore() {
    const std::lock_guard lock(m_mutex);
    m_left.reset();
    m_stopped = false;
}
bool FaultFileSystem::stopped() const {
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}
void FaultFileSystem::failNextSync(std::string suffix) {
    const std::lock_guard lock(m_mutex);
    m_failSync = std::move(suffix);
}
void FaultFileSystem::setCapacity(std::optional<std::uint64_t> bytes) {
    const std::lock_guard lock(m_mutex);
    m_capacity = bytes;
}
std::uint64_t FaultFileSystem::usedBytes() const {
    const std::lock_guard lock(m_mutex);
    return m_used;
}
std::int64_t FaultFileSystem::changes() const {
    const std::lock_guard lock(m_mutex);
    return m_changes;
}
std::string FaultFileSystem::content(const std::filesystem::path& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_now.find(path.string());
    return found == m_now.end() || !found->second ? std::string() : found->second->now;
}
void FaultFileSystem::setContent(const std::filesystem::path& path, std::string bytes) {
    const std::lock_guard lock(m_mutex);
    m_now[path.string()] = m_durable[path.string()] = std::make_shared<Inode>(Inode{bytes, bytes});
}
std::vector<std::string> FaultFileSystem::names(const std::filesystem::path& directory) const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> found;
    for (const auto& [path, inode] : m_now) {
        if (isChildOf(path, directory.string())) {
            found.push_back(path.substr(directory.string().size() + 1));
        }
    }
    return found;
}

} // namespace meshbone::backbone::test
