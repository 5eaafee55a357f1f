// SPDX-License-Identifier: Apache-2.0
// The only file that sees yaml-cpp: it turns the library's events into a plain tree, and its exceptions into values.
#include "yaml/yaml_tree.h"

#include <backbone/utf8.h>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>

namespace meshbone::catalog {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr const char* kNoAnchors = "Anchors and aliases aren't read here; write it out.";
constexpr const char* kTooMuch = "There is too much in this file.";

FilePlace placeOf(const YAML::Mark& mark) {
    return mark.is_null() ? FilePlace{} : FilePlace{mark.line + 1, mark.column + 1};
}

/// Thrown through the library, which knows no other way to stop.
struct Refused {
    FileProblem problem;
};

[[noreturn]] void refuse(FilePlace at, std::string sentence) {
    throw Refused{{at, std::move(sentence)}};
}

/// How much is in a node, itself counted: so many nodes, a long text like several.
std::size_t weightOf(const YamlNode& node) {
    constexpr std::size_t kBytesOfOne = 32;
    std::size_t weight = 1 + node.text.size() / kBytesOfOne;
    for (const std::string& key : node.keys) {
        weight += key.size() / kBytesOfOne;
    }
    for (const YamlNode& item : node.items) {
        weight += weightOf(item);
    }
    return weight;
}
std::size_t depthOf(const YamlNode& node) {
    std::size_t depth = 0;
    for (const YamlNode& item : node.items) {
        depth = std::max(depth, depthOf(item));
    }
    return node.kind == YamlNode::Kind::Text || node.kind == YamlNode::Kind::Nothing ? 0 : depth + 1;
}

class TreeBuilder final : public YAML::EventHandler {
public:
    /// `skipped`: bytes before what the library counts from.
    TreeBuilder(const YamlRules& rules, std::size_t skipped)
        : m_rules(rules)
        , m_skipped(skipped) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_begun) {
            refuse(placeOf(mark), "A file has one document only; take the '---' out.");
        }
        m_begun = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        checkAnchor(mark, anchor);
        keep(anchor, make(YamlNode::Kind::Nothing, mark));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        checkAnchor(mark, anchor);
        const auto found = m_anchored.find(anchor);
        if (found == m_anchored.end()) {
            refuse(placeOf(mark), "What this refers to contains it.");
        }
        if (m_open.size() + depthOf(found->second) > m_rules.maxDepth) {
            refuse(placeOf(mark), "It is nested too deeply.");
        }
        count(placeOf(mark), weightOf(found->second));
        YamlNode copy = found->second;
        copy.isCopied = true;
        put(std::move(copy));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        checkAnchor(mark, anchor);
        checkTag(mark, tag);
        if (!isUtf8(value)) { // an escape of the library's can make it so
            refuse(placeOf(mark), "This text isn't UTF-8.");
        }
        YamlNode node = make(YamlNode::Kind::Text, mark);
        node.text = value;
        node.isPlain = tag == "?" || tag.empty();
        keep(anchor, std::move(node));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::List);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::Map);
    }
    void OnMapEnd() override { close(); }

    YamlNode take() { return std::move(m_root); }

