// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/parser.h"

#include "schema/avro/defaults.h"
#include "schema/avro/logical.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace meshbone::catalog::avro {

namespace {

using Json = JsonTree::Kind;

/// Turns one text into nodes of a model. Null from a function means: failed, m_error says why.
class Parser {
public:
    Parser(Model& model, std::string_view text, bool isForeign)
        : m_model(model)
        , m_text(text)
        , m_isForeign(isForeign) {}

    Result<const Node*> parse() {
        const auto tree = readJsonTree(m_text);
        if (!tree) {
            return std::unexpected(tree.error());
        }
        const auto* top = type(*tree, {}, 0);
        if (!top) {
            return std::unexpected(m_error);
        }
        checkDefaults();
        return top;
    }

private:
    struct DefaultToCheck {
        Node* record;
        std::size_t field;
    };

    std::nullptr_t wrong(const JsonTree& at, std::string_view why) {
        m_error = Error{ErrorCode::InvalidArgument, fmt::format("At {}: {}.", placeWords(m_text, at.byte), why)};
        return nullptr;
    }
    bool refuse(const JsonTree& at, std::string_view why) {
        wrong(at, why);
        return false;
    }
    Node& make(Kind kind, const JsonTree& at) {
        auto& node = m_model.nodes.emplace_back();
        node.kind = kind;
        node.id = static_cast<std::uint32_t>(m_model.nodes.size() - 1);
        node.byte = at.byte;
        node.isForeign = m_isForeign;
        return node;
    }

    const Node* type(const JsonTree& tree, const std::string& space, int depth) {
        if (depth > kMaxSchemaDepth || m_model.nodes.size() > kMaxSchemaNodes) {
            wrong(tree, "the schema is too deep or has too many types");
            m_error.code = ErrorCode::Exhausted;
            return nullptr;
        }
        switch (tree.kind) {
        case Json::String:
            return named(tree, tree.text, space);
        case Json::Array:
            return unionOf(tree, space, depth);
        case Json::Object:
            return object(tree, space, depth);
        default:
            return wrong(tree, "a type is a name, an object with \"type\", or an array of types");
        }
    }

    const Node* named(const JsonTree& at, const std::string& name, const std::string& space) {
        if (const auto kind = primitiveNamed(name)) {
            return &make(*kind, at);
        }
        const auto full = name.find('.') != std::string::npos || space.empty() ? name : space + "." + name;
        const auto found = m_model.names.find(full);
        if (found != m_model.names.end()) {
            return found->second;
        }
        return wrong(at, fmt::format("\"{}\" is no type of Avro and no record, enum or fixed of that name is defined "
                                     "before this place{}",
                                     name, full == name ? "" : fmt::format(" (looked for as {})", full)));
    }

    const Node* unionOf(const JsonTree& tree, const std::string& space, int depth) {
        auto& node = make(Kind::Union, tree);
        std::set<std::string_view> seen;
        for (const auto& item : tree.items) {
            const auto* branch = type(item, space, depth + 1);
            if (!branch) {
                return nullptr;
            }
            if (branch->kind == Kind::Union) {
                return wrong(item, "a union directly inside a union isn't allowed");
            }
            if (!seen.insert(branchName(*branch)).second) {
                return wrong(item, fmt::format("the union has {} twice", branchName(*branch)));
            }
            node.branches.push_back(branch);
        }
        return &node;
    }

    const Node* object(const JsonTree& tree, const std::string& space, int depth) {
        const auto* kind = tree.find("type");
        if (!kind) {
            return wrong(tree, "this type has no \"type\"");
        }
        if (!kind->is(Json::String)) {
            return wrong(*kind, "\"type\" is a name here; write the type itself in place of this object");
        }
        const auto& name = kind->text;
        if (name == "record" || name == "error" || name == "enum" || name == "fixed") {
            return define(tree, name, space, depth);
        }
        if (name == "array" || name == "map") {
            return container(tree, name == "array" ? Kind::Array : Kind::Map, space, depth);
        }
        const auto primitive = primitiveNamed(name);
        if (!primitive) {
            return named(*kind, name, space);
        }
        auto& node = make(*primitive, tree);
        keepProps(node.props, tree, {"type"});
        applyLogicalType(node);
        return &node;
    }

