// SPDX-License-Identifier: Apache-2.0
// Files of access as code, as anybody may write them. Input: the text of a file. What is read is written in one
// spelling: that reads as the same, and is written with the same bytes again.
#include <catalog/access_file.h>

#include <cstdlib>

using namespace meshbone::catalog;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto file = readAccessFile(text);
    if (!file) {
        demand(!file.error().empty());
        return 0;
    }
    const std::string written = writeAccessFile(*file);
    const auto again = readAccessFile(written);
    demand(again.has_value());
    demand(writeAccessFile(*again) == written);
    demand(file->grants.has_value() == again->grants.has_value());
    if (file->grants) {
        demand(file->grants->size() == again->grants->size());
    }
    return 0;
}
