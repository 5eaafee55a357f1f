// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>

#include <string_view>

namespace meshbone::backbone::http {

/// An answer that says why not: {"error_code":404,"message":"…"}, as clients of a schema registry expect it.
HttpResponse refusal(int status, std::string_view sentence);

} // namespace meshbone::backbone::http
