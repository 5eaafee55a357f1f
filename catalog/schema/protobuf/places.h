// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

namespace meshbone::catalog::protobuf {

/// Turns places as libprotobuf's tokenizer counts them (from 0, a tab going on to the next multiple of 8) into ours
/// (from 1, in bytes). Refers to the text that it was made of. Immutable; any thread.
class LinePlaces {
public:
    explicit LinePlaces(std::string_view text);
    /// Zero where `line` is below 0: not known.
    [[nodiscard]] TextPlace place(int line, int column) const;

private:
    std::string_view m_text;
    std::vector<std::size_t> m_starts; // of each line
};

/// The place of a descriptor in the text of the file that it is of; zero where it isn't known.
template <class Descriptor>
TextPlace placeOfDescriptor(const Descriptor& descriptor, const LinePlaces& lines);

} // namespace meshbone::catalog::protobuf
