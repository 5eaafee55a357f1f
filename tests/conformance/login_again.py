#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Logging in again on an open connection (KIP-368), the same steps at both engines, whose outcomes must be the same.

login_again.py MESHCTL

Starts an Apache Kafka of its own (packaging/kafka) and a `meshctl serve`, both with connections.max.reauth.ms. Status 77 where
Kafka is not to be had, unless MESHBONE_REQUIRE_KAFKA=1.
"""
import hashlib
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from broker_process import BrokerProcess  # noqa: E402

SKIPPED, UNAVAILABLE = 77, 3
KAFKA = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "kafka" / "kafka"
LIFE_MS = 2500
METADATA, HANDSHAKE, VERSIONS, AUTHENTICATE, ALTER_SCRAM = 3, 17, 18, 36, 51
OTHER, OTHER_PASSWORD = "other", "other-secret"


class Closed(Exception):
    pass


def text(value):
    data = value.encode()
    return struct.pack(">h", len(data)) + data


class Client:
    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), 20)
        self.id = 0

    def exactly(self, count):
        data = b""
        while len(data) < count:
            try:
                more = self.socket.recv(count - len(data))
            except ConnectionError:
                more = b""
            if not more:
                raise Closed
            data += more
        return data

    def call(self, key, version, body, flexible=False):
        self.id += 1
        head = struct.pack(">hhi", key, version, self.id) + text("login-again") + (b"\0" if flexible else b"")
        try:
            self.socket.sendall(struct.pack(">i", len(head + body)) + head + body)
        except ConnectionError:
            raise Closed from None
        answer = self.exactly(struct.unpack(">i", self.exactly(4))[0])
        assert struct.unpack(">i", answer[:4])[0] == self.id
        return answer[4:]

    # Each gives what it learned, as a text to be compared.
    def handshake(self, mechanism="PLAIN"):
        error, count = struct.unpack(">hi", self.call(HANDSHAKE, 1, text(mechanism))[:6])
        return f"handshake {error} {count} mechanisms"

    def authenticate(self, user, password):
        token = f"\0{user}\0{password}".encode()
        answer = self.call(AUTHENTICATE, 1, struct.pack(">i", len(token)) + token)
        error, length = struct.unpack(">hh", answer[:4])
        life = struct.unpack(">q", answer[-8:])[0]
        message = answer[4:4 + length].decode() if length > 0 else ""
        kept = message if "change principals" in message else ""  # other sentences are each engine's own
        return f"authenticate {error} for {life} ms {kept}".rstrip()

    def metadata(self):
        brokers = struct.unpack(">i", self.call(METADATA, 1, struct.pack(">i", 0))[:4])[0]
        return f"metadata {brokers} broker"

    def versions(self):
        error = struct.unpack(">h", self.call(VERSIONS, 0, b"")[:2])[0]
        return f"versions {error}"

    def end(self):
        """What the broker does when nothing is asked."""
        self.socket.settimeout(5)
        try:
            return "more" if self.exactly(1) else ""
        except Closed:
            return "closed"
        except TimeoutError:
            return "open"


def make_other(client):
    """Of a SCRAM user, who may log in by SCRAM at Kafka and by PLAIN too at ours."""
    salt = b"0123456789abcdef"
    salted = hashlib.pbkdf2_hmac("sha256", OTHER_PASSWORD.encode(), salt, 4096)
    packed = lambda data: bytes([len(data) + 1]) + data
    body = b"\x01\x02" + packed(OTHER.encode()) + b"\x01" + struct.pack(">i", 4096) + packed(salt) + packed(salted) + b"\0\0"
    client.call(ALTER_SCRAM, 0, body, flexible=True)


class Scenario:
    def __init__(self, engine):
        self.address, self.user, self.password = engine

    def fresh(self):
        client = Client(self.address)
        client.handshake()
        client.authenticate(self.user, self.password)
        return client

    def once(self):
        client = Client(self.address)
        yield client.versions()
        yield client.handshake()
        yield client.authenticate(self.user, self.password)
        yield client.metadata()

    def again(self):
        client = self.fresh()
        yield client.handshake()
        yield client.authenticate(self.user, self.password)
        yield client.metadata()
        yield client.handshake()  # within a second
        yield client.metadata()

    def out_of_order(self):
        client = self.fresh()
        yield client.authenticate(self.user, self.password)
        yield client.metadata()

    def another_user(self):
        client = self.fresh()
        yield client.handshake()
        yield client.authenticate(OTHER, OTHER_PASSWORD)
        yield client.end()

    def wrong_password(self):
        client = self.fresh()
        yield client.handshake()
        yield client.authenticate(self.user, "wrong")
        yield client.end()

    def another_mechanism(self):
        client = self.fresh()
        yield client.handshake("SCRAM-SHA-256")
        yield client.metadata()

    def unknown_mechanism(self):
        client = self.fresh()
        yield client.handshake("GSSAPI")
        yield client.end()

    def versions_in_the_middle(self):
        client = self.fresh()
        yield client.handshake()
        yield client.versions()
        yield client.end()

    def handshake_in_the_middle(self):
        client = self.fresh()
        yield client.handshake()
        yield client.handshake()
        yield client.end()

    def expired(self):
        clients = [self.fresh() for _ in range(4)]
        time.sleep(LIFE_MS / 1000 + 0.5)
        yield "idle: " + ("open" if self.is_open(clients[0]) else "closed")
        yield clients[0].handshake()
        yield clients[0].authenticate(self.user, self.password)
        yield clients[0].metadata()
        for client, ask in ((clients[1], Client.metadata), (clients[2], Client.versions)):
            yield self.outcome(client, ask)
        yield self.outcome(clients[3], lambda client: client.authenticate(self.user, self.password))

    @staticmethod
    def is_open(client):
        client.socket.setblocking(False)
        try:
            return client.socket.recv(1) != b""
        except BlockingIOError:
            return True
        finally:
            client.socket.setblocking(True)

    @staticmethod
    def outcome(client, ask):
        try:
            return ask(client)
        except Closed:
            return "closed"

    def run(self, name):
        said = []
        try:
            for outcome in getattr(self, name)():
                said.append(outcome)
        except Closed:
            said.append("closed")
        return said


SCENARIOS = ["once", "again", "out_of_order", "another_user", "wrong_password", "another_mechanism", "unknown_mechanism",
             "versions_in_the_middle", "handshake_in_the_middle", "expired"]

# Where ours answers otherwise, and why; one that no longer does fails.
KNOWN = {"unknown_mechanism": "Kafka hangs up, where ours says first which mechanisms there are"}


def start_kafka(log):
    words = [str(KAFKA), "serve", "--while", str(os.getpid()), "--log", log, "--user", f"{OTHER}:{OTHER_PASSWORD}",
             "--set", f"connections.max.reauth.ms={LIFE_MS}"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if line:
        ready = json.loads(line)
        return process, (ready["bootstrap"], ready["user"], ready["password"])
    if process.wait() == UNAVAILABLE and os.environ.get("MESHBONE_REQUIRE_KAFKA") != "1":
        print("skipped: Apache Kafka is not to be had here")
        sys.exit(SKIPPED)
    sys.exit("Apache Kafka did not start")


def main(meshctl):
    with tempfile.TemporaryDirectory() as folder:
        kafka, theirs = start_kafka(os.path.join(folder, "kafka.log"))
        ours = BrokerProcess(meshctl, os.path.join(folder, "data"), {"connections.max.reauth.ms": str(LIFE_MS)})
        ours.require_login()
        different = 0
        try:
            ours.start()
            access = ours.access()
            engines = {"Kafka": Scenario(theirs), "ours": Scenario((ours.bootstrap, access["user"], access["password"]))}
            make_other(engines["ours"].fresh())
            for name in SCENARIOS:
                said = {who: [line.replace(engine.user, "USER") for line in engine.run(name)] for who, engine in engines.items()}
                same = said["Kafka"] == said["ours"]
                different += 0 if same != (name in KNOWN) else 1
                verdict = "same" if same else "known" if name in KNOWN else "DIFFERENT"
                print(f"{verdict}: {name}: {said['Kafka'] if same else said}")
        finally:
            ours.stop()
            kafka.terminate()
            kafka.wait()
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
