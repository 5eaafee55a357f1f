#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 of a served registry at random moments while clients register: what was answered is there afterwards, with the same id,
and no id stands for two schemas. registry_crash.py MESHCTL [ROUNDS]; MESHBONE_SEED plays a run again."""
import json
import os
import random
import select
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

CLIENTS = 4


def serve(meshctl, data):
    process = subprocess.Popen([meshctl, "serve", "--data", data, "--listen", "127.0.0.1:0", "--schemas", "127.0.0.1:0", "--insecure"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    readable, _, _ = select.select([process.stdout], [], [], 60)
    line = process.stdout.readline() if readable else ""
    if not line:
        process.kill()
        raise RuntimeError(f"the broker did not get ready (status {process.wait()})")
    return process, json.loads(line)["schemas"]


def ask(url, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data=data), timeout=30) as answer:
        return json.load(answer)


def schema_of(subject):
    return json.dumps({"type": "fixed", "name": "F" + subject.replace("-", "_"), "size": 4})


def register_until_it_dies(url, prefix, answered, stop):
    number = 0
    while not stop.is_set():
        subject = f"{prefix}-{number}"
        number += 1
        try:
            answered[subject] = ask(url, f"/subjects/{subject}/versions", {"schema": schema_of(subject)})["id"]
        except (OSError, urllib.error.URLError, ValueError):
            return  # killed: whether this one is there isn't known


def await_ready(url):
    """A change is answered only when everything on the log was read, and changes nothing here."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            ask(url, "/subjects/ready/versions", {"schema": '"string"'})
            return
        except urllib.error.HTTPError:
            continue
    raise RuntimeError("the registry did not get ready")


def check(url, answered):
    await_ready(url)
    ids = {}
    for subject, identity in answered.items():
        version = ask(url, f"/subjects/{subject}/versions/1")
        assert version["id"] == identity, f"{subject} was answered with id {identity} and has {version['id']}"
        assert json.loads(version["schema"]) == json.loads(schema_of(subject)), subject
        assert ids.setdefault(identity, subject) == subject, f"id {identity} stands for {ids[identity]} and {subject}"
        assert ask(url, f"/schemas/ids/{identity}")["schema"] == version["schema"]


def main():
    meshctl, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 6
    seed = int(os.environ.get("MESHBONE_SEED", random.randrange(2**32)))
    print(f"MESHBONE_SEED={seed}", flush=True)
    choose = random.Random(seed)
    answered = {}
    with tempfile.TemporaryDirectory(prefix="meshbone-registry-crash-") as data:
        for turn in range(rounds):
            process, url = serve(meshctl, data)
            await_ready(url)
            stop = threading.Event()
            clients = [threading.Thread(target=register_until_it_dies, args=(url, f"r{turn}c{i}", answered, stop)) for i in range(CLIENTS)]
            for client in clients:
                client.start()
            stop.wait(choose.uniform(0.05, 0.8))
            process.kill()
            process.wait()
            stop.set()
            for client in clients:
                client.join()
        process, url = serve(meshctl, data)
        try:
            check(url, answered)
        finally:
            process.kill()
            process.wait()
    assert answered, "nothing was registered at all"
    print(f"passed: {len(answered)} registrations, {rounds} kills")


main()
