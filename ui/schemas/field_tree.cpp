// SPDX-License-Identifier: Apache-2.0
#include "schemas/field_tree.h"

#include "schemas/fields_model.h"

#include <catalog/event_form.h>

#include <algorithm>

namespace meshbone::ui {

namespace {

using Kind = FieldNode::Kind;
using FormKind = catalog::FormType::Kind;

constexpr std::size_t kMostVisits = 100'000; ///< of types and fields
constexpr std::size_t kMostDepth = 100;

/// What a list of fields doesn't tell, by path.
struct FieldExtra {
    std::string defaultText;
    bool isRecursive = false;
    bool hasFields = false; ///< what stands there has fields of its own
};

/// Walks the places that the schema's form has, by the paths that the list of fields has for them, and keeps what it
/// finds of those alone: a form may have millions, and the list is bounded.
class ExtraWalk {
public:
    ExtraWalk(const catalog::ParsedSchema& schema, const std::vector<catalog::SchemaField>& fields)
        : m_form(catalog::eventForm(schema))
        , m_hasBranches(schema.type() == catalog::SchemaType::Avro)
        , m_isJson(schema.type() == catalog::SchemaType::Json) {
        for (const auto& field : fields) {
            m_extras.try_emplace(field.path);
        }
        enter(*m_form->top, {});
    }
    /// A JSON Schema's reference to where it stands is another type in the form: only its list of fields ends there.
    [[nodiscard]] bool endsWhereItRecurs() const { return m_isJson; }
    [[nodiscard]] const FieldExtra* of(const std::string& path) const {
        const auto found = m_extras.find(path);
        return found == m_extras.end() ? nullptr : &found->second;
    }

private:
    void enter(const catalog::FormType& type, const std::string& path) {
        const bool isDeep = type.items != nullptr || !type.fields.empty() || !type.branches.empty();
        if (!isDeep || ++m_visits > kMostVisits || m_inside.size() >= kMostDepth) {
            return;
        }
        if (std::ranges::find(m_inside, &type) != m_inside.end()) {
            if (auto* extra = find(fieldOf(path))) {
                extra->isRecursive = true;
            }
            return;
        }
        m_inside.push_back(&type);
        if (auto* extra = type.fields.empty() || path.empty() ? nullptr : find(fieldOf(path))) {
            extra->hasFields = true;
        }
        for (std::size_t i = 0; i < type.fields.size() && hasInside(path); ++i) {
            const auto& field = type.fields[i];
            const auto own = path.empty() ? field.name : path + "." + field.name;
            if (++m_visits > kMostVisits) {
                break;
            }
            auto* extra = find(own);
            if (extra != nullptr && field.defaultValue && extra->defaultText.empty()) {
                extra->defaultText = field.defaultValue->toString();
            }
            enter(*field.type, own);
        }
        if (type.items != nullptr) {
            enter(*type.items, path + (type.kind == FormKind::Map ? "{}" : "[]"));
        }
        enterBranches(type, path);
        m_inside.pop_back();
    }

    [[nodiscard]] FieldExtra* find(const std::string& path) {
        const auto found = m_extras.find(path);
        return found == m_extras.end() ? nullptr : &found->second;
    }

    /// The list has a place within this one.
    [[nodiscard]] bool hasInside(const std::string& path) const {
        const auto next = m_extras.upper_bound(path);
        return next != m_extras.end() && next->first.starts_with(path);
    }

    void enterBranches(const catalog::FormType& type, const std::string& path) {
        const auto isDeep = [](const catalog::FormType* one) {
            return one->kind == FormKind::Record || one->items != nullptr;
        };
        const bool isOne = !m_hasBranches || std::ranges::count_if(type.branches, isDeep) < 2;
        for (const auto* branch : type.branches) {
            const auto name = branch->name.substr(branch->name.rfind('.') + 1);
            enter(*branch, isOne || branch->kind != FormKind::Record ? path : path + "<" + name + ">");
        }
    }

    /// The path of the field that a place within it belongs to: "legs" of "legs[]".
    static std::string fieldOf(std::string path) {
        while (path.ends_with("[]") || path.ends_with("{}") || path.ends_with('>')) {
            path.resize(path.ends_with('>') ? std::min(path.rfind('<'), path.size() - 1) : path.size() - 2);
        }
        return path;
    }

