// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/aggregate_text.h"

#include "schema/protobuf/library.h"
#include "schema/protobuf/option_text.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace meshbone::catalog::protobuf {

namespace {

using google::protobuf::io::Tokenizer;

class NoErrors : public google::protobuf::io::ErrorCollector {
public:
#if MESHBONE_PROTOBUF_ABSL
    void RecordError(int, google::protobuf::io::ColumnNumber, absl::string_view) override {}
#else
    void AddError(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
#endif
};

struct Entry;
struct Value {
    enum class Kind { Scalar, List, Map } kind = Kind::Scalar;
    std::string scalar;        ///< as it is written
    std::vector<Entry> values; ///< a list's have no keys
};
/// Declared after Value, which Clang's library wants whole in a pair.
struct Entry {
    std::string first;
    Value second;
    Entry(std::string key, Value value)
        : first(std::move(key))
        , second(std::move(value)) {}
};

/// Reads what libprotobuf's linker has accepted as a message's text before. Recursion is bounded by the pre-scan.
class Reader {
public:
    explicit Reader(const std::string& text)
        : m_stream(text.data(), static_cast<int>(text.size()))
        , m_tokenizer(&m_stream, &m_errors) {
        m_tokenizer.Next();
    }

    Value map(std::string_view end) {
        Value map{Value::Kind::Map, {}, {}};
        while (!atEnd() && !isAt(end)) {
            auto key = readKey();
            skip(":");
            put(map, std::move(key), value());
            skip(",");
            skip(";");
        }
        skip(end);
        return map;
    }

private:
    bool atEnd() { return m_tokenizer.current().type == Tokenizer::TYPE_END; }
    bool isAt(std::string_view text) { return !text.empty() && m_tokenizer.current().text == text; }
    std::string take() {
        auto text = m_tokenizer.current().text;
        m_tokenizer.Next();
        return text;
    }
    void skip(std::string_view text) {
        if (isAt(text)) {
            m_tokenizer.Next();
        }
    }
    std::string readKey() {
        if (!isAt("[")) {
            return take();
        }
        std::string key = take(); // an extension's name: [a.b.c]
        while (!atEnd() && !isAt("]")) {
            key += take();
        }
        skip("]");
        return key + "]";
    }
    Value value() {
        if (isAt("{") || isAt("<")) {
            return map(take() == "{" ? "}" : ">");
        }
        if (isAt("[")) {
            take();
            Value list{Value::Kind::List, {}, {}};
            while (!atEnd() && !isAt("]")) {
                list.values.emplace_back("", value());
                skip(",");
            }
            skip("]");
            return list;
        }
        return scalar();
    }
    Value scalar() {
        if (m_tokenizer.current().type == Tokenizer::TYPE_STRING) {
            std::string text;
            while (m_tokenizer.current().type == Tokenizer::TYPE_STRING) {
                Tokenizer::ParseStringAppend(take(), &text);
            }
            return {Value::Kind::Scalar, quotedText(text), {}};
        }
        const std::string sign = isAt("-") ? take() : "";
        return {Value::Kind::Scalar, sign + take(), {}};
    }
    static void put(Value& map, std::string key, Value value) {
        const auto old = std::ranges::find(map.values, key, &Entry::first);
        if (old == map.values.end()) {
            map.values.emplace_back(std::move(key), std::move(value));
            return;
        }
        if (old->second.kind != Value::Kind::List) {
            Value list{Value::Kind::List, {}, {}};
            list.values.emplace_back("", std::move(old->second));
            old->second = std::move(list);
        }
        if (value.kind == Value::Kind::List) {
            std::ranges::move(value.values, std::back_inserter(old->second.values));
        } else {
            old->second.values.emplace_back("", std::move(value));
        }
    }

    google::protobuf::io::ArrayInputStream m_stream;
    NoErrors m_errors;
    Tokenizer m_tokenizer;
};

std::string textOf(Value value, bool isNormalized) {
    if (value.kind == Value::Kind::Scalar) {
        return value.scalar;
    }
    const bool isMap = value.kind == Value::Kind::Map;
    if (isMap && isNormalized) {
        std::ranges::stable_sort(value.values, {}, &Entry::first);
    }
    std::string out = isMap ? "{\n" : "[\n";
    for (std::size_t i = 0; i < value.values.size(); ++i) {
        auto& [key, inner] = value.values[i];
        appendIndented(out, (isMap ? key + ": " : "") + textOf(std::move(inner), isNormalized) +
                                (i + 1 < value.values.size() ? "," : ""));
    }
    return out + (isMap ? "}" : "]");
}

} // namespace

std::string aggregateText(const std::string& tokens, bool isNormalized) {
    return textOf(Reader(tokens).map(""), isNormalized);
}

} // namespace meshbone::catalog::protobuf
