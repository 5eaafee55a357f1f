// SPDX-License-Identifier: Apache-2.0
// Bytes as a stranger may send them to an HTTP server, or a server to us. Input: an octet that says how much is read at
// once, then the bytes. However they are cut, the same requests (and the same answer) must come out, within the bounds;
// only what is wrong with the last one may be seen sooner or later.
#include "http/request_reader.h"
#include "http/response_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace meshbone::backbone;
using namespace meshbone::backbone::http;

namespace {

constexpr ReadLimits kLimits{2'000, 5'000};

void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Moves the next bytes into the reader's room; how many.
std::size_t pour(std::string_view& bytes, std::span<char> room, std::size_t atOnce) {
    check(!room.empty());
    const auto count = std::min({bytes.size(), room.size(), atOnce});
    std::memcpy(room.data(), bytes.data(), count);
    bytes.remove_prefix(count);
    return count;
}

std::string requestsIn(std::string_view bytes, std::size_t atOnce) {
    RequestReader reader(kLimits);
    std::string all;
    while (true) {
        switch (reader.next()) {
        case RequestReader::Step::NeedsMore:
            if (bytes.empty()) {
                return all;
            }
            reader.received(pour(bytes, reader.room(), atOnce));
            break;
        case RequestReader::Step::Head:
            check(!reader.request().method.empty() && reader.request().rawPath.starts_with('/'));
            break;
        case RequestReader::Step::Whole: {
            const auto request = reader.take();
            check(request.body.size() <= kLimits.bodyBytes);
            all += request.method + " " + request.rawPath + "?" + request.query + "\n";
            for (const auto& [name, value] : request.headers) {
                all += name + ": " + value + "\n";
            }
            all += request.body + "\n";
            break;
        }
        case RequestReader::Step::Refused:
            check(reader.status() >= 400 && !reader.sentence().empty());
            check(reader.next() == RequestReader::Step::Refused);
            return all;
        }
    }
}

std::string answerIn(std::string_view bytes, std::size_t atOnce) {
    ResponseReader reader(false, kLimits.bodyBytes);
    while (!bytes.empty() && !reader.isWhole()) {
        if (!reader.received(pour(bytes, reader.room(), atOnce))) {
            return "none";
        }
    }
    if (!reader.isWhole() && !reader.ended()) {
        return "none";
    }
    const auto answer = reader.take();
    check(answer.body.size() <= kLimits.bodyBytes);
    return std::to_string(answer.status) + answer.contentType + "\n" + answer.body;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty()) {
        return 0;
    }
    const auto atOnce = std::size_t{1} + static_cast<unsigned char>(input.front());
    const auto bytes = input.substr(1);
    check(requestsIn(bytes, atOnce) == requestsIn(bytes, 1'000'000));
    check(answerIn(bytes, atOnce) == answerIn(bytes, 1'000'000));
    return 0;
}
