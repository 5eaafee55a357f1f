// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/file_set.h"

#include "schema/protobuf/builtin_files.h"
#include "schema/protobuf/encoded_descriptor.h"
#include "schema/protobuf/late_checks.h"
#include "schema/protobuf/library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {

using namespace google::protobuf;

// No import can say it, since a reference's name is a path.
constexpr std::string_view kMainName = "<schema>";
constexpr std::string_view kMetaName = "confluent/meta.proto";
constexpr std::size_t kBytesOfNode = 1'000; // of a descriptor, its names and places, measured

/// Keeps the first error of linking, with its place.
class FirstLinkError : public DescriptorPool::ErrorCollector {
public:
    explicit FirstLinkError(const ParsedFile& file)
        : m_file(file) {}

#if MESHBONE_PROTOBUF_ABSL
    void RecordError(absl::string_view, absl::string_view element, const Message* descriptor, ErrorLocation location,
                     absl::string_view message) override {
#else
    void AddError(const std::string&, const std::string& element, const Message* descriptor, ErrorLocation location,
                  const std::string& message) override {
#endif
        take(element, descriptor, location, message);
    }
    void take(std::string_view element, const Message* descriptor, ErrorLocation location, std::string_view message) {
        if (!m_sentence.empty()) {
            return;
        }
        if (message.find("maximum recursion limit") != message.npos) {
            m_isTooDeep = true;
            m_sentence = fmt::format("{} nests messages too deeply; they may stand at most 32 deep.", m_file.whose);
            return;
        }
        int line = -1;
        int column = 0;
        if (!m_file.locations.Find(descriptor, location, &line, &column)) {
            m_file.locations.Find(descriptor, ErrorLocation::OTHER, &line, &column);
        }
        const auto place = m_file.lines.place(line, column);
        m_sentence =
            m_file.sentence(place, place.line == 0 && !element.empty() ? fmt::format("{}: {}", element, message)
                                                                       : std::string(message));
    }
    [[nodiscard]] const std::string& sentence() const { return m_sentence; }
    [[nodiscard]] ErrorCode code() const { return m_isTooDeep ? ErrorCode::Exhausted : ErrorCode::InvalidArgument; }

private:
    const ParsedFile& m_file;
    std::string m_sentence;
    bool m_isTooDeep = false;
};

/// Confluent's registry and its clients take options of confluent/meta.proto also from a text that doesn't import it.
bool usesMetaUnasked(const ParsedFile& file) {
    return file.name != kMetaName &&
           std::ranges::find(file.proto.dependency(), kMetaName) == file.proto.dependency().end() &&
           (file.text.find("(confluent.") != std::string::npos || file.text.find("(.confluent.") != std::string::npos);
}

/// What must be linked before a file.
std::vector<std::string> linkedWith(const ParsedFile& file) {
    std::vector<std::string> names(file.proto.dependency().begin(), file.proto.dependency().end());
    if (usesMetaUnasked(file)) {
        names.emplace_back(kMetaName);
    }
    return names;
}

TextPlace placeOfImport(const ParsedFile& file, int index) {
    for (const auto& location : file.proto.source_code_info().location()) {
        if (location.path_size() == 2 && location.path(0) == FileDescriptorProto::kDependencyFieldNumber &&
            location.path(1) == index && location.span_size() >= 2) {
            return file.lines.place(location.span(0), location.span(1));
        }
    }
    return {};
}

} // namespace

FileSet::FileSet()
    : m_pool(DescriptorPool::generated_pool()) {}

Result<std::unique_ptr<FileSet>> FileSet::build(std::string text, std::span<const NamedSchema> references) {
    const Quiet quiet;
    const std::string name(kMainName);
    auto encoded = text.size() <= kMaxSchemaBytes ? encodedDescriptor(text) : std::nullopt;
    if (!encoded) {
        return buildFrom(parseFile(name, "The schema", std::move(text)), references);
    }
    auto made = buildFrom(fileOfDescriptor(name, "The encoded descriptor", std::move(*encoded)), references);
    if (!made) {
        return made;
    }
    auto set = buildFrom(parseFile(name, "The encoded descriptor", (*made)->descriptor().DebugString()), references);
    if (set) {
        (*set)->m_hasPlaces = false;
    }
    return set;
}

Result<std::unique_ptr<FileSet>> FileSet::buildFrom(Result<std::unique_ptr<ParsedFile>> main,
                                                    std::span<const NamedSchema> references) {
    std::unique_ptr<FileSet> set(new FileSet());
    if (auto loaded = set->load(std::move(main), references); !loaded) {
        return std::unexpected(std::move(loaded.error()));
    }
    if (auto linked = set->link(); !linked) {
        return std::unexpected(std::move(linked.error()));
    }
    return set;
}

Status FileSet::load(Result<std::unique_ptr<ParsedFile>> main, std::span<const NamedSchema> references) {
    if (auto added = add(std::move(main)); !added) {
        return added;
    }
    for (std::size_t i = 0; i < m_files.size(); ++i) { // grows while it goes
        for (int import = 0; import < m_files[i]->proto.dependency_size(); ++import) {
            if (auto added = addImport(*m_files[i], import, references); !added) {
                return added;
            }
        }
        if (usesMetaUnasked(*m_files[i]) && !m_indexes.contains(kMetaName)) {
            if (auto added = addBuiltin(kMetaName); !added) {
                return added;
            }
        }
    }
    return {};
}

