// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Links a file into the program as it is, so that it needs none beside it: `symbol`_begin and `symbol`_end are its
/// bytes. `path` is a literal. What changes in the file is seen only where CMake is told that the source depends on it.
#define MESHBONE_EMBED_FILE(symbol, path)                                                                              \
    __asm__(".section .rodata\n.balign 16\n" #symbol "_begin:\n.incbin \"" path "\"\n" #symbol "_end:\n.previous\n");  \
    extern "C" {                                                                                                       \
    extern const char symbol##_begin[];                                                                                \
    extern const char symbol##_end[];                                                                                  \
    }