    const Node* container(const JsonTree& tree, Kind kind, const std::string& space, int depth) {
        const std::string_view member = kind == Kind::Array ? "items" : "values";
        const auto* inner = tree.find(member);
        if (!inner) {
            return wrong(tree, fmt::format("this {} has no \"{}\"", kindName(kind), member));
        }
        auto& node = make(kind, tree);
        node.items = type(*inner, space, depth + 1);
        keepProps(node.props, tree, {"type", member});
        return node.items ? &node : nullptr;
    }

    const Node* define(const JsonTree& tree, const std::string& what, const std::string& space, int depth) {
        auto& node = make(what == "enum" ? Kind::Enum : what == "fixed" ? Kind::Fixed : Kind::Record, tree);
        node.isError = what == "error";
        if (!name(node, tree, space) || !documented(node.doc, node.hasDoc, tree) || !aliases(node, tree)) {
            return nullptr;
        }
        if (!m_model.names.emplace(node.name, &node).second) {
            return wrong(tree, fmt::format("{} is defined twice", node.name));
        }
        const bool isMade = node.kind == Kind::Enum    ? enumeration(node, tree)
                            : node.kind == Kind::Fixed ? fixed(node, tree)
                                                       : record(node, tree, depth);
        if (!isMade) {
            return nullptr;
        }
        applyLogicalType(node);
        return &node;
    }

    bool name(Node& node, const JsonTree& tree, const std::string& space) {
        const auto* given = tree.find("name");
        const auto* givenSpace = tree.find("namespace");
        if (!given || !given->is(Json::String)) {
            return refuse(given ? *given : tree, fmt::format("this {} has no name", kindName(node.kind)));
        }
        if (givenSpace && !givenSpace->is(Json::String) && !givenSpace->is(Json::Null)) {
            return refuse(*givenSpace, "a namespace is a string");
        }
        // A name with dots carries its namespace; then "namespace" counts for nothing.
        const auto inSpace = givenSpace ? givenSpace->text : space;
        node.name =
            given->text.find('.') != std::string::npos || inSpace.empty() ? given->text : inSpace + "." + given->text;
        if (node.name.starts_with('.')) { // Java writes a name without namespace so
            node.name.erase(0, 1);
        }
        if (!isFullName(node.name)) {
            return refuse(
                *given,
                fmt::format("\"{}\" is no name: letters, digits and _ with dots between, no digit first", node.name));
        }
        if (primitiveNamed(node.name)) {
            return refuse(*given, fmt::format("\"{}\" is a type of Avro and can't be a name", node.name));
        }
        return true;
    }

    bool documented(std::string& doc, bool& hasDoc, const JsonTree& tree) {
        if (const auto* given = tree.find("doc"); given && given->is(Json::String)) {
            doc = given->text;
            hasDoc = true;
        }
        return true;
    }

    bool strings(std::vector<std::string>& out, const JsonTree& tree, std::string_view member) {
        const auto* given = tree.find(member);
        if (!given) {
            return true;
        }
        if (!given->is(Json::Array)) {
            return refuse(*given, fmt::format("\"{}\" is an array of names", member));
        }
        for (const auto& item : given->items) {
            if (!item.is(Json::String)) {
                return refuse(item, fmt::format("\"{}\" holds names only", member));
            }
            out.push_back(item.text);
        }
        return true;
    }

    bool aliases(Node& node, const JsonTree& tree) {
        if (!strings(node.aliases, tree, "aliases")) {
            return false;
        }
        for (auto& alias : node.aliases) {
            if (alias.find('.') == std::string::npos && !spaceOf(node.name).empty()) {
                alias = std::string(spaceOf(node.name)) + "." + alias;
            }
        }
        return true;
    }

    bool enumeration(Node& node, const JsonTree& tree) {
        const auto* symbols = tree.find("symbols");
        if (!symbols || !strings(node.symbols, tree, "symbols")) {
            return symbols ? false : refuse(tree, "this enum has no \"symbols\"");
        }
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < node.symbols.size(); ++i) {
            if (!isName(node.symbols[i])) {
                return refuse(
                    symbols->items[i],
                    fmt::format("\"{}\" is no symbol: letters, digits and _, no digit first", node.symbols[i]));
            }
            if (!seen.insert(node.symbols[i]).second) {
                return refuse(symbols->items[i], fmt::format("{} stands twice", node.symbols[i]));
            }
        }
        if (const auto* given = tree.find("default"); given) {
            if (!given->is(Json::String) || !seen.contains(given->text)) {
                return refuse(*given, "an enum's default is one of its symbols");
            }
            node.enumDefault = given->text;
        }
        keepProps(node.props, tree, {"type", "name", "namespace", "doc", "aliases", "symbols", "default"});
        return true;
    }

