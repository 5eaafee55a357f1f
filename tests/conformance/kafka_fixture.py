#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CTest's fixture: one Apache Kafka for all tests of a run that need it.

kafka_fixture.py start STATE [NODES]   starts packaging/kafka/kafka, writes what it says, and its process, into the file STATE
kafka_fixture.py stop STATE            ends it

Status 77 where Kafka is not to be had (no JDK, no Maven, no registry): the tests then find no STATE and skip themselves.
With MESHBONE_REQUIRE_KAFKA=1 in the environment that is a failure. A Kafka whose CTest was killed ends by itself.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

SKIPPED, UNAVAILABLE = 77, 3
KAFKA = pathlib.Path(__file__).resolve().parents[2] / "packaging" / "kafka" / "kafka"
PATIENCE_SECONDS = 560  # the jars may have to be fetched first
# As the tests start the embedded broker.
SETTINGS = ["auto.create.topics.enable=true", "num.partitions=6", "group.min.session.timeout.ms=1000"]
# Several nodes: a topic is on each, and one that falls silent is missed soon.
OF_SEVERAL = ["default.replication.factor=3", "broker.session.timeout.ms=3000", "broker.heartbeat.interval.ms=500"]


def command(log, nodes):
    words = [str(KAFKA), "serve", "--while", str(os.getppid()), "--log", str(log), "--user", "nobody:nothing",
             "--nodes", str(nodes)]
    settings = SETTINGS + (OF_SEVERAL if nodes > 1 else [])
    return words + [word for one in settings for word in ("--set", one)]


def first_line(process, output):
    """What it says when it is ready; None when it ended or took too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        line = output.read_text(encoding="utf-8")
        if line.endswith("\n"):
            return line
        time.sleep(0.05)
    process.terminate()
    return None


def start(state, nodes=1):
    state.unlink(missing_ok=True)
    output, errors = state.with_suffix(".out"), state.with_suffix(".err")
    # Into files: CTest waits for whoever holds its own pipes.
    with open(output, "w", encoding="utf-8") as out, open(errors, "w", encoding="utf-8") as err:
        process = subprocess.Popen(command(state.with_suffix(".log"), nodes), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   start_new_session=True)
    line = first_line(process, output)
    if line:
        ready = {**json.loads(line), "pid": process.pid}
        state.write_text(json.dumps(ready), encoding="utf-8")
        print(f"Apache Kafka {ready['version']} at {ready['bootstrap']}, ready after {ready['ms']} ms; log: {ready['log']}")
        return 0
    status = process.wait()
    print(errors.read_text(encoding="utf-8").strip() or f"packaging/kafka/kafka ended with status {status}")
    if status == UNAVAILABLE and os.environ.get("MESHBONE_REQUIRE_KAFKA", "0") in ("", "0"):
        return SKIPPED
    return 1


def is_running(pid):
    """False for a process that has ended too, when nobody has asked for its status yet."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def stop(state):
    if not state.exists():
        print("nothing runs")
        return 0
    pid = json.loads(state.read_text(encoding="utf-8"))["pid"]
    state.unlink()
    if is_running(pid):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while is_running(pid):
        if time.monotonic() > deadline:
            print(f"process {pid} did not end in 20 s")
            return 1
        time.sleep(0.05)
    return 0


if __name__ == "__main__":
    sys.exit({"start": start, "stop": stop}[sys.argv[1]](pathlib.Path(sys.argv[2]), *map(int, sys.argv[3:])))
