// SPDX-License-Identifier: Apache-2.0
#include "wire/codec.h"
#include "wire/error_code.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/consumer_protocol_subscription.h"
#include "wire/messages/fetch.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/metadata.h"
#include "wire/reader.h"

#include <QtTest>

#include <memory>

using namespace meshbone;
using namespace meshbone::backbone::wire;
using namespace std::string_view_literals;

/// Whole frames: headers, lengths, records sent without a copy, and requests that are not served.
class FramesTest : public QObject {
    Q_OBJECT

private slots:
    void aRequestSplitsIntoHeaderAndBody() {
        MetadataRequest request;
        request.topics.emplace();
        request.topics->push_back({.topicId = {}, .name = "quakes"});
        const auto bytes = encodeRequest(7, "me", request, 12).flatten();
        QCOMPARE(bytes.size(), std::size_t{45}); // 4 length, 13 header, 28 body
        QCOMPARE(bytes.substr(0, 4), std::string("\0\0\0\x29", 4));
        const auto frame = decodeRequestFrame(std::string_view(bytes).substr(4));
        QVERIFY(frame && frame->versionServed);
        QCOMPARE(frame->header.correlationId, 7);
        QVERIFY(frame->header.clientId == "me");
        const auto decoded = decodeBody<MetadataRequest>(frame->body, frame->header.version);
        QVERIFY(decoded.has_value());
        QVERIFY(decoded->topics->at(0).name == "quakes");
        // A view into the frame, not a copy.
        QVERIFY(decoded->topics->at(0).name->data() > bytes.data());
        QVERIFY(decoded->topics->at(0).name->data() < bytes.data() + bytes.size());
    }

    void apiVersionsAnswersWithTheOldHeader() {
        ApiVersionsResponse response;
        response.apiKeys.push_back({ApiKey::ApiVersions, 0, 4});
        const auto bytes = encodeResponse(9, response, 3).flatten();
        // length, correlation id, error, one key of 6 bytes and its tags, throttle time, tags of the body
        QCOMPARE(bytes, std::string("\0\0\0\x13\0\0\0\x9\0\0\x2\0\x12\0\0\0\x4\0\0\0\0\0\0", 23));
        const auto frame = decodeResponseFrame(std::string_view(bytes).substr(4), ApiKey::ApiVersions, 3);
        QCOMPARE(frame->correlationId, 9);
        QVERIFY(decodeBody<ApiVersionsResponse>(frame->body, 3).has_value());
    }

    void whatIsNotServedIsRecognized() {
        const auto tooNew = decodeRequestFrame("\0\x12\0\x63\0\0\0\5\xff\xfegarbage"sv);
        QVERIFY(tooNew && tooNew->api != nullptr && !tooNew->versionServed);
        QCOMPARE(tooNew->header.correlationId, 5);
        const auto unknown = decodeRequestFrame("\x7f\0\0\0\0\0\0\5\0\0"sv);
        QVERIFY(unknown && unknown->api == nullptr);
        QVERIFY(!decodeRequestFrame("\0\x12\0\3\0\0"sv).has_value());
        QVERIFY(!decodeRequestFrame("\0\x12\0\3\0\0\0\5\0\x9tooshort"sv).has_value());
        const auto refused = decodeBody<MetadataRequest>("", 14);
        QCOMPARE(refused.error().kafkaCode, static_cast<std::int16_t>(KafkaCode::UnsupportedVersion));
    }

    void recordsAreSentFromWhereTheyAre() {
        auto batch = std::make_shared<std::string>("pretend this is a batch");
        FetchResponse response;
        auto& topic = response.responses.emplace_back();
        topic.topic = "t";
        for (int i = 0; i < 2; ++i) {
            auto& partition = topic.partitions.emplace_back();
            partition.partitionIndex = Partition(i);
            partition.records = Records{*batch, batch};
        }
        const auto frame = encodeResponse(1, response, 12);
        const std::string_view bytes = *batch;
        batch.reset(); // the frame keeps the bytes alive
        int found = 0;
        std::size_t total = 0;
        frame.forEachPiece([&](std::string_view piece) {
            found += piece.data() == bytes.data() ? 1 : 0;
            total += piece.size();
        });
        QCOMPARE(found, 2);
        QCOMPARE(total, frame.sizeBytes());
        const auto flat = frame.flatten();
        QCOMPARE(static_cast<std::size_t>(Reader(flat).int32()), flat.size() - 4);
        const auto split = decodeResponseFrame(std::string_view(flat).substr(4), ApiKey::Fetch, 12);
        const auto decoded = decodeBody<FetchResponse>(split->body, 12);
        QVERIFY(decoded.has_value());
        QVERIFY(decoded->responses.at(0).partitions.at(1).records->bytes == bytes);
    }

