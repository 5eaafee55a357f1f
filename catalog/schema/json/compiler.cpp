// SPDX-License-Identifier: Apache-2.0
#include "schema/json/compiler.h"

#include "schema/json/reader.h"
#include "schema/json/uri.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::size_t kMostPatternSize = 300'000; ///< of all patterns of a schema, in instructions
constexpr std::chrono::seconds kMostTime{2};      ///< for making patterns, which alone can take long
constexpr ReadRules kSchemaRules{.depth = kMaxSchemaDepth, .values = kMaxSchemaBytes, .refusesTwinNames = true};

std::string_view idKeyword(Draft draft) {
    return draft == Draft::Draft4 ? "id" : "$id";
}

bool isReferenceAlone(const Value& value, Draft draft) {
    const Value* reference = value.find("$ref");
    return draft <= Draft::Draft7 && reference != nullptr && reference->isString();
}

} // namespace

Compiler::Compiler(Compiled& out, const CompileOptions& options)
    : m_out(out)
    , m_options(options)
    , m_start(std::chrono::steady_clock::now()) {
    m_out.options = options;
}

void Compiler::refuse(const Document& document, std::size_t at, std::string sentence, ErrorCode code) {
    if (!m_error) {
        const TextPlace place = document.placeAt(at);
        const std::string where = document.name.empty() ? "Line" : fmt::format("In {}, line", document.name);
        m_error = Error{code, fmt::format("{} {}, column {}: {}", where, place.line, place.column, sentence)};
    }
}

Document* Compiler::addDocument(std::string name, std::string text) {
    if (text.size() > kMaxSchemaBytes) {
        m_error = Error{ErrorCode::Exhausted,
                        fmt::format("The schema has {} bytes; at most {} are allowed.", text.size(), kMaxSchemaBytes)};
        return nullptr;
    }
    auto root = readJson(text, kSchemaRules);
    if (!root) {
        m_error = std::move(root.error());
        if (!name.empty()) {
            m_error->message = fmt::format("In {}: {}", name, m_error->message);
        }
        return nullptr;
    }
    Document& document = m_out.documents.emplace_back();
    document.name = std::move(name);
    document.text = std::move(text);
    document.root = std::move(*root);
    document.lines.push_back(0);
    for (std::size_t i = 0; i < document.text.size(); ++i) {
        if (document.text[i] == '\n') {
            document.lines.push_back(static_cast<std::uint32_t>(i + 1));
        }
    }
    return &document;
}

Status Compiler::run(std::string text, std::span<const NamedSchema> references) {
    const Document* schema = addDocument("", std::move(text));
    std::vector<const Document*> others;
    for (const NamedSchema& reference : references) {
        if (!hasFailed()) {
            others.push_back(addDocument(reference.name, reference.text));
        }
    }
    if (!hasFailed()) {
        compileDocument(*schema, "");
        const std::string base = m_out.resources.front().uri;
        for (const Document* other : others) {
            m_unread.emplace_back(other, splitFragment(resolveUri(base, other->name)).first);
        }
    }
    for (std::size_t i = 0; i < m_pending.size() && !hasFailed(); ++i) {
        resolve(Pending(m_pending[i])); // which may add more
    }
    if (m_error) {
        return std::unexpected(std::move(*m_error));
    }
    m_out.root = m_nodes.at(&schema->root);
    return {};
}

const Value* Compiler::knownMetaschema(std::string_view uri) const {
    for (const Document& document : m_out.documents) {
        const Value* id = document.root.find("$id");
        if (document.name == uri || (id != nullptr && id->isString() && id->text == uri)) {
            return &document.root;
        }
    }
    return nullptr;
}

Dialect Compiler::dialectFor(const Value& root, const Dialect& otherwise) const {
    const Value* schema = root.find("$schema");
    if (schema == nullptr || !schema->isString()) {
        return otherwise;
    }
    if (const auto draft = draftOf(schema->text)) {
        return {.draft = *draft};
    }
    const Value* metaschema = knownMetaschema(schema->text);
    const Value* metaMeta = metaschema == nullptr ? nullptr : metaschema->find("$schema");
    const auto draft = metaMeta != nullptr && metaMeta->isString() ? draftOf(metaMeta->text) : std::nullopt;
    return draft ? dialectOf(*metaschema, *draft) : otherwise;
}

Resource& Compiler::addResource(std::string uri, const Dialect& dialect, const Document& document, const Value& value) {
    Resource& resource = m_out.resources.emplace_back();
    resource.uri = std::move(uri);
    resource.dialect = dialect;
    resource.document = &document;
    resource.value = &value;
    m_resources.emplace(resource.uri, &resource);
    return resource;
}

