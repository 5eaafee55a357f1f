// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace meshbone::catalog {

/// Where in a file something stands, from 1; 0: nowhere.
struct FilePlace {
    int line = 0, column = 0;
    friend bool operator==(const FilePlace&, const FilePlace&) = default;
};
/// What is wrong in a file, as a sentence, and where.
struct FileProblem {
    FilePlace at;
    std::string sentence;
    friend bool operator==(const FileProblem&, const FileProblem&) = default;
};

} // namespace meshbone::catalog