Status FileSet::addBuiltin(std::string_view name) {
    return add(
        parseFile(std::string(name), fmt::format("The built-in file '{}'", name), std::string(*builtinText(name))));
}

Status FileSet::addImport(const ParsedFile& importer, int index, std::span<const NamedSchema> references) {
    const auto& name = importer.proto.dependency(index);
    if (m_indexes.contains(name) || isWellKnownFile(name)) {
        return {};
    }
    if (builtinText(name)) {
        return addBuiltin(name);
    }
    const auto found = std::ranges::find(references, name, &NamedSchema::name);
    if (found == references.end()) {
        return fail(ErrorCode::InvalidArgument,
                    importer.sentence(placeOfImport(importer, index),
                                      fmt::format("it imports '{}', which is not among its references; register that "
                                                  "schema first and refer to it by this name",
                                                  name)));
    }
    return add(parseFile(name, fmt::format("The reference '{}'", name), found->text));
}

Status FileSet::add(Result<std::unique_ptr<ParsedFile>> file) {
    if (!file) {
        return std::unexpected(std::move(file.error()));
    }
    m_nodes += (*file)->nodes;
    if (m_nodes > kMaxSchemaNodes) {
        return fail(ErrorCode::Exhausted,
                    fmt::format("The schema and what it imports have more than {} types, fields, values and options.",
                                kMaxSchemaNodes));
    }
    m_indexes.emplace((*file)->name, m_files.size());
    m_files.push_back(std::move(*file));
    return {};
}

Status FileSet::link() {
    // Each after what it imports, without recursion: imports may be as long a chain as there are references.
    std::vector<std::size_t> waitsFor(m_files.size());
    std::vector<std::vector<std::size_t>> importers(m_files.size());
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        for (const auto& name : linkedWith(*m_files[i])) {
            if (const auto found = m_indexes.find(name); found != m_indexes.end()) {
                ++waitsFor[i];
                importers[found->second].push_back(i);
            }
        }
        if (waitsFor[i] == 0) {
            ready.push_back(i);
        }
    }
    for (std::size_t done = 0; done < ready.size(); ++done) {
        const auto index = ready[done];
        if (auto built = buildFile(*m_files[index]); !built) {
            return built;
        }
        for (const auto importer : importers[index]) {
            if (--waitsFor[importer] == 0) {
                ready.push_back(importer);
            }
        }
    }
    if (ready.size() < m_files.size()) {
        return fail(ErrorCode::InvalidArgument, cycleSentence(waitsFor));
    }
    if (const auto forged = firstForgedType(m_pool); !forged.empty()) {
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("The schema, or what it imports, defines {} otherwise than Protobuf does; give that type "
                        "a name of its own.",
                        forged));
    }
    m_descriptor = m_pool.FindFileByName(std::string(kMainName));
    for (const auto& file : m_files) { // the pool has its own copy of what is asked for from now on
        file->locations.Clear();
        if (file != m_files.front()) {
            file->proto.Clear();
        }
    }
    return {};
}

std::string FileSet::cycleSentence(const std::vector<std::size_t>& waitsFor) const {
    // From the schema along imports that wait themselves: where one comes again, the circle closes.
    std::vector<std::size_t> way;
    std::size_t at = 0;
    auto seen = way.end();
    for (; seen == way.end(); seen = std::ranges::find(way, at)) {
        way.push_back(at);
        for (const auto& name : m_files[at]->proto.dependency()) {
            if (const auto found = m_indexes.find(name); found != m_indexes.end() && waitsFor[found->second] > 0) {
                at = found->second;
                break;
            }
        }
    }
    way.erase(way.begin(), seen);
    way.push_back(at);
    std::vector<std::string> names;
    std::ranges::transform(way, std::back_inserter(names),
                           [&](std::size_t index) { return fmt::format("'{}'", m_files[index]->name); });
    return fmt::format("The schema's imports go round in a circle: {}; take one of them out.",
                       fmt::join(names, " imports "));
}

Status FileSet::buildFile(ParsedFile& file) {
    FirstLinkError error(file);
    checkLate(file.proto, [&error](const Message& part, bool isName, const std::string& message) {
        using Collector = DescriptorPool::ErrorCollector;
        error.take({}, &part, isName ? Collector::NAME : Collector::NUMBER, message);
    });
    if (!error.sentence().empty()) {
        return fail(error.code(), error.sentence());
    }
    const bool isUnasked = usesMetaUnasked(file);
    if (isUnasked) { // for linking alone: the text doesn't say it, and a copy would have no places
        file.proto.add_dependency(std::string(kMetaName));
    }
    const bool isBuilt = m_pool.BuildFileCollectingErrors(file.proto, &error) != nullptr;
    if (isUnasked) {
        file.proto.mutable_dependency()->RemoveLast();
    }
    if (!isBuilt) {
        return fail(error.code(),
                    error.sentence().empty() ? file.sentence({}, "its types can't be linked") : error.sentence());
    }
    return {};
}

TextPlace FileSet::packagePlace() const {
    SourceLocation location;
    return m_hasPlaces && m_descriptor->GetSourceLocation({FileDescriptorProto::kPackageFieldNumber}, &location)
               ? main().lines.place(location.start_line, location.start_column)
               : TextPlace{};
}

std::size_t FileSet::sizeBytes() const {
    auto bytes = sizeof(FileSet) + m_nodes * kBytesOfNode;
    for (const auto& file : m_files) {
        bytes += file->text.size() + file->proto.SpaceUsedLong();
    }
    return bytes;
}

} // namespace meshbone::catalog::protobuf
