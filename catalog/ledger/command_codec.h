// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <string>
#include <string_view>

namespace meshbone::catalog {

// Payloads by act; the id that a command is about is the entry's subject (of a port: the product).
//
//     person.put      name, publicKey ("" for none)         product.put     description, domain, name, owner
//     team.put        description, name, people [text]      product.remove  -
//     domain.put      description, name, owner              port.put        description, direction, topic
//     domain.remove   -                                     port.remove     direction, topic
//     topic.describe  description ("" takes it away)        act.record      act, after {text: text}, before {…}
//
// direction is "input" or "output". All fields are demanded and no others allowed.

/// The payload as canonical JSON. Fails with InvalidArgument when a text isn't UTF-8.
Result<std::string> encodePayload(const Command& command);
/// Fails with Unsupported for an act that isn't known, InvalidArgument for a payload that isn't the act's.
Result<Command> decodeCommand(const std::string& act, const std::string& subject, std::string_view payload);

} // namespace meshbone::catalog
