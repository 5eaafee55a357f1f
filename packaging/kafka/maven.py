# SPDX-License-Identifier: Apache-2.0
"""What Maven fetches into the cache that all clones on this machine share."""
import os
import re
import shutil
import subprocess
import tempfile
import time

from sentences import KafkaError, Unavailable
from trust import maven_options

FETCH_SECONDS = 240
PAUSES = (5, 15, 0)  # a registry may be busy for a moment


def cache():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.environ.get("MESHBONE_CACHE") or os.path.join(base, "meshbone")


def need(program, package):
    if shutil.which(program) is None:
        raise Unavailable(f"there is no {program} here; install {package} (packaging/setup --ci does that).")


def run(words, folder, trust):
    """The error why it failed, or None. It runs in `folder`, where there is no other project to be read."""
    environment = {**os.environ, "MAVEN_OPTS": os.environ.get("MAVEN_OPTS", "") + trust}
    try:
        done = subprocess.run(["mvn", "-B", *words], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        return Unavailable(f"Maven did not fetch it in {FETCH_SECONDS} s.")
    if done.returncode == 0:
        return None
    lines = [line for line in done.stdout.splitlines() if "ERROR" in line] or done.stdout.splitlines()[-1:]
    why = re.sub(r"\x1b\[[0-9;]*m", "", lines[0])[:400] if lines else "it said nothing"
    if re.search(r"Could not transfer|Unknown host|Connection refused|timed out|PKIX", done.stdout):
        return Unavailable(f"the Maven registry could not be reached: {why}")
    return KafkaError(f"Maven failed: {why}")


def fetch(name, words, accept):
    """The folder `name` of the cache. Where it isn't there yet Maven fetches into one that `accept` may refuse."""
    need("java", "default-jdk-headless")
    folder = os.path.join(cache(), name)
    if os.path.isdir(folder):
        return folder
    need("mvn", "maven")
    os.makedirs(cache(), exist_ok=True)
    # Fetched beside its place and renamed: a folder of that name is complete, also when two fetch at once.
    with tempfile.TemporaryDirectory(prefix="maven-", dir=cache()) as work:
        into, trust = os.path.join(work, "fetched"), maven_options(work)
        for pause in PAUSES:
            why = run([*words, f"-DoutputDirectory={into}"], work, trust)
            if why is None:
                break
            time.sleep(pause)
        else:
            raise why
        accept(into)
        try:
            os.rename(into, folder)
        except OSError:
            if not os.path.isdir(folder):
                raise
    return folder
