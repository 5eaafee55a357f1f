# SPDX-License-Identifier: Apache-2.0
"""Apache Kafka's jars: fetched by Maven into the cache that all clones on this machine share, and checked."""
import hashlib
import os
import xml.etree.ElementTree

import maven
from sentences import KafkaError

POM = os.path.join(os.path.dirname(os.path.realpath(__file__)), "pom.xml")
SPACE = {"m": "http://maven.apache.org/POM/4.0.0"}


def pinned():
    """(Kafka's version, the digest of all jars), from pom.xml."""
    project = xml.etree.ElementTree.parse(POM).getroot()
    return (project.findtext("m:properties/m:kafka.version", namespaces=SPACE),
            project.findtext("m:properties/m:jars.sha256", namespaces=SPACE))


def digest(folder):
    """One SHA-256 over the names and contents of all jars."""
    total = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            total.update(f"{name} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
    return total.hexdigest()


def fetch():
    """The folder with the jars; they are fetched when they aren't there yet."""
    version, expected = pinned()

    def accept(folder):
        found = digest(folder)
        if found != expected:
            raise KafkaError(f"the jars that Maven fetched have the digest {found}, pom.xml pins {expected}; not used.")
    return maven.fetch(f"kafka-{version}-{expected[:12]}", ["-f", POM, "dependency:copy-dependencies"], accept)
