# SPDX-License-Identifier: Apache-2.0
"""Our JSON Schema beside another one: which instances of generated schemas are valid."""
from asked import Differences, ask
from json_cases import Cases

SEED, SCHEMAS, INSTANCES = 20261127, 250, 16


def run(name, oracle, peer, environment):
    cases = Cases(SEED)
    questions = []
    for _ in range(SCHEMAS):
        draft, schema, instances = cases.case(INSTANCES)
        questions.append({"ask": "json", "draft": draft, "schema": schema, "instances": instances})
    ours, theirs = ask([oracle], questions), ask(peer, questions, environment)
    differences = Differences(name)
    valid = 0
    for number, (question, one, other) in enumerate(zip(questions, ours, theirs)):
        told = f"case {number}: {question['schema']}"
        if "error" in one or "error" in other:
            differences.add("refused" if "error" in one else "taken", f"{told}: ours {one.get('error')}, theirs {other.get('error')}")
            continue
        valid += sum(one["valid"])
        for instance, here, there in zip(question["instances"], one["valid"], other["valid"]):
            if here != there:
                kind = "unevaluated" if "unevaluated" in told else "valid" if here else "invalid"
                differences.add(kind, f"{told} of {instance}: ours {here}")
    print(f"seed {SEED}; {valid} of {SCHEMAS * INSTANCES} instances are valid")
    return differences.verdict(SCHEMAS * INSTANCES)
