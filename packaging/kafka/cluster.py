# SPDX-License-Identifier: Apache-2.0
"""The nodes: their properties, their start, their end."""
import base64
import contextlib
import ctypes
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid

import certificates
import jars
import probe
import properties
from sentences import KafkaError

READY_SECONDS = 90
FORMAT_SECONDS = 60
# What needs no quoting in a JAAS line nor in StorageTool's words.
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
PASSWORD = re.compile(r"[A-Za-z0-9._~-]{1,64}")
JAVA = ["java", "-Xmx512m", "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss,SSS"]  # as Kafka's own layout has it
# The quick compiler and the simple collector: tests last seconds, and two cores are shared by what they test.
QUICK = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
STEADY = []  # Java's own choices: for what is measured after it has warmed up


def free_ports(count):
    """Below the range from which the system takes ports for connections, so that none is taken until a node listens."""
    found = []
    with contextlib.ExitStack() as held:
        for port in random.sample(range(15000, 32000), 2000):
            one = held.enter_context(socket.socket())
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
            if len(found) == count:
                return found
    raise KafkaError(f"no {count} free ports between 15000 and 32000 on 127.0.0.1.")


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: also when this program is killed


class Cluster:
    def __init__(self, jar_folder, count, users, settings, log, folder, tuning=QUICK):
        for name, password in users.items():
            if not NAME.fullmatch(name) or not PASSWORD.fullmatch(password):
                raise KafkaError(f"user {name}: a name is 1 to 64 of A-Z a-z 0-9 _ -, a password may have . and ~ too.")
        self.classpath, self.users = os.path.join(jar_folder, "*"), users
        self.settings, self.log_file, self.tuning = settings, os.path.abspath(log), tuning
        self.folder = tempfile.mkdtemp(prefix="meshbone-kafka-", dir=folder)
        self.nodes = [{"id": number + 1} for number in range(count)]
        self.log = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """The data is thrown away, so nobody waits for it to be written."""
        for node in self.nodes:
            if "process" in node:
                node["process"].kill()
                node["process"].wait()
        if self.log:
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        """Returns what the ready line says."""
        os.makedirs(os.path.dirname(self.log_file), exist_ok=True)
        self.log = open(self.log_file, "w+", encoding="utf-8", errors="replace")
        certificates.make(self.folder)
        ports = iter(free_ports(len(self.nodes) * len(properties.LISTENERS)))
        for node in self.nodes:
            node["ports"] = {listener: next(ports) for listener in properties.LISTENERS}
            node["folder"] = os.path.join(self.folder, f"node-{node['id']}")
            os.mkdir(node["folder"])
        for node in self.nodes:
            node["properties"] = os.path.join(node["folder"], "server.properties")
            with open(node["properties"], "w", encoding="utf-8") as file:
                file.write(properties.of(node, self.nodes, self.users, self.folder, self.settings))
        self._format()
        for node in self.nodes:
            node["process"] = self._run("kafka.Kafka", node["properties"])
        self._wait()
        return self._ready()

    def gone(self):
        """A sentence when a node has ended, else None."""
        for node in self.nodes:
            status = node["process"].poll()
            if status is not None:
                return f"node {node['id']} ended with status {status}: {self._reason()} The log is {self.log_file}."
        return None

    def _run(self, program, *words):
        return subprocess.Popen([*JAVA, *self.tuning, "-cp", self.classpath, program, *words], cwd=self.folder,
                                stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, preexec_fn=die_with_parent)

    def _format(self):
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "A", 1)
        scram = [word for name, password in self.users.items() for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")
                 for word in ("--add-scram", f"{mechanism}=[name={name},password={password}]")]
        for node in self.nodes:
            node["process"] = self._run("kafka.tools.StorageTool", "format", "-t", cluster_id, "-c", node["properties"],
                                        *scram)
        for node in self.nodes:
            try:
                status = node["process"].wait(FORMAT_SECONDS)
            except subprocess.TimeoutExpired:
                raise KafkaError(f"no folder was ready in {FORMAT_SECONDS} s. The log is {self.log_file}.") from None
            if status != 0:
                raise KafkaError(self.gone())

    def _wait(self):
        deadline = time.monotonic() + READY_SECONDS
        waiting = [node["ports"]["SASL_PLAINTEXT"] for node in self.nodes]
        while waiting:
            gone = self.gone()
            if gone:
                raise KafkaError(gone)
            if time.monotonic() > deadline:
                raise KafkaError(f"no answer in {READY_SECONDS} s. The log is {self.log_file}.")
            try:
                if probe.brokers(waiting[0], "admin", self.users["admin"]) == len(self.nodes):
                    waiting.pop(0)
                    continue
            except OSError:
                pass
            time.sleep(0.1)

    def _reason(self):
        """The line of the log that says most."""
        self.log.flush()
        with open(self.log_file, encoding="utf-8", errors="replace") as log:
            lines = log.read().splitlines()
        if any("Address already in use" in line for line in lines):
            return "one of its ports was taken by another program meanwhile; start it again."
        told = [line for line in lines if "Exception" in line or "Error" in line] or lines[-1:]
        return f"{told[0].strip()[:300]}." if told else "it said nothing."

    def _ready(self):
        bootstrap = {name: ",".join(f"127.0.0.1:{node['ports'][name]}" for node in self.nodes)
                     for name in properties.LISTENERS if name != "CONTROLLER"}
        at = lambda file: os.path.join(self.folder, file)
        sasl = {"mechanisms": properties.MECHANISMS}
        return {"bootstrap": bootstrap["SASL_PLAINTEXT"], "user": "admin", "password": self.users["admin"],
                "ca": at("ca.pem"), "version": jars.pinned()[0], "log": self.log_file, "data": self.folder,
                "listeners": {
                    "SASL_PLAINTEXT": {"bootstrap": bootstrap["SASL_PLAINTEXT"], **sasl},
                    "SASL_SSL": {"bootstrap": bootstrap["SASL_SSL"], "ca": at("ca.pem"), **sasl},
                    "SSL": {"bootstrap": bootstrap["SSL"], "ca": at("ca.pem"), "certificate": at("admin.pem"),
                            "key": at("admin.key")}},
                "nodes": [{"id": node["id"], "pid": node["process"].pid} for node in self.nodes]}
