// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/embed.h>

/// A file of demo/data: the demo needs no files beside the program.
#define MESHBONE_EMBED(symbol, file) MESHBONE_EMBED_FILE(symbol, MESHBONE_DEMO_DATA "/" file)
