# SPDX-License-Identifier: Apache-2.0
"""Apache Kafka's jars: fetched by Maven into the cache that all clones on this machine share, and checked."""
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree

from sentences import KafkaError, Unavailable
from trust import maven_options

POM = os.path.join(os.path.dirname(os.path.realpath(__file__)), "pom.xml")
SPACE = {"m": "http://maven.apache.org/POM/4.0.0"}
FETCH_SECONDS = 240
PAUSES = (5, 15, 0)  # a registry may be busy for a moment


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


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("MESHBONE_CACHE") or os.path.join(base, "meshbone")


def need(program, package):
    if shutil.which(program) is None:
        raise Unavailable(f"there is no {program} here; install {package} (packaging/setup --ci does that).")


def run_maven(folder, trust):
    """The error why it failed, or None."""
    command = ["mvn", "-B", "-f", POM, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    environment = {**os.environ, "MAVEN_OPTS": os.environ.get("MAVEN_OPTS", "") + trust}
    try:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        return Unavailable(f"Maven did not fetch the jars in {FETCH_SECONDS} s.")
    if done.returncode == 0:
        return None
    lines = [line for line in done.stdout.splitlines() if "ERROR" in line] or done.stdout.splitlines()[-1:]
    why = re.sub(r"\x1b\[[0-9;]*m", "", lines[0])[:400] if lines else "it said nothing"
    if re.search(r"Could not transfer|Unknown host|Connection refused|timed out|PKIX", done.stdout):
        return Unavailable(f"the Maven registry could not be reached: {why}")
    return KafkaError(f"Maven failed: {why}")


def fetch():
    """The folder with the jars; they are fetched when they aren't there yet."""
    need("java", "default-jdk-headless")
    version, expected = pinned()
    folder = os.path.join(cache(), f"kafka-{version}-{expected[:12]}")
    if os.path.isdir(folder):
        return folder
    need("mvn", "maven")
    os.makedirs(cache(), exist_ok=True)
    # Fetched beside its place and renamed: a folder of that name is complete, also when two fetch at once.
    with tempfile.TemporaryDirectory(prefix="kafka-", dir=cache()) as work:
        into, trust = os.path.join(work, "jars"), maven_options(work)
        for pause in PAUSES:
            why = run_maven(into, trust)
            if why is None:
                break
            time.sleep(pause)
        else:
            raise why
        found = digest(into)
        if found != expected:
            raise KafkaError(f"the jars that Maven fetched have the digest {found}, pom.xml pins {expected}; not used.")
        try:
            os.rename(into, folder)
        except OSError:
            if not os.path.isdir(folder):
                raise
    return folder
