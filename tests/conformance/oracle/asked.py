# SPDX-License-Identifier: Apache-2.0
"""Programs that answer one JSON line for each that they are asked, and the list of differences that are known."""
import collections
import json
import os
import pathlib
import subprocess

LIMIT_S = 250
KNOWN = pathlib.Path(__file__).resolve().parent / "known_differences.txt"


def ask(command, questions, environment=None):
    """One answer for each question, in their order."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run([str(part) for part in command], input=lines, text=True, timeout=LIMIT_S, encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})})
    answers = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
    if done.returncode != 0 or len(answers) != len(questions):
        raise RuntimeError(f"{command[0]} ended with {done.returncode} after {len(answers)} of {len(questions)} answers: "
                           f"{done.stderr.strip()[-2000:]}")
    return answers


class Differences:
    """What is found to differ, each of a kind that has a name; held against the kinds that are known, with how often."""

    def __init__(self, oracle):
        self.oracle = oracle
        self.found = collections.defaultdict(list)

    def add(self, kind, told):
        self.found[kind].append(told)

    def verdict(self, cases):
        """0 where just the known ones were found, each as often as the list says: it may only shrink."""
        known = {}
        for line in KNOWN.read_text().splitlines():
            if line and not line.startswith("#"):
                oracle, kind, count, _reason = line.split(maxsplit=3)
                if oracle == self.oracle:
                    known[kind] = int(count)
        status = 0
        for kind in sorted({*known, *self.found}):
            count = len(self.found[kind])
            if count != known.get(kind, 0):
                status = 1
                print(f"{kind}: {count} found, {known.get(kind, 0)} known" + ("" if self.found[kind] else "; take it off the list"))
                for told in self.found[kind][:5]:
                    print(f"  {told}")
        print(f"{self.oracle}: {cases} cases, {sum(map(len, self.found.values()))} differ" + ("" if status else ", as known"))
        return status