void Compiler::compileDocument(const Document& document, std::string uri) {
    if (hasFailed()) {
        return;
    }
    Resource& resource = addResource(std::move(uri), dialectFor(document.root, {.draft = m_options.defaultDraft}),
                                     document, document.root);
    m_references.emplace(document.name, &resource);
    const Value* id = document.root.find(idKeyword(resource.dialect.draft));
    if (id != nullptr && id->isString() && !isReferenceAlone(document.root, resource.dialect.draft)) {
        if (const auto own = splitFragment(resolveUri(resource.uri, id->text)).first; own != resource.uri) {
            resource.uri = own; // known under both
            m_resources.emplace(own, &resource);
        }
    }
    compile(document.root, {.document = &document, .resource = &resource, .parent = nullptr, .piece = {}});
}

const Node* Compiler::child(const Node& parent, const Value& value, std::string piece) {
    return compile(value, {.document = parent.document,
                           .resource = const_cast<Resource*>(parent.resource), // ours; const for those who use it
                           .parent = &parent,
                           .piece = std::move(piece)});
}

Node* Compiler::compile(const Value& value, Scope scope) {
    if (const auto known = m_nodes.find(&value); known != m_nodes.end()) {
        return known->second;
    }
    m_counted += 1 + value.items.size();
    if (m_counted > kMaxSchemaNodes) {
        refuse(*scope.document, value.at,
               fmt::format("the schema has more than {} types, properties and keywords.", kMaxSchemaNodes),
               ErrorCode::Exhausted);
    }
    Node& node = m_out.nodes.emplace_back();
    m_nodes.emplace(&value, &node);
    node.value = &value;
    node.document = scope.document;
    node.resource = scope.resource;
    node.parent = scope.parent;
    node.piece = std::move(scope.piece);
    if (hasFailed()) {
        return &node;
    }
    if (value.isBoolean()) {
        node.isFalse = !value.truth;
    } else if (!value.isObject()) {
        refuse(*scope.document, value.at,
               fmt::format("a schema is an object, true or false, but this is {}.", kindInWords(value.kind)));
    }
    identify(node, scope);
    if (value.isObject() && !hasFailed()) {
        readKeywords(*this, node);
    }
    return &node;
}

/// What the node is called: its resource and its anchors.
void Compiler::identify(Node& node, Scope& scope) {
    const Value& value = *node.value;
    if (scope.resource->value == &value) {
        scope.resource->root = &node;
    }
    if (!value.isObject()) {
        return;
    }
    node.isReferenceOnly = isReferenceAlone(value, scope.resource->dialect.draft);
    const Draft outerDraft = dialectFor(value, scope.resource->dialect).draft;
    const Value* id = value.find(idKeyword(outerDraft));
    if (id != nullptr && !id->isString()) {
        return refuse(*node.document, id->at,
                      fmt::format("`{}` is a URI, but this is {}.", idKeyword(outerDraft), kindInWords(id->kind)));
    }
    if (id != nullptr && !node.isReferenceOnly) {
        const auto [uri, fragment] = splitFragment(resolveUri(scope.resource->uri, id->text));
        if (scope.resource->value != &value && !id->text.starts_with('#')) {
            scope.resource = &addResource(uri, dialectFor(value, scope.resource->dialect), *node.document, value);
            scope.resource->root = &node;
            node.resource = scope.resource;
        }
        if (!fragment.empty() && outerDraft <= Draft::Draft7) {
            scope.resource->anchors.emplace(fragment, &node);
        }
    }
    identifyAnchors(node, *scope.resource);
}

void Compiler::identifyAnchors(Node& node, Resource& resource) {
    const Draft draft = resource.dialect.draft;
    const auto nameOf = [&](std::string_view keyword) -> const Value* {
        const Value* name = node.value->find(keyword);
        if (name != nullptr && !name->isString()) {
            refuse(*node.document, name->at,
                   fmt::format("`{}` is a name, but this is {}.", keyword, kindInWords(name->kind)));
            return nullptr;
        }
        return name;
    };
    if (draft >= Draft::Draft2019) {
        if (const Value* name = nameOf("$anchor")) {
            resource.anchors.emplace(name->text, &node);
        }
    }
    if (draft == Draft::Draft2020) {
        if (const Value* name = nameOf("$dynamicAnchor")) {
            resource.anchors.emplace(name->text, &node);
            resource.dynamicAnchors.emplace(name->text, &node);
        }
    }
    const Value* recursive = draft == Draft::Draft2019 ? node.value->find("$recursiveAnchor") : nullptr;
    if (recursive != nullptr && recursive->isBoolean() && resource.value == node.value) {
        resource.isRecursiveAnchor = recursive->truth;
    }
}

void Compiler::refer(Node& from, ReferenceKind kind, const Value& text) {
    m_pending.push_back({&from, kind, &text});
}

Resource* Compiler::knownResource(const std::string& uri, std::string_view name) const {
    if (const auto known = m_resources.find(uri); known != m_resources.end()) {
        return known->second;
    }
    const auto known = name.empty() ? m_references.end() : m_references.find(name);
    return known == m_references.end() ? nullptr : known->second;
}

