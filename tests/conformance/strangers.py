# SPDX-License-Identifier: Apache-2.0
"""The clients that we did not write, behind one command line each: what they can do, how they are called."""
import json
import os
import queue
import shutil
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))


class Stranger:
    def __init__(self, name, command, environment, codecs, mechanisms, has_admin, text_only=False):
        self.name, self.command, self.environment = name, command, {**os.environ, **environment}
        self.codecs, self.mechanisms, self.has_admin, self.text_only = codecs, mechanisms, has_admin, text_only

    def run(self, command, **args):
        """Runs one command to its end; its events as dictionaries. Fails loudly when the client does."""
        done = subprocess.run([*self.command, command, json.dumps(args)], env=self.environment, text=True, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            raise AssertionError(f"{self.name} {command} failed: {done.stderr.strip()[-2000:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def member(self, name, **args):
        return Member(name, self, args)


class Member:
    """A client that is a member of a group until it is told to leave or killed; its events arrive in a queue."""

    def __init__(self, name, stranger, args):
        self.name = name
        self.killed_at = None
        self.events = queue.Queue()
        self.process = subprocess.Popen([*stranger.command, "member", json.dumps(args)], env=stranger.environment,
                                        text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        start_new_session=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))
        self.events.put(None)

    def leave(self):
        self.process.stdin.close()

    def kill(self, now):
        """Like a power cut: nothing is said to the group. Takes the client's own children along."""
        self.killed_at = now
        os.killpg(self.process.pid, 9)

    def wait(self):
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill(None)
            raise AssertionError(f"member {self.name} did not leave in 30 s") from None


def find(name, folder):
    """The client, or a sentence that says why it can't be used."""
    client = lambda file: os.path.join(HERE, "clients", file)
    if name == "kcat":
        if shutil.which("kcat") is None:
            return "kcat is not installed; packaging/setup --tests does that"
        # Its librdkafka (2.0.2 in Debian 12) doesn't check SCRAM's nonce as RFC 5802 says, so it logs in by PLAIN.
        return Stranger(name, [sys.executable, client("kcat_client.py")], {}, ["none", "gzip", "snappy", "lz4", "zstd"],
                        ["PLAIN"], has_admin=False, text_only=True)
    if name == "confluent":
        python = os.path.join(folder, "python", "bin", "python")
        if not os.path.exists(os.path.join(folder, "python.version")):
            return f"confluent-kafka is not installed in {folder}; packaging/strangers does that"
        return Stranger(name, [python, client("confluent_client.py")], {}, ["none", "gzip", "snappy", "lz4", "zstd"],
                        ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], has_admin=True)
    modules = os.path.join(folder, "npm", "node_modules")
    if not os.path.exists(os.path.join(folder, "npm.version")) or shutil.which("node") is None:
        return f"kafkajs is not installed in {folder}; packaging/strangers does that"
    environment = {"NODE_PATH": modules, "KAFKAJS_NO_PARTITIONER_WARNING": "1"}
    return Stranger(name, ["node", client("kafkajs_client.js")], environment,
                    ["none", "gzip", "snappy"], ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], has_admin=True)
