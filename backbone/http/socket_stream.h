// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/asio.h"
#include "http/byte_stream.h"
#include "tls/server_context.h"

#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace meshbone::backbone::http {

/// A stream over an accepted socket, in TLS where there is a context. Null when OpenSSL has no memory.
std::unique_ptr<ByteStream> socketStream(boost::asio::ip::tcp::socket socket, const tls::ServerContext* context);

} // namespace meshbone::backbone::http
