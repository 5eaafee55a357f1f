# SPDX-License-Identifier: Apache-2.0
# One precompiled header for the parts of backbone, catalog, lineage and app that have none of their own: half of what
# compiling them costs is reading these. A file still includes what it uses.
set(MESHBONE_CORE_HEADERS
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstdint> <cstring> <deque> <expected>
    <filesystem> <functional> <future> <limits> <map> <memory> <mutex> <optional> <ranges> <set> <span> <sstream>
    <stop_token> <string> <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>
    <fmt/format.h> <backbone/types.h>)
file(WRITE ${CMAKE_BINARY_DIR}/core_headers.cpp "")
add_library(core_headers OBJECT ${CMAKE_BINARY_DIR}/core_headers.cpp)
target_include_directories(core_headers PRIVATE ${PROJECT_SOURCE_DIR}/backbone/include)
target_link_libraries(core_headers PRIVATE meshbone_compiler fmt::fmt)
target_compile_options(core_headers PRIVATE ${MESHBONE_COVERAGE})
target_precompile_headers(core_headers PRIVATE ${MESHBONE_CORE_HEADERS})
