// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/places.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {
constexpr int kTabWidth = 8;
} // namespace

LinePlaces::LinePlaces(std::string_view text)
    : m_text(text) {
    m_starts.push_back(0);
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        m_starts.push_back(at + 1);
    }
}

TextPlace LinePlaces::place(int line, int column) const {
    if (line < 0 || column < 0) {
        return {};
    }
    if (static_cast<std::size_t>(line) >= m_starts.size()) {
        return placeOf(m_text, m_text.size());
    }
    const auto rest = m_text.substr(m_starts[static_cast<std::size_t>(line)]);
    int wide = 0;
    std::size_t bytes = 0;
    while (wide < column && bytes < rest.size() && rest[bytes] != '\n') {
        wide += rest[bytes] == '\t' ? kTabWidth - wide % kTabWidth : 1;
        ++bytes;
    }
    return {line + 1, static_cast<int>(bytes) + 1};
}

template <class Descriptor>
TextPlace placeOfDescriptor(const Descriptor& descriptor, const LinePlaces& lines) {
    google::protobuf::SourceLocation location;
    return descriptor.GetSourceLocation(&location) ? lines.place(location.start_line, location.start_column)
                                                   : TextPlace{};
}

template TextPlace placeOfDescriptor(const google::protobuf::Descriptor&, const LinePlaces&);
template TextPlace placeOfDescriptor(const google::protobuf::FieldDescriptor&, const LinePlaces&);
template TextPlace placeOfDescriptor(const google::protobuf::EnumDescriptor&, const LinePlaces&);
template TextPlace placeOfDescriptor(const google::protobuf::EnumValueDescriptor&, const LinePlaces&);
template TextPlace placeOfDescriptor(const google::protobuf::OneofDescriptor&, const LinePlaces&);

} // namespace meshbone::catalog::protobuf
