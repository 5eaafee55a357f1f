# SPDX-License-Identifier: Apache-2.0
"""Produce and consume: every codec, keys, headers, null values; by one client, and from each client to each other."""


def sample(codec, text_only):
    """Records with what tends to be lost: no key, no value, headers of one name, long and non-Latin text. Text-only
    clients can't tell an empty value from none."""
    records = [
        {"key": "k1", "value": f"{codec}-1", "headers": [["h", "1"], ["h", "2"], ["other", "x"]]},
        {"key": None, "value": f"{codec}-no-key", "headers": []},
        {"key": "k3", "value": None, "headers": [["why", "deleted"]]},
        {"key": "klíč", "value": "žluťoučký kůň 🐎", "headers": []},
        {"key": "long", "value": f"{codec} " + "x" * 100_000, "headers": []},
    ]
    if not text_only:
        records.append({"key": "empty", "value": "", "headers": [["empty", ""]]})
    return records + [{"key": f"n{i % 7}", "value": f"{codec}-{i}", "headers": []} for i in range(500)]


def shape(record):
    """What must come back. The order of headers of different names is not every client's to tell."""
    return (record["key"], record["value"], tuple(sorted(tuple(pair) for pair in record["headers"])))


def check_same(sent, read, what):
    expected, found = sorted(map(repr, map(shape, sent))), sorted(map(repr, map(shape, read)))
    if expected != found:
        missing = [one[:200] for one in expected if one not in found][:3]
        extra = [one[:200] for one in found if one not in expected][:3]
        raise AssertionError(f"{what}: sent {len(expected)}, read {len(found)}; missing {missing}, unexpected {extra}")


def read_all(client, broker, topic):
    events = client.run("consume", **broker.connection(), topic=topic)
    last = events[-1] if events else {}
    assert last.get("event") == "end" and last["complete"], f"{client.name} did not reach the end of {topic}"
    records = [event for event in events if event["event"] == "record"]
    by_partition = {}
    for record in records:
        offsets = by_partition.setdefault(record["partition"], [])
        assert not offsets or record["offset"] > offsets[-1], f"offsets of {topic} go back"
        offsets.append(record["offset"])
    return records


def roundtrip(client, broker):
    """What a client wrote is what it reads, also after the broker was killed and came back."""
    broker.start()
    sent = {codec: sample(codec, client.text_only) for codec in client.codecs}
    for codec, records in sent.items():
        client.run("produce", **broker.connection(), topic=broker.named(f"trip-{codec}"), codec=codec, records=records)
    for codec, records in sent.items():
        check_same(records, read_all(client, broker, broker.named(f"trip-{codec}")), f"{client.name} with {codec}")
    broker.crash()
    broker.start()
    for codec, records in sent.items():
        read = read_all(client, broker, broker.named(f"trip-{codec}"))
        check_same(records, read, f"{client.name} with {codec} after kill -9")


def exchange(clients, broker):
    """What one client wrote, the others read."""
    broker.start()
    plain = any(client.text_only for client in clients)
    for writer in clients:
        for codec in writer.codecs:
            records = sample(codec, plain)
            topic = broker.named(f"from-{writer.name}-{codec}")
            writer.run("produce", **broker.connection(), topic=topic, codec=codec, records=records)
            for reader in clients:
                if reader is not writer and codec in reader.codecs:
                    read = read_all(reader, broker, topic)
                    check_same(records, read, f"{writer.name} to {reader.name} with {codec}")
