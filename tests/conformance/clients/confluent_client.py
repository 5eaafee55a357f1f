# SPDX-License-Identifier: Apache-2.0
"""confluent-kafka as a stranger's client: `confluent_client.py COMMAND JSON`; answers are JSON lines on stdout."""
import json
import sys
import threading
import time

from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka import ConsumerGroupTopicPartitions
from confluent_kafka.admin import (AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic,
                                   ResourceType)

PRINT_LOCK = threading.Lock()


def say(event, **fields):
    with PRINT_LOCK:
        print(json.dumps({"event": event, "at": time.monotonic(), **fields}), flush=True)


def config(args, **more):
    properties = {"bootstrap.servers": args["bootstrap"], "client.id": "confluent", **more}
    if "mechanism" in args:
        properties |= {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": args["mechanism"],
                       "sasl.username": args["user"], "sasl.password": args["password"]}
    return properties


def text(octets):
    return None if octets is None else octets.decode()


def produce(args):
    failed, places = [], []

    def delivered(error, message):
        failed.append(str(error)) if error else places.append([message.partition(), message.offset()])

    producer = Producer(config(args, **{"compression.type": args.get("codec", "none"), "linger.ms": 20,
                                        "enable.idempotence": args.get("idempotent", True)}))
    for record in args["records"]:
        headers = [tuple(pair) for pair in record["headers"]]
        producer.produce(args["topic"], key=record["key"], value=record["value"], headers=headers,
                         partition=record.get("partition", -1), on_delivery=delivered)
        producer.poll(0)
    if producer.flush(30) > 0 or failed:
        raise SystemExit(f"not delivered: {failed[:3] or 'timeout'}")
    say("produced", places=places)


def show(message):
    say("record", partition=message.partition(), offset=message.offset(), key=text(message.key()),
        value=text(message.value()), headers=[[name, text(value)] for name, value in message.headers() or []])


def consume(args):
    consumer = Consumer(config(args, **{"group.id": "unused", "enable.auto.commit": False,
                                        "enable.partition.eof": True}))
    partitions = consumer.list_topics(args["topic"], 20).topics[args["topic"]].partitions
    consumer.assign([TopicPartition(args["topic"], partition, 0) for partition in partitions])
    waiting, deadline = set(partitions), time.monotonic() + 30
    while waiting and time.monotonic() < deadline:
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error() is None:
            show(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            waiting.discard(message.partition())
        else:
            raise SystemExit(str(message.error()))
    consumer.close()
    say("end", complete=not waiting)


def member(args):
    """A member of a group until standard input ends; commits what it has shown."""
    leaving = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), leaving.set()), daemon=True).start()
    properties = {"group.id": args["group"], "auto.offset.reset": "earliest", "enable.auto.commit": False,
                  "session.timeout.ms": args.get("sessionMs", 6000), "heartbeat.interval.ms": 500,
                  "partition.assignment.strategy": args.get("assignor", "range")}
    if "instance" in args:
        properties["group.instance.id"] = args["instance"]
    consumer = Consumer(config(args, **properties))
    cooperative = args.get("assignor") == "cooperative-sticky"

    def assigned(consumer, partitions):
        (consumer.incremental_assign if cooperative else consumer.assign)(partitions)
        say("assigned", partitions=[one.partition for one in partitions])

    def revoked(consumer, partitions):
        say("revoked", partitions=[one.partition for one in partitions])
        (consumer.incremental_unassign(partitions) if cooperative else consumer.unassign())

    consumer.subscribe([args["topic"]], on_assign=assigned, on_revoke=revoked, on_lost=revoked)
    while not leaving.is_set():
        message = consumer.poll(0.2)
        if message is not None and message.error() is None:
            show(message)
            try:
                consumer.commit(message=message, asynchronous=False)
            except Exception as error:  # a rebalance or a restart of the broker: the record comes again
                say("uncommitted", reason=str(error))
    consumer.close()
    say("left")


def committed(args):
    consumer = Consumer(config(args, **{"group.id": args["group"]}))
    asked = [TopicPartition(args["topic"], partition) for partition in range(args["partitions"])]
    say("committed", offsets={one.partition: one.offset for one in consumer.committed(asked, 20)})
    consumer.close()


def login(args):
    errors = []
    admin = AdminClient(config(args, error_cb=lambda error: errors.append(str(error))))
    try:
        metadata = admin.list_topics(timeout=8)
        say("login", ok=len(metadata.brokers) > 0)
    except Exception as error:
        say("login", ok=False, reason=f"{error}; {'; '.join(errors[:2])}")


def result_of(futures):
    return {name: future.result(20) for name, future in futures.items()}


def wait_for(what, condition):
    """Some changes are shown a moment after they were acknowledged."""
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"waited 10 s for {what}")
        time.sleep(0.02)


def admin(args):
    client, topic, group = AdminClient(config(args)), args["topic"], args["group"]
    result_of(client.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "3600000"})]))
    resource = ConfigResource(ResourceType.TOPIC, topic)

    def entries():
        return list(result_of(client.describe_configs([resource])).values())[0]
    wait_for("the topic's retention", lambda: entries()["retention.ms"].value == "3600000")
    assert "max.message.bytes" in entries(), "every config is described, with its default"
    change = ConfigEntry("cleanup.policy", "compact", incremental_operation=AlterConfigOpType.SET)
    changed = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[change])
    result_of(client.incremental_alter_configs([changed]))
    wait_for("the topic's policy", lambda: entries()["cleanup.policy"].value == "compact")
    result_of(client.create_partitions([NewPartitions(topic, 3)]))
    wait_for("a third partition", lambda: len(client.list_topics(topic, 20).topics[topic].partitions) == 3)
    try:
        result_of(client.create_topics([NewTopic(topic, 1, 1)]))
        raise SystemExit("a topic was created twice")
    except Exception as error:
        assert error.args[0].code() == KafkaError.TOPIC_ALREADY_EXISTS, error

    # Offsets of a group from outside, as kafka-consumer-groups resets them.
    wanted = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 5), TopicPartition(topic, 1, 7)])
    result_of(client.alter_consumer_group_offsets([wanted]))
    found = result_of(client.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)]))[group]
    assert {one.partition: one.offset for one in found.topic_partitions} == {0: 5, 1: 7}, found.topic_partitions
    listed = client.list_consumer_groups(request_timeout=20).result()
    assert group in [one.group_id for one in listed.valid], listed.valid
    about = result_of(client.describe_consumer_groups([group]))[group]
    assert about.state.name == "EMPTY", about.state
    result_of(client.delete_consumer_groups([group]))
    after = client.list_consumer_groups(request_timeout=20).result()
    assert group not in [one.group_id for one in after.valid], after.valid
    result_of(client.delete_topics([topic]))
    say("admin", ok=True)


if __name__ == "__main__":
    COMMANDS = {one.__name__: one for one in (produce, consume, member, committed, login, admin)}
    COMMANDS[sys.argv[1]](json.loads(sys.argv[2]))