    catalog::EventFormPtr m_form;
    bool m_hasBranches, m_isJson;
    std::map<std::string, FieldExtra> m_extras;
    std::vector<const catalog::FormType*> m_inside;
    std::size_t m_visits = 0;
};

class TreeMaker {
public:
    explicit TreeMaker(std::vector<catalog::SchemaField> fields) { m_tree->fields = std::move(fields); }

    std::shared_ptr<FieldTree> make(const ExtraWalk& extras) {
        for (std::size_t i = 0; i < m_tree->fields.size(); ++i) {
            place(static_cast<int>(i), extras);
        }
        for (const auto& [path, index] : m_tree->byPath) {
            auto& node = m_tree->nodes[static_cast<std::size_t>(index)];
            const auto* extra = extras.of(path);
            node.isRecursive = node.isRecursive || (extras.endsWhereItRecurs() && node.children.empty() &&
                                                    extra != nullptr && extra->hasFields);
        }
        return std::move(m_tree);
    }

private:
    void place(int index, const ExtraWalk& extras) {
        const auto path = m_tree->fields[static_cast<std::size_t>(index)].path;
        auto [parent, at] = parentOf(path);
        while (at < path.size()) {
            const auto end = markerEnd(path, at);
            if (end == at) {
                break;
            }
            parent = group(parent, path.substr(0, end), path.substr(at, end - at));
            at = end;
        }
        FieldNode node;
        node.field = index;
        node.name = path.substr(at < path.size() && path[at] == '.' ? at + 1 : at);
        if (const auto* extra = extras.of(path)) {
            node.defaultText = extra->defaultText;
            node.isRecursive = extra->isRecursive;
        }
        m_tree->byPath.emplace(path, add(std::move(node), parent));
    }

    /// The field that a path leads through last, and where the rest begins.
    [[nodiscard]] std::pair<int, std::size_t> parentOf(const std::string& path) const {
        for (auto at = path.size(); at-- > 1;) {
            if (path[at] != '.' && path[at] != '[' && path[at] != '{' && path[at] != '<') {
                continue;
            }
            if (const auto found = m_tree->byPath.find(path.substr(0, at)); found != m_tree->byPath.end()) {
                return {found->second, at};
            }
        }
        return {-1, 0};
    }

    static std::size_t markerEnd(const std::string& path, std::size_t at) {
        const auto rest = std::string_view(path).substr(at);
        if (rest.starts_with("[]") || rest.starts_with("{}")) {
            return at + 2;
        }
        const auto close = rest.starts_with('<') ? rest.find('>') : std::string_view::npos;
        return close == std::string_view::npos ? at : at + close + 1;
    }

    int group(int parent, const std::string& path, const std::string& marker) {
        if (const auto known = m_groups.find(path); known != m_groups.end()) {
            return known->second;
        }
        FieldNode node;
        node.kind = marker == "[]" ? Kind::Item : marker == "{}" ? Kind::Value : Kind::Branch;
        node.name = node.kind == Kind::Branch ? marker.substr(1, marker.size() - 2) : std::string();
        return m_groups[path] = add(std::move(node), parent);
    }

    int add(FieldNode node, int parent) {
        const auto index = static_cast<int>(m_tree->nodes.size());
        auto& siblings = parent < 0 ? m_tree->top : m_tree->nodes[static_cast<std::size_t>(parent)].children;
        node.parent = parent;
        node.row = static_cast<int>(siblings.size());
        siblings.push_back(index);
        m_tree->nodes.push_back(std::move(node));
        return index;
    }

    std::shared_ptr<FieldTree> m_tree = std::make_shared<FieldTree>();
    std::map<std::string, int> m_groups;
};

} // namespace

FieldTreePtr fieldTree(const catalog::ParsedSchema& schema) {
    auto fields = withoutDoubles(schema.fields());
    const ExtraWalk extras(schema, fields);
    return TreeMaker(std::move(fields)).make(extras);
}

} // namespace meshbone::ui
