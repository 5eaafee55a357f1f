# SPDX-License-Identifier: Apache-2.0
"""Apicurio Registry on a Kafka: fetched by Maven, checked, started, ended. It brings Confluent's REST API."""
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import time
import urllib.error
import urllib.request

import maven
from cluster import die_with_parent, free_ports
from sentences import KafkaError, Unavailable

VERSION = "3.3.3"
SHA256 = "8bc6751c76d963734224b01d5e7f84ccb3cb61c87d3bd77c36c35f10a5cbed63"  # of its archive
ARCHIVE = f"io.apicurio:apicurio-registry-app:{VERSION}:tar.gz:all"
PREFIX = "/apis/ccompat/v7"
OLDEST_JAVA = 21
JVMS = "/usr/lib/jvm"
READY_SECONDS = 180


def unpack(folder):
    name, = os.listdir(folder)
    archive = os.path.join(folder, name)
    with open(archive, "rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise KafkaError(f"the archive that Maven fetched has the digest {found}, registry.py pins {SHA256}; not used.")
    with tarfile.open(archive) as packed:
        packed.extractall(folder)
    os.remove(archive)


def fetch():
    """The folder with the program; it is fetched when it isn't there yet."""
    return maven.fetch(f"apicurio-{VERSION}-{SHA256[:12]}", ["dependency:copy", f"-Dartifact={ARCHIVE}"], unpack)


def java_version(program):
    try:
        said = subprocess.run([program, "-version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def java():
    """The first that is new enough: the one that is set, the one on the path, one that is installed beside it."""
    installed = sorted(os.listdir(JVMS)) if os.path.isdir(JVMS) else []
    inside = lambda home: os.path.join(home, "bin", "java")
    set_home = os.environ.get("JAVA_HOME")
    programs = [set_home and inside(set_home), shutil.which("java"),
                *(inside(os.path.join(JVMS, name)) for name in installed)]
    for program in programs:
        if program and java_version(program) >= OLDEST_JAVA:
            return program
    raise Unavailable(f"there is no Java {OLDEST_JAVA} or newer here; install one, or set JAVA_HOME.")


class Registry:
    def __init__(self, program_folder, kafka, log):
        """`kafka`: what a cluster's start() returned."""
        self.program_folder, self.kafka, self.log_file = program_folder, kafka, os.path.abspath(log)
        self.process = self.log = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """What it holds is thrown away, so nobody waits for it to end by itself."""
        if self.process:
            self.process.kill()
            self.process.wait()
        if self.log:
            self.log.close()

    def start(self):
        """Returns its URL when it has answered."""
        program = java()
        os.makedirs(os.path.dirname(self.log_file), exist_ok=True)
        self.log = open(self.log_file, "w", encoding="utf-8")
        port, health = free_ports(2)
        file = os.path.join(self.kafka["data"], "registry.properties")
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(self._properties(port, health))
        words = [program, "-Xmx512m", "-jar", os.path.join(self.program_folder, "quarkus-run.jar")]
        self.process = subprocess.Popen(words, env={**os.environ, "QUARKUS_CONFIG_LOCATIONS": file},
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        cwd=self.kafka["data"], preexec_fn=die_with_parent)
        self._wait(f"http://127.0.0.1:{port}{PREFIX}")
        return f"http://127.0.0.1:{port}{PREFIX}"

    def gone(self):
        """A sentence when it has ended, else None."""
        status = self.process.poll()
        return None if status is None else f"the registry ended with status {status}. The log is {self.log_file}."

    def _properties(self, port, health):
        """Its own defaults, but for where it is, what it logs of each request, and how it logs in to Kafka."""
        login = (f'org.apache.kafka.common.security.plain.PlainLoginModule required username="{self.kafka["user"]}"'
                 f' password="{self.kafka["password"]}";')
        all_of = {"apicurio.storage.kind": "kafkasql",
                  "apicurio.kafkasql.bootstrap.servers": self.kafka["bootstrap"],
                  "apicurio.kafka.common.security.protocol": "SASL_PLAINTEXT",
                  "apicurio.kafka.common.sasl.mechanism": "PLAIN",
                  "apicurio.kafka.common.sasl.jaas.config": login,
                  "apicurio.storage.snapshot.location": self.kafka["data"],
                  "quarkus.http.host": "127.0.0.1",
                  "quarkus.http.port": str(port),
                  "quarkus.http.access-log.enabled": "false",
                  "quarkus.log.level": "WARN",
                  'quarkus.log.category."io.apicurio".level': "WARN",
                  "quarkus.management.host": "127.0.0.1",
                  "quarkus.management.port": str(health)}
        return "".join(f"{name}={value}\n" for name, value in all_of.items())

    def _wait(self, url):
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            gone = self.gone()
            if gone:
                raise KafkaError(gone)
            try:
                with direct.open(url + "/subjects", timeout=5) as answer:
                    answer.read()
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise KafkaError(f"the registry did not answer in {READY_SECONDS} s. The log is {self.log_file}.")
