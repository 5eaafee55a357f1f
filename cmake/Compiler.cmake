# SPDX-License-Identifier: Apache-2.0
# Language, warnings, sanitizers, ccache and linker: the same for every target.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(meshbone_compiler INTERFACE)
target_compile_options(meshbone_compiler INTERFACE
    -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Werror=return-type)
# Some libraries ask for it, and one precompiled header serves only what is compiled alike.
target_compile_options(meshbone_compiler INTERFACE -pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # libstdc++ offers std::expected only from __cpp_concepts 202002 on, and Clang up to 18 says 201907.
    target_compile_options(meshbone_compiler INTERFACE -U__cpp_concepts -D__cpp_concepts=202002L -Wno-builtin-macro-redefined)
endif()

if(MESHBONE_SANITIZE)
    add_compile_options(-fsanitize=${MESHBONE_SANITIZE} -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=${MESHBONE_SANITIZE})
endif()

# What a fuzzer sees of the program it feeds: in all parts but the window's, whose input is a person.
if(MESHBONE_FUZZ AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    set(MESHBONE_COVERAGE -fsanitize=fuzzer-no-link)
endif()

find_program(MESHBONE_CCACHE ccache)
if(MESHBONE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers need the sloppiness. Paths stay as they are: a precompiled header of another clone names other
    # files, and what it includes would be seen twice.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        "CCACHE_SLOPPINESS=pch_defines,time_macros" ${MESHBONE_CCACHE})
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

find_program(MESHBONE_MOLD mold)
find_program(MESHBONE_LLD ld.lld)
if(MESHBONE_MOLD)
    add_link_options(-fuse-ld=mold)
elseif(MESHBONE_LLD)
    add_link_options(-fuse-ld=lld)
endif()
