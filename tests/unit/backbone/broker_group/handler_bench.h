// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_handlers.h"
#include "unit/backbone/broker_group/coordinator_bench.h"
#include "wire/codec.h"

namespace meshbone::backbone::broker {

/// Allows everything but what a test forbids; remembers what was asked.
class HandAccess final : public Access {
public:
    std::set<std::string, std::less<>> forbidden; ///< names of topics and groups, or "kafka-cluster"
    std::vector<std::pair<Operation, std::string>> asked;

    bool allowed(const RequestContext&, Operation operation, ResourceKind, std::string_view resource) override {
        asked.emplace_back(operation, resource);
        return !forbidden.contains(resource);
    }
    bool mayList(const ClientIdentity&, Operation, ResourceKind, std::string_view resource) override {
        return !forbidden.contains(resource);
    }
    bool allowedOnSome(const ClientIdentity&, Operation, ResourceKind) override { return true; }
    void did(const ClientIdentity&, std::int16_t, Operation, ResourceKind, std::string_view, std::uint64_t,
             std::uint64_t) override {}
};

/// The place of one answer, as a connection would have it.
class HandSink final : public net::ReplySink {
public:
    HandSink()
        : slot(std::make_shared<net::ReplySlot>()) {
        slot->sink = this;
    }
    ~HandSink() override { slot->sink = nullptr; }
    void answered() override {}
    void closeAfterAnswers(std::string_view reason) override { closed = reason; }

    std::shared_ptr<net::ReplySlot> slot;
    std::string closed;
};

/// The handlers of the group APIs over a coordinator, fed with bytes as from a client.
struct HandlerBench : CoordinatorBench {
    HandlerBench() { renew(); }
    void renew() { table = groupHandlers({.groups = *groups, .access = access}); }

    HandAccess access;
    BrokerEndpoint endpoint{.nodeId = 1, .host = "127.0.0.1", .port = 9092};
    std::vector<HandlerEntry> table;
    std::shared_ptr<const ClientIdentity> client = std::make_shared<ClientIdentity>(ClientIdentity{
        .principal = "User:alice", .host = "127.0.0.1", .clientId = "app", .softwareName = "", .softwareVersion = ""});

    std::unique_ptr<HandSink> sendBytes(wire::ApiKey key, wire::Version version, std::string body) {
        auto sink = std::make_unique<HandSink>();
        for (const auto& entry : table) {
            if (entry.apiKey == key) {
                const RequestContext context{.apiKey = key,
                                             .version = version,
                                             .correlationId = 5,
                                             .client = client,
                                             .body = body,
                                             .endpoint = &endpoint};
                entry.handle(context, net::Reply(sink->slot, 5, version));
                timers.advance(std::chrono::milliseconds(0));
                settle();
                return sink;
            }
        }
        return nullptr;
    }
    template <class Response>
    static std::optional<Response> read(const HandSink& sink, wire::Version version) {
        if (sink.slot->state != net::ReplySlot::State::Ready) {
            return std::nullopt;
        }
        const auto bytes = sink.slot->answer.flatten();
        const auto frame = wire::decodeResponseFrame(std::string_view(bytes).substr(4), Response::kKey, version);
        auto response = wire::decodeBody<Response>(frame->body, version);
        return response ? std::optional(std::move(*response)) : std::nullopt;
    }
    template <class Response, class Request>
    std::optional<Response> call(const Request& request, wire::Version version) {
        const auto sink = sendBytes(Request::kKey, version, wire::encodeBody(request, version));
        return read<Response>(*sink, version);
    }
};

} // namespace meshbone::backbone::broker
