// SPDX-License-Identifier: Apache-2.0
// schema_oracle: what our schemas say to questions that are put to an independent implementation too. One JSON object a
// line comes in by standard input, one goes out for each; what it asks for is its member "ask". An answer with the
// member "error" says why there is none.
//
//   avro      writer, reader, value     payload (hex) of the value, what it is by the writer's schema (same), whether
//                                       the reader can read what the writer writes (reads), and to what (value)
//   json      schema, instances         which of them are valid
//   protobuf  text, older (optional)    that it is one; fields and messages in which reading what `older` wrote breaks
#include <catalog/avro.h>
#include <catalog/json_schema.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;

namespace {

std::string textOf(const Json& member) {
    return member.is_string() ? member.get<std::string>() : member.dump();
}

std::string hexOf(std::string_view bytes) {
    std::string hex;
    for (const char byte : bytes) {
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return hex;
}

template <class Value>
Value orThrow(Result<Value> result, const char* what) {
    if (!result) {
        throw std::runtime_error(std::string(what) + ": " + result.error().message);
    }
    return std::move(*result);
}

/// As a schema that is registered now: the peers take no default that isn't of its type.
ParsedSchemaPtr newAvro(const Json& schema, const char* what) {
    auto parsed = orThrow(parseAvro(schema.dump()), what);
    if (const auto checked = parsed->checkAsNew(); !checked) {
        throw std::runtime_error(std::string(what) + ": " + checked.error().message);
    }
    return parsed;
}

Json breakingOf(const ParsedSchema& reader, const ParsedSchema& writer) {
    Json breaking = Json::array();
    for (const auto& difference : orThrow(reader.differencesReading(writer), "comparing")) {
        if (difference.isBreaking) {
            breaking.push_back({{"type", difference.type}, {"path", difference.path}});
        }
    }
    return breaking;
}

Json askAvro(const Json& question) {
    const auto writer = newAvro(question.at("writer"), "the writer's schema");
    const auto reader = newAvro(question.at("reader"), "the reader's schema");
    const auto payload = orThrow(writer->fromJson(question.at("value").dump()), "encoding");
    const auto breaking = breakingOf(*reader, *writer);
    Json answer{{"payload", hexOf(payload)},
                {"same", Json::parse(orThrow(writer->toJson(payload), "decoding"))},
                {"reads", breaking.empty()},
                {"breaking", breaking}};
    const auto resolver = AvroResolver::make(reader, writer);
    const auto read = resolver ? resolver->toJson(payload) : fail(ErrorCode::InvalidArgument, resolver.error().message);
    if (read) {
        answer["value"] = Json::parse(*read);
    } else {
        answer["unread"] = read.error().message;
    }
    return answer;
}

Json askJson(const Json& question) {
    const auto validator =
        orThrow(JsonValidator::of(orThrow(parseJsonSchema(question.at("schema").dump()), "the schema")), "the schema");
    Json valid = Json::array();
    for (const auto& instance : question.at("instances")) {
        valid.push_back(validator.failures(instance.dump()).empty());
    }
    return {{"valid", valid}};
}

Json askProtobuf(const Json& question) {
    const auto schema = orThrow(parseProtobuf(textOf(question.at("text"))), "the schema");
    Json answer{{"parsed", true}};
    if (question.contains("older")) {
        const auto older = orThrow(parseProtobuf(textOf(question.at("older"))), "the older schema");
        answer["breaking"] = breakingOf(*schema, *older);
    }
    return answer;
}

Json answerTo(const std::string& line) {
    try {
        const auto question = Json::parse(line);
        const auto ask = question.at("ask").get<std::string>();
        return ask == "avro" ? askAvro(question) : ask == "json" ? askJson(question) : askProtobuf(question);
    } catch (const std::exception& error) {
        return {{"error", error.what()}};
    }
}

} // namespace

int main() {
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << answerTo(line).dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    }
    return std::cin.eof() ? 0 : 1;
}
