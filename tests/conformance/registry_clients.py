#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Registry clients that we did not write against the schema registry that is served beside a broker of ours.

registry_clients.py MESHCTL STRANGERS CLIENT; CLIENT: confluent_python, confluent_js, kafkajs, franz. Status 77: it isn't installed.
"""
import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent / "registry"
LIMIT_S = 200


def command(strangers, client):
    """How the client is run, and with which environment; None: it isn't installed."""
    if client == "confluent_python":
        python = strangers / "python/bin/python"
        probe = [python, "-c", "import confluent_kafka.schema_registry.avro"]
        isThere = python.exists() and subprocess.run(probe, capture_output=True).returncode == 0
        return ([python, "-W", "ignore", HERE / "confluent_python.py"], {}) if isThere else None
    if client == "franz":
        return ([strangers / "franz_sr"], {}) if (strangers / "franz_sr").exists() else None
    package = {"confluent_js": "@confluentinc/schemaregistry", "kafkajs": "@kafkajs/confluent-schema-registry"}[client]
    modules = strangers / "npm/node_modules"
    return (["node", HERE / f"{client}.js"], {"NODE_PATH": str(modules)}) if (modules / package).exists() else None


def serve(meshctl, data):
    process = subprocess.Popen([meshctl, "serve", "--data", data, "--listen", "127.0.0.1:0", "--schemas", "127.0.0.1:0", "--insecure",
                                "--set", "auto.create.topics.enable=true"], stdout=subprocess.PIPE, text=True)
    readable, _, _ = select.select([process.stdout], [], [], 30)
    line = process.stdout.readline() if readable else ""
    if not line:
        process.kill()
        raise RuntimeError(f"the broker did not get ready (status {process.wait()})")
    return process, json.loads(line)


def main():
    meshctl, strangers, client = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    found = command(strangers, client)
    if not found:
        print(f"skipped: {client} is not installed; packaging/strangers does it")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="meshbone-registry-") as data:
        process, ready = serve(meshctl, data)
        try:
            done = subprocess.run([*found[0], ready["schemas"], ready["bootstrap"]], env={**os.environ, **found[1]}, timeout=LIMIT_S)
            return done.returncode
        finally:
            process.terminate()
            process.wait(30)


sys.exit(main())
