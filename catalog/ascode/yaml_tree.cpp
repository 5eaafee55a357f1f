// SPDX-License-Identifier: Apache-2.0
// The only file that sees yaml-cpp: it turns the library's events into a plain tree, and its exceptions into values.
#include "ascode/yaml_tree.h"

#include "product/names.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxDepth = 12;

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

class TreeBuilder final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_begun) {
            refuse(placeOf(mark), "A file has one document only; take the '---' out.");
        }
        m_begun = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        checkPlain(mark, "", anchor);
        put(YamlNode{YamlNode::Kind::Nothing, {}, {}, {}, {}, placeOf(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(placeOf(mark), kNoAnchors); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        checkPlain(mark, tag, anchor);
        if (!isUtf8(value)) { // an escape of the library's can make it so
            refuse(placeOf(mark), "This text isn't UTF-8.");
        }
        put(YamlNode{YamlNode::Kind::Text, value, {}, {}, {}, placeOf(mark)});
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
    static constexpr const char* kNoAnchors = "Anchors and aliases aren't read here; write it out.";

    static void checkPlain(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0) {
            refuse(placeOf(mark), kNoAnchors);
        }
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(placeOf(mark), "Tags aren't read here; write the text without.");
        }
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
        checkPlain(mark, tag, anchor);
        if (m_open.size() >= kMaxDepth) {
            refuse(placeOf(mark), "It is nested too deeply.");
        }
        m_open.push_back(YamlNode{kind, {}, {}, {}, {}, placeOf(mark)});
    }
    void close() {
        YamlNode done = std::move(m_open.back());
        m_open.pop_back();
        if (done.kind == YamlNode::Kind::Map) {
            checkKeys(done);
        }
        put(std::move(done));
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
                refuse(map.keyPlaces[order[i]],
                       fmt::format("'{}' is there twice; it stands in line {} already.", clipped(map.keys[order[i]]),
                                   map.keyPlaces[order[i - 1]].line));
            }
        }
    }

    YamlNode m_root;
    std::vector<YamlNode> m_open;
    bool m_begun = false;
};

/// YAML has no place for control characters, and the library takes one of them for the end.
std::optional<FileProblem> wrongBytes(std::string_view text) {
    if (text.size() > kMaxAccessFileBytes) {
        return FileProblem{{1, 1}, fmt::format("The file is larger than {} MiB.", kMaxAccessFileBytes >> 20U)};
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

std::expected<YamlNode, FileProblem> readYaml(std::string_view text) {
    if (auto wrong = wrongBytes(text)) {
        return std::unexpected(std::move(*wrong));
    }
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder builder;
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
