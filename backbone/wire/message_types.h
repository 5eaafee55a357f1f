// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/inspector.h"

#include <backbone/error.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::backbone::wire {

/// A message whose type is known at run time only, for tools, tests and fuzzing. One thread at a time.
class AnyMessage {
public:
    virtual ~AnyMessage() = default;
    /// As decodeBody; `body` must outlive what it filled. On failure the message is left as it was.
    virtual Status decode(std::string_view body, Version version) = 0;
    /// As encodeBody.
    [[nodiscard]] virtual std::string encode(Version version) const = 0;
    virtual void inspect(Inspector& inspector, Version version) = 0;
};

/// One of the messages of wire/messages.
struct MessageType {
    ApiKey key;
    bool isRequest;
    std::string_view name; ///< for example "FetchRequest"
    Versions versions;
    std::unique_ptr<AnyMessage> (*make)(); ///< a new one, all defaults
};

/// Every request and response in the order of kApis, the request first.
std::span<const MessageType> messageTypes();

} // namespace meshbone::backbone::wire