/// Compiles the references that are called so, or all that are left: an id within one may be what is meant.
void Compiler::readReferences(const std::string& uri, std::string_view name) {
    std::vector<std::pair<const Document*, std::string>> chosen;
    const auto isChosen = [&](const auto& unread) { return unread.second == uri || unread.first->name == name; };
    if (std::ranges::any_of(m_unread, isChosen)) {
        const auto kept = std::ranges::stable_partition(m_unread, std::not_fn(isChosen));
        chosen.assign(kept.begin(), kept.end());
        m_unread.erase(kept.begin(), kept.end());
    } else {
        chosen.swap(m_unread);
    }
    for (const auto& [document, at] : chosen) {
        compileDocument(*document, at);
    }
}

Resource* Compiler::resourceAt(const std::string& uri, const std::string& written) {
    std::string_view name(written);
    name = name.substr(0, name.find('#'));
    name.remove_prefix(name.starts_with("./") ? 2 : 0);
    Resource* resource = knownResource(uri, name);
    if (const auto text = metaschemaText(uri); resource == nullptr && !text.empty()) {
        if (const Document* document = addDocument(uri, std::string(text))) {
            compileDocument(*document, uri);
            resource = knownResource(uri, name);
        }
    }
    while (resource == nullptr && !m_unread.empty() && !hasFailed()) {
        readReferences(uri, name);
        resource = knownResource(uri, name);
    }
    return resource;
}

/// A place in a resource by JSON pointer; compiled now where no keyword says that a schema is there.
const Node* Compiler::locate(Resource& resource, std::string_view pointer) {
    const Value* at = resource.value;
    Scope scope{.document = resource.document, .resource = &resource, .parent = nullptr, .piece = {}};
    for (const std::string& step : pointerSteps(pointer)) {
        if (const auto known = m_nodes.find(at); known != m_nodes.end()) {
            scope.parent = known->second;
            scope.resource = const_cast<Resource*>(known->second->resource);
            scope.piece.clear();
        }
        const Value* next = at->find(step);
        if (at->isArray()) {
            std::size_t index = 0;
            const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
            const bool isIndex = error == std::errc() && end == step.data() + step.size() && index < at->items.size();
            next = isIndex ? &at->items[index] : nullptr;
        }
        if (next == nullptr) {
            return nullptr;
        }
        scope.piece += "/" + pointerStep(step);
        at = next;
    }
    return compile(*at, scope);
}

void Compiler::resolve(const Pending& pending) {
    Node& from = *pending.from;
    const std::string& written = pending.text->text;
    const auto [uri, fragment] = splitFragment(resolveUri(from.resource->uri, written));
    Resource* resource = resourceAt(uri, written);
    if (resource == nullptr) {
        return refuse(*from.document, pending.text->at,
                      fmt::format("no schema is known as {}; give it along as a reference under this name.",
                                  quoteJson(written.substr(0, written.find('#')))));
    }
    const Node* target = nullptr;
    const auto anchor = resource->anchors.find(fragment);
    if (fragment.empty() || fragment.front() == '/') {
        target = fragment.empty() ? resource->root : locate(*resource, fragment);
    } else if (anchor != resource->anchors.end()) {
        target = anchor->second;
    }
    if (target == nullptr) {
        return refuse(*from.document, pending.text->at,
                      fmt::format("the reference {} leads nowhere.", quoteJson(written)));
    }
    if (pending.kind == ReferenceKind::Plain) {
        from.references->plain = target;
        return;
    }
    from.references->dynamic = target;
    m_out.hasDynamic = true;
    if (pending.kind == ReferenceKind::Recursive) {
        from.references->isRecursive = target->resource->isRecursiveAnchor && target->resource->root == target;
    } else if (target->resource->dynamicAnchors.contains(fragment)) {
        from.references->dynamicName = fragment;
    }
}

std::optional<Pattern> Compiler::pattern(const Document& document, std::size_t at, std::string_view text) {
    if (hasFailed()) {
        return std::nullopt;
    }
    auto made = Pattern::of(text);
    if (!made) {
        refuse(document, at, std::move(made.error().message));
        return std::nullopt;
    }
    m_patternSize += made->size();
    if (m_patternSize > kMostPatternSize || std::chrono::steady_clock::now() - m_start > kMostTime) {
        refuse(document, at, "the patterns of the schema are too large together; make them simpler.",
               ErrorCode::Exhausted);
        return std::nullopt;
    }
    return std::move(*made);
}

Result<std::shared_ptr<const Compiled>> compileSchema(std::string text, std::span<const NamedSchema> references,
                                                      const CompileOptions& options) {
    auto compiled = std::make_shared<Compiled>();
    if (auto done = Compiler(*compiled, options).run(std::move(text), references); !done) {
        return std::unexpected(std::move(done.error()));
    }
    return compiled;
}

std::size_t Compiled::sizeBytes() const {
    std::size_t size =
        sizeof(Compiled) + nodes.size() * (sizeof(Node) + 200) + resources.size() * (sizeof(Resource) + 100);
    for (const Document& document : documents) {
        size += document.text.size() * 5; // the text, and the values that were read from it
    }
    return size;
}

} // namespace meshbone::catalog::jsonschema
