// SPDX-License-Identifier: Apache-2.0
#include "ledger/command_codec.h"

#include "ledger/access_codec.h"
#include "ledger/canonical_json.h"
#include "ledger/payload_reader.h"
#include "product/decide.h"
#include "product/names.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {
namespace {

using nlohmann::json;

const char* nameOf(PortDirection direction) {
    return direction == PortDirection::Output ? "output" : "input";
}

struct Encoder {
    json operator()(const PutPerson& c) const { return {{"name", c.name}, {"publicKey", c.publicKey}}; }
    json operator()(const PutTeam& c) const {
        return {{"name", c.name}, {"description", c.description}, {"people", c.people}};
    }
    json operator()(const PutDomain& c) const {
        return {{"name", c.name}, {"description", c.description}, {"owner", c.owner}};
    }
    json operator()(const RemoveDomain&) const { return json::object(); }
    json operator()(const PutProduct& c) const {
        return {{"name", c.name}, {"description", c.description}, {"domain", c.domain}, {"owner", c.owner}};
    }
    json operator()(const RemoveProduct&) const { return json::object(); }
    json operator()(const PutPort& c) const {
        return {{"topic", c.port.topic}, {"direction", nameOf(c.port.direction)}, {"description", c.port.description}};
    }
    json operator()(const RemovePort& c) const { return {{"topic", c.topic}, {"direction", nameOf(c.direction)}}; }
    json operator()(const DescribeTopic& c) const { return {{"description", c.description}}; }
    json operator()(const RecordAct& c) const {
        return {{"act", c.act}, {"before", json(c.before)}, {"after", json(c.after)}};
    }
    json operator()(const PutContract& c) const { return {{"product", c.product}, {"text", c.text}}; }
    json operator()(const RemoveContract& c) const { return {{"product", c.product}}; }
    template <class OfAccess>
    json operator()(const OfAccess& command) const {
        return accessPayload(command);
    }
};

// Braced lists are evaluated from left to right, so that each field is taken once, in this order.
const Decoders& decoders() {
    static const Decoders kDecoders = {
        {"person.put",
         [](const std::string& id, PayloadReader& from) -> Command {
             return PutPerson{id, from.text("name"), from.text("publicKey")};
         }},
        {"team.put",
         [](const std::string& id, PayloadReader& from) -> Command {
             return PutTeam{id, from.text("name"), from.text("description"), from.texts("people")};
         }},
        {"domain.put",
         [](const std::string& id, PayloadReader& from) -> Command {
             return PutDomain{id, from.text("name"), from.text("description"), from.text("owner")};
         }},
        {"domain.remove", [](const std::string& id, PayloadReader&) -> Command { return RemoveDomain{id}; }},
        {"product.put",
         [](const std::string& id, PayloadReader& from) -> Command {
             return PutProduct{id, from.text("name"), from.text("description"), from.text("domain"),
                               from.text("owner")};
         }},
        {"product.remove", [](const std::string& id, PayloadReader&) -> Command { return RemoveProduct{id}; }},
        {"port.put",
         [](const std::string& product, PayloadReader& from) -> Command {
             return PutPort{product, Port{from.text("topic"), from.direction(), from.text("description")}};
         }},
        {"port.remove",
         [](const std::string& product, PayloadReader& from) -> Command {
             return RemovePort{product, from.text("topic"), from.direction()};
         }},
        {"topic.describe",
         [](const std::string& topic, PayloadReader& from) -> Command {
             return DescribeTopic{topic, from.text("description")};
         }},
        {"contract.put",
         [](const std::string& subject, PayloadReader& from) -> Command {
             return PutContract{from.flag("product"), subject, from.text("text")};
         }},
        {"contract.remove",
         [](const std::string& subject, PayloadReader& from) -> Command {
             return RemoveContract{from.flag("product"), subject};
         }},
        {"act.record",
         [](const std::string& subject, PayloadReader& from) -> Command {
             return RecordAct{from.text("act"), subject, from.textMap("before"), from.textMap("after")};
         }},
    };
    return kDecoders;
}

} // namespace

Result<std::string> encodePayload(const Command& command) {
    return canonicalText(std::visit(Encoder{}, command));
}

Result<Command> decodeCommand(const std::string& act, const std::string& subject, std::string_view payload) {
    const bool isMeshAct = decoders().contains(act);
    const Decoders& known = isMeshAct ? decoders() : accessDecoders();
    const auto decoder = known.find(act);
    if (decoder == known.end()) {
        return fail(ErrorCode::Unsupported, fmt::format("'{}' isn't an act that this Meshbone knows.", clipped(act)));
    }
    auto object = parseObject(payload);
    if (!object) {
        return std::unexpected(object.error());
    }
    PayloadReader reader(std::move(*object));
    Command command = decoder->second(subject, reader);
    if (!reader.fits() || subjectOf(command) != subject) {
        return fail(ErrorCode::InvalidArgument, fmt::format("The payload doesn't have the fields of '{}'.", act));
    }
    return command;
}

} // namespace meshbone::catalog
