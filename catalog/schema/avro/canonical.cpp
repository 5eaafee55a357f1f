// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/canonical.h"

#include <algorithm>
#include <set>

namespace meshbone::catalog::avro {

namespace {

using Props = std::vector<JsonMember>;

/// Writes members in the order in which Avro's Schema.toString does.
class Writer {
public:
    explicit Writer(bool isNormalized, bool isResolved = false)
        : m_isNormalized(isNormalized)
        , m_isResolved(isResolved) {}

    std::string write(const Model& model) {
        type(*model.top, {});
        return std::move(m_out);
    }

private:
    void member(std::string_view name, bool isFirst = false) {
        m_out += isFirst ? "" : ",";
        appendJsonString(m_out, name);
        m_out += ':';
    }
    void stringMember(std::string_view name, std::string_view value, bool isFirst = false) {
        member(name, isFirst);
        appendJsonString(m_out, value);
    }
    void props(Props props) {
        if (m_isNormalized) {
            std::ranges::sort(props, {}, &JsonMember::first);
        }
        for (const auto& [name, value] : props) {
            member(name);
            (m_isNormalized ? value.sorted() : value).appendTo(m_out);
        }
    }
    /// A name as it is written where `space` is the namespace around.
    static std::string within(std::string_view full, std::string_view space) {
        return std::string(spaceOf(full) == space && !primitiveNamed(shortName(full)) ? shortName(full) : full);
    }
    void names(std::string_view name, const std::vector<std::string>& all, std::string_view space) {
        member(name);
        m_out += '[';
        for (std::size_t i = 0; i < all.size(); ++i) {
            m_out += i ? "," : "";
            appendJsonString(m_out, within(all[i], space));
        }
        m_out += ']';
    }

    void type(const Node& node, std::string_view space) {
        if (isNamed(node.kind)) {
            if ((node.isForeign && !m_isResolved) || !m_written.insert(node.name).second) {
                appendJsonString(m_out, within(node.name, space));
            } else {
                definition(node, space);
            }
        } else if (node.kind == Kind::Union) {
            m_out += '[';
            for (std::size_t i = 0; i < node.branches.size(); ++i) {
                m_out += i ? "," : "";
                type(*node.branches[i], space);
            }
            m_out += ']';
        } else if (node.items) {
            m_out += '{';
            stringMember("type", kindName(node.kind), true);
            member(node.kind == Kind::Array ? "items" : "values");
            type(*node.items, space);
            props(node.props);
            m_out += '}';
        } else if (node.props.empty()) {
            appendJsonString(m_out, kindName(node.kind));
        } else {
            m_out += '{';
            stringMember("type", kindName(node.kind), true);
            props(node.props);
            m_out += '}';
        }
    }

    void definition(const Node& node, std::string_view space) {
        m_out += '{';
        stringMember("type", node.isError ? "error" : kindName(node.kind), true);
        stringMember("name", shortName(node.name));
        if (spaceOf(node.name) != space) {
            stringMember("namespace", spaceOf(node.name));
        }
        if (node.hasDoc) {
            stringMember("doc", node.doc);
        }
        if (node.kind == Kind::Record) {
            fields(node);
        } else if (node.kind == Kind::Enum) {
            names("symbols", node.symbols, {});
            if (node.enumDefault) {
                stringMember("default", *node.enumDefault);
            }
        } else {
            member("size");
            m_out += std::to_string(node.fixedSizeBytes);
        }
        props(node.props);
        if (!node.aliases.empty()) {
            names("aliases", node.aliases, spaceOf(node.name));
        }
        m_out += '}';
    }

    void fields(const Node& record) {
        member("fields");
        m_out += '[';
        for (std::size_t i = 0; i < record.fields.size(); ++i) {
            const auto& field = record.fields[i];
            m_out += i ? ",{" : "{";
            stringMember("name", field.name, true);
            member("type");
            type(*field.type, spaceOf(record.name));
            if (field.hasDoc) {
                stringMember("doc", field.doc);
            }
            if (field.defaultValue) {
                member("default");
                field.defaultValue->appendTo(m_out);
            }
            if (!field.order.empty()) {
                stringMember("order", field.order);
            }
            if (!field.aliases.empty()) {
                names("aliases", field.aliases, {});
            }
            props(field.props);
            m_out += '}';
        }
        m_out += ']';
    }

    bool m_isNormalized;
    bool m_isResolved; ///< types of other texts are written out too
    std::string m_out;
    std::set<std::string_view> m_written;
};

/// Strips and orders as the specification's "Transforming into Parsing Canonical Form" says. A referenced type is
/// written where it is first used, because the form stands for all that reading needs.
class FormWriter {
public:
    std::string write(const Model& model) {
        type(*model.top);
        return std::move(m_out);
    }

private:
    void list(const auto& all, auto&& one) {
        m_out += '[';
        for (std::size_t i = 0; i < all.size(); ++i) {
            m_out += i ? "," : "";
            one(all[i]);
        }
        m_out += ']';
    }
    void type(const Node& node) {
        if (node.kind == Kind::Union) {
            list(node.branches, [&](const Node* branch) { type(*branch); });
        } else if (node.items) {
            m_out += node.kind == Kind::Array ? R"({"type":"array","items":)" : R"({"type":"map","values":)";
            type(*node.items);
            m_out += '}';
        } else if (!isNamed(node.kind)) {
            appendJsonString(m_out, kindName(node.kind));
        } else if (!m_written.insert(node.name).second) {
            appendJsonString(m_out, node.name);
        } else {
            definition(node);
        }
    }
    void definition(const Node& node) {
        m_out += R"({"name":)";
        appendJsonString(m_out, node.name);
        m_out += R"(,"type":)";
        appendJsonString(m_out, node.isError ? "error" : kindName(node.kind));
        if (node.kind == Kind::Record) {
            m_out += R"(,"fields":)";
            list(node.fields, [&](const Field& field) {
                m_out += R"({"name":)";
                appendJsonString(m_out, field.name);
                m_out += R"(,"type":)";
                type(*field.type);
                m_out += '}';
            });
        } else if (node.kind == Kind::Enum) {
            m_out += R"(,"symbols":)";
            list(node.symbols, [&](const std::string& symbol) { appendJsonString(m_out, symbol); });
        } else {
            m_out += R"(,"size":)" + std::to_string(node.fixedSizeBytes);
        }
        m_out += '}';
    }

    std::string m_out;
    std::set<std::string_view> m_written;
};

constexpr std::uint64_t kEmptyFingerprint = 0xc15d213aa4d7a795; // the specification's initial value

constexpr std::array<std::uint64_t, 256> kTable = [] {
    std::array<std::uint64_t, 256> table{};
    for (std::uint64_t i = 0; i < 256; ++i) {
        auto value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value >> 1) ^ (kEmptyFingerprint & (~(value & 1) + 1));
        }
        table[i] = value;
    }
    return table;
}();

} // namespace

std::string canonicalText(const Model& model) {
    return Writer(false).write(model);
}

std::string normalizedText(const Model& model) {
    return Writer(true).write(model);
}

std::string resolvedText(const Model& model) {
    return Writer(false, true).write(model);
}

std::string parsingForm(const Model& model) {
    return FormWriter().write(model);
}

std::uint64_t fingerprint64(std::string_view parsingForm) {
    auto value = kEmptyFingerprint;
    for (const char c : parsingForm) {
        value = (value >> 8) ^ kTable[(value ^ static_cast<unsigned char>(c)) & 0xFF];
    }
    return value;
}

} // namespace meshbone::catalog::avro