private:
    YamlNode make(YamlNode::Kind kind, const YAML::Mark& mark) {
        count(placeOf(mark), 1);
        YamlNode node;
        node.kind = kind;
        node.at = placeOf(mark);
        node.byte = mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos) + m_skipped;
        return node;
    }
    void count(FilePlace at, std::size_t more) {
        if (more > m_rules.maxNodes - m_nodes) {
            refuse(at, kTooMuch);
        }
        m_nodes += more;
    }

    void checkAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
        if (anchor != 0 && !m_rules.takesAnchors) {
            refuse(placeOf(mark), kNoAnchors);
        }
    }
    void checkTag(const YAML::Mark& mark, const std::string& tag) const {
        if (tag.empty() || tag == "?" || tag == "!") {
            return;
        }
        const bool isKnown =
            tag == "tag:yaml.org,2002:str" || tag == "tag:yaml.org,2002:map" || tag == "tag:yaml.org,2002:seq";
        if (!m_rules.takesTags || !isKnown) {
            refuse(placeOf(mark), "Tags aren't read here; write the text without.");
        }
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
        checkAnchor(mark, anchor);
        checkTag(mark, tag);
        if (m_open.size() >= m_rules.maxDepth) {
            refuse(placeOf(mark), "It is nested too deeply.");
        }
        m_open.push_back(make(kind, mark));
        m_anchors.push_back(anchor);
    }
    void close() {
        YamlNode done = std::move(m_open.back());
        m_open.pop_back();
        const YAML::anchor_t anchor = m_anchors.back();
        m_anchors.pop_back();
        if (done.kind == YamlNode::Kind::Map) {
            checkKeys(done);
        }
        keep(anchor, std::move(done));
    }
    /// Puts it where it belongs, and remembers it for the aliases that repeat it.
    void keep(YAML::anchor_t anchor, YamlNode node) {
        if (anchor != 0) {
            count(node.at, weightOf(node));
            m_anchored[anchor] = node;
        }
        put(std::move(node));
    }

    void put(YamlNode node) {
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        YamlNode& parent = m_open.back();
        if (parent.kind == YamlNode::Kind::Map && parent.keys.size() == parent.items.size()) {
            if (node.kind != YamlNode::Kind::Text) {
                refuse(node.at, "A key is a text.");
            }
            parent.keys.push_back(std::move(node.text));
            parent.keyPlaces.push_back(node.at);
            return;
        }
        if (node.kind == YamlNode::Kind::Nothing && parent.kind == YamlNode::Kind::Map) {
            node.at = parent.keyPlaces.back(); // the library tells where the next thing stands
        }
        parent.items.push_back(std::move(node));
    }

    /// The library would take one of the two and say nothing.
    static void checkKeys(const YamlNode& map) {
        std::vector<std::size_t> order(map.keys.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::string_view(map.keys[i]); });
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (map.keys[order[i - 1]] == map.keys[order[i]]) {
                refuse(map.keyPlaces[order[i]], fmt::format("'{:.80}' is there twice; it stands in line {} already.",
                                                            map.keys[order[i]], map.keyPlaces[order[i - 1]].line));
            }
        }
    }

    const YamlRules m_rules;
    const std::size_t m_skipped;
    YamlNode m_root;
    std::vector<YamlNode> m_open;
    std::vector<YAML::anchor_t> m_anchors;         ///< of what is open
    std::map<YAML::anchor_t, YamlNode> m_anchored; ///< what is complete
    std::size_t m_nodes = 0;
    bool m_begun = false;
};

/// YAML has no place for control characters, and the library takes one of them for the end.
std::optional<FileProblem> wrongBytes(std::string_view text, std::size_t mostBytes) {
    if (text.size() > mostBytes) {
        return FileProblem{{1, 1}, fmt::format("The file is larger than {} MiB.", mostBytes >> 20U)};
    }
    FilePlace at{1, 1};
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f) {
            return FileProblem{at, "There is a control character here."};
        }
        ++at.column;
        if (c == '\n') {
            at = {at.line + 1, 1};
        }
    }
    if (!isUtf8(text)) {
        return FileProblem{{1, 1}, "The file isn't UTF-8."};
    }
    return std::nullopt;
}

std::string sentenceOf(const YAML::Exception& error) {
    std::string words = error.msg;
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    }
    return "This isn't YAML. " + words + ".";
}

} // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::expected<YamlNode, FileProblem> readYaml(std::string_view text, const YamlRules& rules) {
    if (auto wrong = wrongBytes(text, rules.maxBytes)) {
        return std::unexpected(std::move(*wrong));
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder builder(rules, text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
        while (parser.HandleNextDocument(builder)) {
        }
        return builder.take();
    } catch (const Refused& refused) {
        return std::unexpected(refused.problem);
    } catch (const YAML::Exception& error) {
        return std::unexpected(FileProblem{placeOf(error.mark), sentenceOf(error)});
    }
}

} // namespace meshbone::catalog