    bool fixed(Node& node, const JsonTree& tree) {
        const auto* size = tree.find("size");
        const auto bytes = size ? size->asInteger().value_or(-1) : -1;
        if (bytes < 0 || bytes > 64 * 1024 * 1024) {
            return refuse(size ? *size : tree, "a fixed has a \"size\" in bytes, from 0 to 64 MiB");
        }
        node.fixedSizeBytes = bytes;
        keepProps(node.props, tree, {"type", "name", "namespace", "doc", "aliases", "size"});
        return true;
    }

    bool record(Node& node, const JsonTree& tree, int depth) {
        const auto* fields = tree.find("fields");
        if (!fields || !fields->is(Json::Array)) {
            return refuse(fields ? *fields : tree, "a record has \"fields\", an array");
        }
        keepProps(node.props, tree, {"type", "name", "namespace", "doc", "aliases", "fields"});
        std::set<std::string> seen;
        const std::string space(spaceOf(node.name));
        for (const auto& item : fields->items) {
            Field made;
            if (!field(made, item, space, depth)) {
                return false;
            }
            if (!seen.insert(made.name).second) {
                return refuse(item, fmt::format("the field {} stands twice in {}", made.name, node.name));
            }
            if (made.defaultValue) {
                m_defaults.push_back({&node, node.fields.size()});
            }
            node.fields.push_back(std::move(made));
        }
        return true;
    }

    bool field(Field& made, const JsonTree& tree, const std::string& space, int depth) {
        const auto* name = tree.find("name");
        const auto* given = tree.find("type");
        if (!tree.is(Json::Object) || !name || !name->is(Json::String) || !given) {
            return refuse(tree, "a field is an object with a \"name\" and a \"type\"");
        }
        if (!isName(name->text)) {
            return refuse(*name, fmt::format("\"{}\" is no name: letters, digits and _, no digit first", name->text));
        }
        made.name = name->text;
        made.byte = tree.byte;
        made.type = type(*given, space, depth + 1);
        if (!made.type || !documented(made.doc, made.hasDoc, tree) || !strings(made.aliases, tree, "aliases")) {
            return false;
        }
        if (const auto* order = tree.find("order"); order) {
            if (!order->isString("ascending") && !order->isString("descending") && !order->isString("ignore")) {
                return refuse(*order, "\"order\" is ascending, descending or ignore");
            }
            made.order = order->text == "ascending" ? "" : order->text;
        }
        if (const auto* value = tree.find("default"); value) {
            made.defaultValue = *value;
        }
        keepProps(made.props, tree, {"name", "type", "doc", "aliases", "order", "default"});
        return true;
    }

    /// After all types are known: a default may be of a record that is defined further on. Marked, not refused: events
    /// were written with such schemas, which older registries took.
    void checkDefaults() {
        for (const auto& [record, index] : m_defaults) {
            auto& field = record->fields[index];
            field.isDefaultWrong = !isValidDefault(*field.type, *field.defaultValue);
            if (field.isDefaultWrong && !m_isForeign && !m_model.wrongDefault) {
                wrong(*field.defaultValue, fmt::format("the default of {} is {}, but its type {} wants {}", field.name,
                                                       field.defaultValue->toString().substr(0, 60),
                                                       typeWords(*field.type), defaultWords(*field.type)));
                m_model.wrongDefault = m_error;
            }
        }
    }

    static void keepProps(std::vector<JsonMember>& props, const JsonTree& tree,
                          std::initializer_list<std::string_view> known) {
        for (const auto& member : tree.members) {
            if (std::ranges::find(known, member.first) == known.end()) {
                props.push_back(member);
            }
        }
    }

    Model& m_model;
    std::string_view m_text;
    bool m_isForeign;
    std::vector<DefaultToCheck> m_defaults;
    Error m_error;
};

} // namespace

Result<std::shared_ptr<const Model>> parseModel(std::string_view text, std::span<const NamedSchema> references) {
    auto model = std::make_shared<Model>();
    for (const auto& reference : references) {
        if (auto parsed = Parser(*model, reference.text, true).parse(); !parsed) {
            return fail(parsed.error().code, fmt::format("The referenced schema {} can't be used. {}", reference.name,
                                                         parsed.error().message));
        }
    }
    const auto top = Parser(*model, text, false).parse();
    if (!top) {
        return std::unexpected(top.error());
    }
    model->top = *top;
    return std::shared_ptr<const Model>(std::move(model));
}

} // namespace meshbone::catalog::avro
