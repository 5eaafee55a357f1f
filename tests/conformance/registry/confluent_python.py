#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Confluent's Python client against a schema registry: registers, looks up, checks, deletes, and sends events by its own
serializers through the broker. confluent_python.py REGISTRY_URL BOOTSTRAP; status 0: everything is as with Confluent's."""
import base64
import sys

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2

FLIGHT = '{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"tail","type":"string"}]}'
FLIGHT2 = ('{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"tail","type":"string"},'
           '{"name":"delay","type":["null","int"],"default":null}]}')
BREAKING = '{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"gate","type":"int"}]}'
STRIKE = '{"$schema":"http://json-schema.org/draft-07/schema#","title":"Strike","type":"object","properties":{"species":{"type":"string"}},"required":["species"]}'


def expect_error(status, code, call, *arguments):
    try:
        call(*arguments)
    except SchemaRegistryError as error:
        assert error.http_status_code == status, error
        assert code is None or error.error_code == code, error
        return
    raise AssertionError(f"{call.__name__}{arguments} was taken")


def administer(client, url):
    first = client.register_schema("py-flights-value", Schema(FLIGHT, "AVRO"))
    # Another client, because this one answers from its cache.
    assert SchemaRegistryClient({"url": url}).register_schema("py-flights-value", Schema(FLIGHT, "AVRO")) == first
    second = client.register_schema("py-flights-value", Schema(FLIGHT2, "AVRO"))
    assert second == first + 1
    assert client.get_versions("py-flights-value") == [1, 2]
    assert client.get_latest_version("py-flights-value").schema_id == second
    assert client.get_version("py-flights-value", 1).schema.schema_str == FLIGHT
    assert client.get_schema(first).schema_str == FLIGHT
    assert client.lookup_schema("py-flights-value", Schema(FLIGHT, "AVRO")).version == 1
    assert client.test_compatibility("py-flights-value", Schema(FLIGHT2, "AVRO"))
    assert not client.test_compatibility("py-flights-value", Schema(BREAKING, "AVRO"))
    expect_error(409, None, client.register_schema, "py-flights-value", Schema(BREAKING, "AVRO"))
    expect_error(422, 42201, client.register_schema, "py-bad-value", Schema('{"type":', "AVRO"))
    expect_error(404, 40401, client.get_versions, "py-none")
    expect_error(404, 40403, client.get_schema, 99999)
    client.set_compatibility(subject_name="py-flights-value", level="NONE")
    assert client.get_compatibility("py-flights-value") == "NONE"
    wing = client.register_schema("py-wing", Schema('{"type":"enum","name":"Wing","namespace":"air","symbols":["L","R"]}', "AVRO"))
    assert wing
    plane = Schema('{"type":"record","name":"Plane","namespace":"air","fields":[{"name":"wing","type":"Wing"}]}', "AVRO",
                   [SchemaReference("air.Wing", "py-wing", 1)])
    client.register_schema("py-plane", plane)
    expect_error(422, 42206, client.delete_subject, "py-wing")
    assert client.delete_subject("py-plane") == [1]
    assert client.delete_version("py-flights-value", 1) == 1
    assert client.get_versions("py-flights-value") == [2]
    assert "py-flights-value" in client.get_subjects() and "py-plane" not in client.get_subjects()


def exchange(client, bootstrap):
    """Events by Confluent's serializers, which name their schema by its id."""
    topic = "py-strikes"
    serializers = [(AvroSerializer(client, FLIGHT2), AvroDeserializer(client), {"tail": "N1", "delay": 5}, "py-flights2"),
                   (JSONSerializer(STRIKE, client), JSONDeserializer(STRIKE), {"species": "gull"}, topic)]
    for serialize, deserialize, event, name in serializers:
        context = SerializationContext(name, MessageField.VALUE)
        producer = Producer({"bootstrap.servers": bootstrap})
        producer.produce(name, serialize(event, context))
        assert producer.flush(30) == 0
        consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": name, "auto.offset.reset": "earliest"})
        consumer.subscribe([name])
        message = None
        for _ in range(60):
            message = consumer.poll(1)
            if message is not None and message.error() is None:
                break
        consumer.close()
        assert message is not None and message.error() is None, message
        assert deserialize(message.value(), context) == event


def strike_class():
    """A message in a message, of a file that imports another one of ours and one of Protobuf's."""
    file = descriptor_pb2.FileDescriptorProto
    field = descriptor_pb2.FieldDescriptorProto
    wing = file(name="py_wing.proto", package="py.air", syntax="proto3")
    wing.message_type.add(name="Wing").field.add(name="side", number=1, label=field.LABEL_OPTIONAL, type=field.TYPE_STRING)
    strike = file(name="py_strike.proto", package="py.air", syntax="proto3", dependency=["py_wing.proto", timestamp_pb2.DESCRIPTOR.name])
    strike.message_type.add(name="Other")
    message = strike.message_type.add(name="Report").nested_type.add(name="Strike")
    message.field.add(name="species", number=1, label=field.LABEL_OPTIONAL, type=field.TYPE_STRING)
    message.field.add(name="wings", number=2, label=field.LABEL_REPEATED, type=field.TYPE_MESSAGE, type_name=".py.air.Wing")
    message.field.add(name="at", number=3, label=field.LABEL_OPTIONAL, type=field.TYPE_MESSAGE, type_name=".google.protobuf.Timestamp")
    pool = descriptor_pool.Default()
    for one in (wing, strike):
        pool.AddSerializedFile(one.SerializeToString())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("py.air.Report.Strike"))


def protobuf_there_and_back(url):
    """Protobuf's serializers ask a registry for format=serialized, which they read in a pool of their own."""
    strike = strike_class()
    event = strike(species="gull", wings=[{"side": "L"}, {"side": "R"}], at={"seconds": 7})
    context = SerializationContext("py-reports", MessageField.VALUE)

    def client():
        """Another one each time: it keeps a latest version whatever the format."""
        return SchemaRegistryClient({"url": url})

    payload = ProtobufSerializer(strike, client(), {"use.deprecated.format": False})(event, context)
    known = client().get_latest_version("py-reports-value").schema
    assert [(one.name, one.subject) for one in known.references] == [("py_wing.proto", "py_wing.proto")]
    assert known.schema_str.startswith("syntax"), known.schema_str
    encoded = client().get_latest_version("py-reports-value", fmt="serialized").schema.schema_str
    file = descriptor_pb2.FileDescriptorProto.FromString(base64.b64decode(encoded))
    assert file.message_type[1].nested_type[0].name == "Strike", file
    for settings in ({}, {"use.latest.version": True}):
        read = ProtobufDeserializer(strike, {"use.deprecated.format": False, **settings}, client())
        assert read(payload, context) == event
    # What is registered is looked up, by a serializer that registers nothing.
    registering = {"auto.register.schemas": False, "use.deprecated.format": False}
    assert ProtobufSerializer(strike, client(), registering)(event, context) == payload
    wing = message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName("py.air.Wing"))
    client().register_schema("py-wings-value", client().get_latest_version("py_wing.proto").schema)
    named = SerializationContext("py-wings", MessageField.VALUE)
    latest = ProtobufSerializer(wing, client(), {**registering, "use.latest.version": True})(wing(side="L"), named)
    assert ProtobufDeserializer(wing, {"use.deprecated.format": False}, client())(latest, named) == wing(side="L")


def main():
    url, bootstrap = sys.argv[1:3]
    client = SchemaRegistryClient({"url": url})
    administer(client, url)
    exchange(client, bootstrap)
    protobuf_there_and_back(url)
    print("passed")


main()
