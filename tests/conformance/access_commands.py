#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Access from the command line, the same steps on both engines, whose outcomes must be the same.

access_commands.py MESHCTL STATE    STATE: the file of kafka_fixture.py

A user is made, asks, is granted, and what is granted is enforced; it is explained, tried out, revoked; the user is disabled.
Status 77 where Kafka is not there.
"""
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from broker_process import BrokerProcess  # noqa: E402
from kafka_broker import KafkaBroker  # noqa: E402

SKIPPED = 77
PATIENCE = 60
TOPIC, USER = "access-commands.flights", "access-commands-loader"
PRINCIPAL = f"User:{USER}"


class Mesh:
    """meshctl on one engine, by one person."""

    def __init__(self, meshctl, folder, owner, bootstrap, enforces):
        self.meshctl, self.folder, self.owner, self.bootstrap, self.enforces = meshctl, folder, owner, bootstrap, enforces
        self.environment = {**os.environ, "HOME": folder, "USER": "ada", "LOGNAME": "ada"}

    def secret(self, name, password):
        path = os.path.join(self.folder, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(password)
        return path

    def start(self, words, **more):
        return subprocess.Popen([self.meshctl, *words], env=self.environment, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, **more)

    def run(self, *words, stdin=None, connection=None):
        process = self.start([*words, *(connection or self.owner)], stdin=subprocess.PIPE)
        said, _ = process.communicate(stdin or "", timeout=120)
        return process.returncode, said

    def must(self, *words):
        status, said = self.run(*words)
        if status != 0:
            raise RuntimeError(f"meshctl {' '.join(words)}: status {status}\n{said}")
        return said

    def json(self, *words):
        return json.loads(self.must(*words, "--json"))

    def as_user(self):
        return ["--bootstrap", self.bootstrap, "--user", USER, "--password-file", os.path.join(self.folder, "user"),
                "--mechanism", "SCRAM-SHA-256"]

    def produces(self):
        status, _ = self.run("produce", TOPIC, "--timeout", "3000", stdin="hello\n", connection=self.as_user())
        return status == 0

    def until(self, what, holds):
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError(f"{what} did not come about within {PATIENCE} s")
            time.sleep(0.2)

    def state(self, grant):
        found = [one["state"] for one in self.json("access", "grants", "--all") if one["id"] == grant]
        return found[0] if found else "none"

    @contextlib.contextmanager
    def enforcer(self):
        """Where nobody serves the ledger, somebody must enforce it."""
        process = self.start(["enforce", *self.owner]) if self.enforces else None
        try:
            yield
        finally:
            if process is not None:
                process.terminate()
                process.communicate(timeout=30)


def outcomes(mesh):
    """What happened, a line each."""
    made = mesh.json("users", "create", USER)
    mesh.secret("user", made["password"])
    mesh.must("topics", "create", TOPIC)
    yield f"before it is granted it produces: {mesh.produces()}"
    mesh.must("access", "policies", "put", "auto", "--name", "Auto", "--approval", "automatic")
    mesh.must("access", "principals", "put", PRINCIPAL, "--name", "Loader", "--kind", "service")
    wish = ["access", "request", "--id", "loads", "--principal", PRINCIPAL, "--role", "producer", "--write", TOPIC, "--purpose",
            "To load", "--until", "2089-01-01"]
    yield "asked dry:\n" + mesh.must(*wish, "--dry-run")
    mesh.must(*wish)
    with mesh.enforcer():
        mesh.until("the grant's enforcement", lambda: mesh.state("loads") == "enforced")
        yield f"granted it produces: {mesh.produces()}"
        yield "who may write:\n" + mesh.must("access", "who", "write", TOPIC)
        yield "what it may:\n" + mesh.must("access", "what", PRINCIPAL)
        yield "writing explained:\n" + mesh.must("access", "explain", "--principal", PRINCIPAL, "--write", TOPIC)
        yield "reading explained:\n" + mesh.must("access", "explain", "--principal", PRINCIPAL, "--read", TOPIC, "--group", "g")
        lost = mesh.json("access", "simulate", "--revoke", "loads")["reach"]["lost"]
        yield f"without it: {lost}"
        own = [one for one in mesh.json("access", "drift")["findings"] if PRINCIPAL in json.dumps(one)]
        yield f"drift of it: {own}"
        status, said = mesh.run("access", "revoke", "loads")
        yield f"revoked without a reason: {status} {said.strip()}"
        mesh.must("access", "revoke", "loads", "--why", "No more")
        mesh.until("the removal", lambda: mesh.state("loads") == "removed")
        yield f"revoked it produces: {mesh.produces()}"
        status, said = mesh.run("access", "restore", "loads")
        yield f"restored by who asked: {status} {said.strip()}"
        wish[wish.index("loads")] = "again"
        mesh.must(*wish)
        mesh.until("the second grant's enforcement", lambda: mesh.state("again") == "enforced")
        yield f"granted again it produces: {mesh.produces()}"
        mesh.must("users", "disable", USER, "--why", "Gone")
        mesh.until("the disabling", lambda: not mesh.produces())
        yield f"disabled it is listed: {USER in mesh.must('users', 'list')}"


def on_kafka(meshctl, state, folder):
    kafka = KafkaBroker(state, "")
    mesh = Mesh(meshctl, folder, [], kafka.bootstrap, True)
    password = mesh.secret("admin", kafka.access()["password"])
    mesh.owner = ["--bootstrap", kafka.bootstrap, "--user", kafka.access()["user"], "--password-file", password,
                  "--mechanism", "SCRAM-SHA-512"]
    found = list(outcomes(mesh))
    check_authorizer_log(mesh, kafka.ready["log"])
    return found


def check_authorizer_log(mesh, log):
    """What Kafka's own authorizer logged is read as evidence; at INFO, so that only what it refused is there."""
    path, zone = os.path.join(mesh.folder, "kafka-authorizer.log"), time.strftime("%z")
    with open(log, encoding="utf-8", errors="replace") as whole, open(path, "w", encoding="utf-8") as file:
        file.writelines(line for line in whole if "kafka.authorizer.logger" in line)
    by_log = ["--authorizer-log", path, "--log-utc-offset", f"{zone[:3]}:{zone[3:]}"]
    tried = mesh.json("access", "simulate", "--add", f"ALLOW WRITE TOPIC LITERAL {TOPIC} {PRINCIPAL}", *by_log)
    gained = [one for one in tried["gained"] if (one["principal"], one["resource"]) == (PRINCIPAL, TOPIC)]
    if not gained or tried["grade"] != "observed" or tried["showsAllowed"]:
        raise RuntimeError(f"by {path}: {tried}")
    status, said = mesh.run("access", "least", *by_log)
    if status == 0 or "Only refusals are in the log" not in said:
        raise RuntimeError(f"least privilege by refusals alone: {status} {said}")


def on_our_own(meshctl, folder):
    data = os.path.join(folder, "data")
    broker = BrokerProcess(meshctl, data, {"auto.create.topics.enable": "false"})
    broker.require_login()
    broker.start()
    try:
        return list(outcomes(Mesh(meshctl, folder, ["--data", data], broker.bootstrap, False)))
    finally:
        broker.stop()


def main():
    meshctl, state = sys.argv[1:]
    if not KafkaBroker.is_there(state):
        print("skipped: Apache Kafka was not started; the test kafka_start says why")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="meshbone-access-") as folder:
        ours = on_our_own(meshctl, folder)
    with tempfile.TemporaryDirectory(prefix="meshbone-access-") as folder:
        theirs = on_kafka(meshctl, state, folder)
    for step in ours:
        print(step)
    differences = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    for our, their in differences:
        print(f"\nDIFFERENT\nembedded: {our}\nKafka:    {their}")
    wanted = [("before", False), ("granted", True), ("revoked it", False), ("granted again", True)]
    wrong = [step for begin, may in wanted for step in ours if step.startswith(begin) and not step.endswith(str(may))]
    for step in wrong:
        print(f"WRONG {step}")
    return 1 if differences or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
