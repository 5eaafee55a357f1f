# SPDX-License-Identifier: Apache-2.0
"""A group whose members come, leave, are killed, while records arrive and the broker itself is killed."""
import time

PARTITIONS = 6  # num.partitions of both engines
TOPIC = "work"
GROUP = "workers"


class Observer:
    """Collects what members say: who owns which partition when, and which records were read."""

    def __init__(self):
        self.members, self.read, self.owned, self.closed, self.trace = [], {}, {}, [], []

    def add(self, member):
        self.members.append(member)
        return member

    def poll(self):
        for member in self.members:
            while not member.events.empty():
                event = member.events.get()
                if event is None:
                    self._lose(member, None, time.monotonic())
                else:
                    self._take(member, event)

    def _take(self, member, event):
        if event["event"] != "record":
            self.trace.append((round(event["at"], 3), member.name, event["event"], event.get("partitions")))
        if event["event"] == "record":
            self.read.setdefault(event["value"], []).append((member.name, event["partition"], event["offset"]))
        elif event["event"] == "assigned":
            for partition in event["partitions"]:
                self.owned[(member.name, partition)] = event["at"]
        elif event["event"] in ("revoked", "left"):
            self._lose(member, event.get("partitions"), event["at"])

    def _lose(self, member, partitions, at):
        at = min(at, member.killed_at or at)
        for owner, partition in list(self.owned):
            if owner == member.name and (partitions is None or partition in partitions):
                self.closed.append((partition, owner, self.owned.pop((owner, partition)), at))

    def owners(self):
        """Owner of each partition now; fails where there are two."""
        self.poll()
        found = {}
        for owner, partition in self.owned:
            found.setdefault(partition, []).append(owner)
        return found

    def wait(self, what, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.poll()
            if condition():
                return
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {what}; owners: {self.owners()}, "
                             f"distinct records read: {len(self.read)}")

    def wait_shared(self, names):
        """Until exactly these members own all partitions, each partition once and each member at least one."""
        def shared():
            owners = self.owners()
            return (len(owners) == PARTITIONS and all(len(one) == 1 for one in owners.values())
                    and {one[0] for one in owners.values()} == set(names))
        self.wait(f"the partitions to be shared by {sorted(names)}", shared)

    def check_never_twice(self):
        """No partition was owned by two members at one time. The clock is the machine's monotonic one; a member says
        'revoked' before it gives a partition up and 'assigned' after it got it, so there is no slack to allow for."""
        end = time.monotonic()
        still = [(partition, owner, since, end) for (owner, partition), since in self.owned.items()]
        spans = self.closed + still
        for i, (partition, owner, since, until) in enumerate(spans):
            for other_partition, other, other_since, other_until in spans[i + 1:]:
                if partition == other_partition and owner != other and since < other_until and other_since < until:
                    raise AssertionError(f"partition {partition} was owned by {owner} {since:.3f}-{until:.3f} "
                                         f"and by {other} {other_since:.3f}-{other_until:.3f}")


def records_of(start, count):
    return [{"key": f"k{i}", "value": f"v{i}", "headers": [], "partition": i % PARTITIONS}
            for i in range(start, start + count)]


def comings_and_goings(client, broker, **member_args):
    broker.start()
    observer, produced = Observer(), 0
    topic, group = broker.named(TOPIC), broker.named(GROUP)

    def join(name):
        return observer.add(client.member(name, **broker.connection(), topic=topic, group=group, **member_args))

    def produce(count):
        nonlocal produced
        client.run("produce", **broker.connection(), topic=topic, records=records_of(produced, count))
        produced += count

    def wait_read():
        observer.wait(f"{produced} records to be read", lambda: len(observer.read) >= produced)

    produce(300)
    first, second, third = join("one"), join("two"), join("three")
    observer.wait_shared(["one", "two", "three"])
    produce(300)
    wait_read()
    second.leave()
    assert second.wait() == 0
    observer.wait_shared(["one", "three"])
    produce(300)
    fourth = join("four")
    observer.wait_shared(["one", "three", "four"])
    third.kill(time.monotonic())
    produce(300)
    observer.wait_shared(["one", "four"])
    wait_read()

    broker.crash()
    broker.start()
    produce(300)
    wait_read()
    observer.wait_shared(["one", "four"])
    wait_committed(client, broker, produced, observer)
    for member in (first, fourth):
        member.leave()
        assert member.wait() == 0, f"{member.name} ended badly"
    observer.poll()
    observer.check_never_twice()
    check_committed(client, broker, produced, member_args)


def committed(client, broker):
    topic, group = broker.named(TOPIC), broker.named(GROUP)
    found = client.run("committed", **broker.connection(), topic=topic, group=group, partitions=PARTITIONS)
    return {int(partition): offset for partition, offset in found[-1]["offsets"].items()}


def wait_committed(client, broker, produced, observer):
    """Until what was read is committed too. A commit that meets a rebalance fails; the records are then read, and
    committed, once more, unless the member leaves first."""
    wanted = {partition: produced // PARTITIONS for partition in range(PARTITIONS)}
    if client.has_admin:
        observer.wait(f"the commits of {wanted}", lambda: committed(client, broker) == wanted)


def check_committed(client, broker, produced, member_args):
    """What was committed survives a crash of the broker: nobody reads it again."""
    topic, group = broker.named(TOPIC), broker.named(GROUP)
    broker.crash()
    broker.start()
    if client.has_admin:
        offsets = committed(client, broker)
        assert offsets == {partition: produced // PARTITIONS for partition in range(PARTITIONS)}, offsets
    after = Observer()
    late = after.add(client.member("late", **broker.connection(), topic=topic, group=group, **member_args))
    after.wait_shared(["late"])
    client.run("produce", **broker.connection(), topic=topic, records=records_of(produced, PARTITIONS))
    new = {f"v{i}" for i in range(produced, produced + PARTITIONS)}
    after.wait("the newest records", lambda: new <= set(after.read))
    assert set(after.read) == new, f"read again: {sorted(set(after.read) - new)[:5]}"
    late.leave()
    assert late.wait() == 0
