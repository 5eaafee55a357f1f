// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topic_store.h"

#include "broker/topics/topic_lines.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

constexpr std::string_view kFirstLine = "meshbone-topics 1\n";
constexpr std::string_view kFirstWord = "meshbone-topics ";
constexpr std::uint64_t kRewriteSlackBytes = 256 * 1024;

std::string wholeJournal(const StoredState& state) {
    std::string all(kFirstLine);
    for (const auto& [name, topic] : state.deleted) {
        all += deletedLine(topic);
    }
    for (const auto& [name, topic] : state.topics) {
        all += topicLine(topic);
    }
    all += brokerConfigLine(true, state.nodeConfig);
    all += brokerConfigLine(false, state.clusterConfig);
    return all;
}

} // namespace

Result<std::unique_ptr<TopicStore>> TopicStore::open(FileSystem& files, std::filesystem::path path) {
    std::unique_ptr<TopicStore> store(new TopicStore(files, std::move(path)));
    if (auto loaded = store->load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    return store;
}

Status TopicStore::load() {
    if (!m_files.exists(m_path)) {
        return rewrite();
    }
    const auto content = readWholeFile(m_files, m_path);
    if (!content) {
        return std::unexpected(content.error());
    }
    std::string_view left = *content;
    if (!left.starts_with(kFirstLine)) {
        const auto* what = left.starts_with(kFirstWord) ? "is from a newer version of Meshbone: use that version."
                                                        : "is not a topic list of Meshbone: restore it from a backup.";
        return fail(ErrorCode::Corrupt, fmt::format("The file {} {}", m_path.string(), what));
    }
    left.remove_prefix(kFirstLine.size());
    while (!left.empty()) {
        const auto end = left.find('\n');
        if (end == std::string_view::npos) {
            break; // torn: it was never acknowledged
        }
        if (!applyTopicLine(left.substr(0, end), m_state)) {
            if (left.size() == end + 1) {
                break; // the last one, torn with its newline written
            }
            return fail(ErrorCode::Corrupt,
                        fmt::format("The topic list {} is damaged at byte {}: restore it from a backup.",
                                    m_path.string(), content->size() - left.size()));
        }
        left.remove_prefix(end + 1);
    }
    m_sizeBytes = content->size() - left.size();
    auto file = m_files.open(m_path, OpenMode::Write);
    if (!file) {
        return std::unexpected(file.error());
    }
    m_file = std::move(*file);
    m_rewriteAtBytes = m_sizeBytes * 2 + kRewriteSlackBytes;
    return left.empty() ? Status{} : m_file->truncate(m_sizeBytes);
}

Status TopicStore::put(StoredTopic topic) {
    if (auto written = append(topicLine(topic)); !written) {
        return written;
    }
    m_state.topics[topic.name] = std::move(topic);
    return {};
}

Status TopicStore::erase(DeletedTopic topic) {
    if (auto written = append(deletedLine(topic)); !written) {
        return written;
    }
    m_state.topics.erase(topic.name);
    m_state.deleted[topic.name] = std::move(topic);
    return {};
}

Status TopicStore::putBrokerConfig(bool nodeOnly, ConfigMap values) {
    if (auto written = append(brokerConfigLine(nodeOnly, values)); !written) {
        return written;
    }
    (nodeOnly ? m_state.nodeConfig : m_state.clusterConfig) = std::move(values);
    return {};
}

Status TopicStore::append(const std::string& line) {
    if (m_sizeBytes > m_rewriteAtBytes) {
        if (auto rewritten = rewrite(); !rewritten) {
            return rewritten;
        }
    }
    auto written = m_file->writeAt(m_sizeBytes, line);
    if (written) {
        written = m_file->sync();
    }
    if (!written) {
        [[maybe_unused]] const auto undone = m_file->truncate(m_sizeBytes); // a torn line is dropped when it is read
        return written;
    }
    m_sizeBytes += line.size();
    return {};
}

Status TopicStore::rewrite() {
    const auto all = wholeJournal(m_state);
    if (auto replaced = replaceFile(m_files, m_path, all); !replaced) {
        return replaced;
    }
    auto file = m_files.open(m_path, OpenMode::Write);
    if (!file) {
        return std::unexpected(file.error());
    }
    m_file = std::move(*file);
    m_sizeBytes = all.size();
    m_rewriteAtBytes = m_sizeBytes * 2 + kRewriteSlackBytes;
    return {};
}

} // namespace meshbone::backbone::broker