    void nullIsTakenOnlyWhereItIsAllowed() {
        // One topic whose name is null: allowed from version 10 on, which also has an id in front.
        const auto refused = decodeBody<MetadataRequest>("\2\0\0\1\0\0\0"sv, 9);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message,
                 std::string("The MetadataRequest is malformed at 'name': it is null, but must not be."));
        const auto taken = decodeBody<MetadataRequest>("\2" + std::string(16, 'i') + std::string("\0\0\1\0\0", 5), 11);
        QVERIFY2(taken.has_value(), taken ? "" : taken.error().message.c_str());
        QVERIFY(!taken->topics->at(0).name.has_value());
        // What can't be null is written as empty.
        MetadataRequest request;
        request.topics.emplace().emplace_back();
        QCOMPARE(encodeBody(request, 0), std::string("\0\0\0\1\0\0", 6));
        request.topics.reset();
        QCOMPARE(encodeBody(request, 0), std::string("\0\0\0\0", 4));
        QCOMPARE(encodeBody(request, 1), std::string("\xff\xff\xff\xff"));
    }

    void unknownTaggedFieldsAreSkipped() {
        // No topics; in the body's tagged fields a number that is not known, large and with content.
        const auto body = "\1\1\1\2\x50\3abc\xff\xff\3\0"sv;
        const auto request = decodeBody<MetadataRequest>(body, 12);
        QVERIFY2(request.has_value(), request ? "" : request.error().message.c_str());
        QVERIFY(request->topics->empty());
        QVERIFY(!decodeBody<MetadataRequest>(body.substr(0, body.size() - 1), 12).has_value());
    }

    void aTaggedFieldOfTheWrongSizeIsRefused() {
        ApiVersionsResponse response;
        response.finalizedFeaturesEpoch = 5;
        auto body = encodeBody(response, 3);
        QVERIFY(decodeBody<ApiVersionsResponse>(body, 3)->finalizedFeaturesEpoch == 5);
        // error 2, no keys 1, throttle 4, one tagged field, its number, its size
        QCOMPARE(body.substr(7, 3), std::string("\1\1\x8"));
        body[9] = 9;
        body += '\0';
        const auto refused = decodeBody<ApiVersionsResponse>(body, 3);
        QVERIFY(!refused);
        QCOMPARE(refused.error().message, std::string("The ApiVersionsResponse is malformed: "
                                                      "bytes are left over in a tagged field."));
    }

    void librdkafkasRequestForAllTopicsIsUnderstood() {
        // As librdkafka 2.12 sends it in version 13: null topics in four bytes, so three are left over.
        const std::string body("\0\0\0\0\1\0\0", 7);
        const auto request = decodeBody<MetadataRequest>(body, 13);
        QVERIFY(request.has_value());
        QVERIFY(!request->topics.has_value());
        QVERIFY(!decodeBody<HeartbeatRequest>(encodeBody(HeartbeatRequest{}, 4) + "x", 4).has_value());
    }

    void textThatKafkaCannotSayIsCut() {
        MetadataResponse response;
        response.clusterId = std::string(40'000, 'x');
        for (const Version version : {Version{2}, Version{9}}) {
            const auto decoded = decodeBody<MetadataResponse>(encodeBody(response, version), version);
            QVERIFY(decoded.has_value());
            QCOMPARE(decoded->clusterId->size(), std::size_t{32'767});
        }
    }

    void payloadsOfNewerVersionsAreReadAsFarAsKnown() {
        ConsumerProtocolSubscription subscription;
        subscription.topics = {"quakes"};
        subscription.rackId = "r";
        auto bytes = encodePayload(subscription, 3);
        QVERIFY(decodePayload<ConsumerProtocolSubscription>(bytes)->topics == subscription.topics);
        QVERIFY(!decodePayload<ConsumerProtocolSubscription>(bytes + "x").has_value());
        bytes[1] = 9;
        QVERIFY(decodePayload<ConsumerProtocolSubscription>(bytes + "x")->rackId == "r");
        QVERIFY(!decodePayload<ConsumerProtocolSubscription>("\0").has_value());
    }
};

QTEST_GUILESS_MAIN(FramesTest)
#include "frames_test.moc"
