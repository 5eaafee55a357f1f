// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/difference_list.h"

#include "schema/protobuf/fields.h"

#include <fmt/format.h>

namespace meshbone::catalog::protobuf {

using namespace google::protobuf;

DifferenceList::DifferenceList(const FileSet& reader, const FileSet& writer)
    : m_reader(reader)
    , m_writer(writer) {
    for (const auto* files : {&reader, &writer}) {
        for (auto& walked : walkFields(*files)) {
            m_paths.emplace(walked.descriptor, std::move(walked.field.path)); // the first of several
        }
    }
}

std::string DifferenceList::fieldPath(const void* reader, const void* writer) const {
    for (const auto* one : {reader, writer}) {
        if (const auto found = m_paths.find(one); one != nullptr && found != m_paths.end()) {
            return found->second;
        }
    }
    return {};
}

void DifferenceList::addPackageChange() {
    const auto package = [](const FileSet& files) {
        const std::string_view name = files.descriptor().package();
        return name.empty() ? std::string("none") : fmt::format("'{}'", name);
    };
    const DifferenceSubject subject{{}, package(m_reader), package(m_writer), {}};
    constexpr auto kKind = DifferenceKind::PackageChanged;
    push({std::string(differenceName(kKind)), "#/", "", differenceMessage(kKind, subject),
          differenceRepair(kKind, subject), m_reader.packagePlace(), m_writer.packagePlace(), isBreaking(kKind)},
         std::nullopt);
}

void DifferenceList::addIfBreaking(const MessagePair& pair, std::string path, std::string what,
                                   const FieldDescriptor& reader, const FieldDescriptor& writer) {
    const std::string_view type = pair.second->full_name();
    push({std::string(differenceName(DifferenceKind::FieldNamedTypeChanged)), std::move(path),
          fieldPath(&reader, &writer),
          fmt::format("{} is of type {}, which has changed incompatibly itself.", what, type),
          fmt::format("Repair what is told about {}.", type), m_reader.place(reader), m_writer.place(writer), true},
         pair);
    dependOn(pair);
}

void DifferenceList::push(SchemaDifference difference, std::optional<MessagePair> onlyIfBreaks) {
    if (difference.isBreaking && !onlyIfBreaks) {
        m_breaking.insert(m_current);
    }
    m_entries.push_back({std::move(difference), onlyIfBreaks});
}

std::vector<SchemaDifference> DifferenceList::finish() {
    std::vector<MessagePair> spreading(m_breaking.begin(), m_breaking.end());
    while (!spreading.empty()) {
        const auto pair = spreading.back();
        spreading.pop_back();
        for (const auto& dependant : m_dependants[pair]) {
            if (m_breaking.insert(dependant).second) {
                spreading.push_back(dependant);
            }
        }
    }
    std::vector<SchemaDifference> differences;
    for (auto& entry : m_entries) {
        if (!entry.onlyIfBreaks || m_breaking.contains(*entry.onlyIfBreaks)) {
            differences.push_back(std::move(entry.difference));
        }
    }
    return differences;
}

} // namespace meshbone::catalog::protobuf
