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
//     access.roles            admins, enforcers               request.submit   product, purpose, renews, scope, until
//     access.classify         level, product (bool)           request.amend    purpose, scope, until
//     access.mark             binding, release, standing,     request.comment  reminder (bool), text
//                             team, until                     request.withdraw, .reopen, .decline  -
//     access.retry            binding
//     access.campaign_open    due, name, product              request.approve  conditions, scope, until
//     access.campaign_answer  grant, keep (bool)              grant.renew, grant.shorten  until
//     access.campaign_close   -                               grant.revoke, grant.restore  -
//     principal.put           disabled, kind, name, person,   grant.report     ledgerOffset, reason, results, state
//                             team                            policy.put       as in access_json.h
//     principal.remove        -                               policy.remove    -
//
// direction is "input" or "output". Times are ms since the epoch, -1 for none; scopes, bindings and results are as in
// store/access_json.h. All fields are demanded and no others allowed.

/// The payload as canonical JSON. Fails with InvalidArgument when a text isn't UTF-8.
Result<std::string> encodePayload(const Command& command);
/// Fails with Unsupported for an act that isn't known, InvalidArgument for a payload that isn't the act's.
Result<Command> decodeCommand(const std::string& act, const std::string& subject, std::string_view payload);

} // namespace meshbone::catalog
