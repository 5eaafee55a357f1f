// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/compiled.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// Makes nodes of the values of documents, and finds what references mean. Lives for one call of compileSchema. After
/// the first error it does nothing more; what it returns then is not to be used.
class Compiler {
public:
    Compiler(Compiled& out, const CompileOptions& options);

    Status run(std::string text, std::span<const NamedSchema> references);

    // For those who read keywords.
    [[nodiscard]] const CompileOptions& options() const { return m_options; }
    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }
    /// A subschema of `parent`.
    const Node* child(const Node& parent, const Value& value, std::string piece);
    /// A pattern; nothing after an error.
    std::optional<Pattern> pattern(const Document& document, std::size_t at, std::string_view text);
    /// Notes that something is wrong at a byte of a document. The first time counts.
    void refuse(const Document& document, std::size_t at, std::string sentence,
                ErrorCode code = ErrorCode::InvalidArgument);
    /// Notes a reference for when all documents are known.
    enum class ReferenceKind : std::uint8_t { Plain, Dynamic, Recursive };
    void refer(Node& from, ReferenceKind kind, const Value& text);
    void needEvaluated() { m_out.tracksEvaluated = true; }

private:
    struct Pending {
        Node* from = nullptr;
        ReferenceKind kind = ReferenceKind::Plain;
        const Value* text = nullptr;
    };
    struct Scope {
        const Document* document = nullptr;
        Resource* resource = nullptr;
        const Node* parent = nullptr;
        std::string piece;
    };

    Document* addDocument(std::string name, std::string text);
    Resource& addResource(std::string uri, const Dialect& dialect, const Document& document, const Value& value);
    void compileDocument(const Document& document, std::string uri);
    Dialect dialectFor(const Value& root, const Dialect& otherwise) const;
    const Value* knownMetaschema(std::string_view uri) const;

    Node* compile(const Value& value, Scope scope);
    void identify(Node& node, Scope& scope);
    void identifyAnchors(Node& node, Resource& resource);
    void resolve(const Pending& pending);
    [[nodiscard]] Resource* knownResource(const std::string& uri, std::string_view name) const;
    void readReferences(const std::string& uri, std::string_view name);
    Resource* resourceAt(const std::string& uri, const std::string& written);
    const Node* locate(Resource& resource, std::string_view pointer);

    Compiled& m_out;
    CompileOptions m_options;
    std::chrono::steady_clock::time_point m_start;
    std::optional<Error> m_error;
    std::map<std::string, Resource*> m_resources;                  ///< by URI
    std::map<std::string, Resource*, std::less<>> m_references;    ///< by the name that they were given under
    std::vector<std::pair<const Document*, std::string>> m_unread; ///< references that nobody asked for yet, with URI
    std::unordered_map<const Value*, Node*> m_nodes;
    std::vector<Pending> m_pending;
    std::size_t m_counted = 0;     ///< of what kMaxSchemaNodes bounds
    std::size_t m_patternSize = 0; ///< of all patterns
};

/// Reads all keywords of a node whose identity is known.
void readKeywords(Compiler& compiler, Node& node);

} // namespace meshbone::catalog::jsonschema
