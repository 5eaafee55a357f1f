# SPDX-License-Identifier: Apache-2.0
"""Our Avro beside another one: the payload of a value, what the writer's schema makes of it, whether another schema reads
it, and to what."""
import struct

from asked import Differences, ask
from avro_cases import Cases, branch_name

SEED, PAIRS = 20261127, 1500


def plain(value, schema, tags):
    """A value as both sides would write it. Ours names a union's type where there are several besides null; `tags`: the
    other side names it too, always."""
    if isinstance(schema, list):
        return plain_union(value, schema, tags)
    kind = schema if isinstance(schema, str) else schema["type"]
    if kind == "record" and isinstance(value, dict):
        types = {field["name"]: field["type"] for field in schema["fields"]}
        return {name: plain(one, types[name], tags) for name, one in value.items()}
    if kind == "array" and isinstance(value, list):
        return [plain(one, schema["items"], tags) for one in value]
    if kind == "map" and isinstance(value, dict):
        return {name: plain(one, schema["values"], tags) for name, one in value.items()}
    if kind == "float" and value is not None:  # the shortest text of four octets is not that of the same in eight
        return struct.unpack("f", struct.pack("f", value))[0]
    if kind == "double" and value is not None:
        return float(value)
    return value


def plain_union(value, union, tags):
    others = [one for one in union if one != "null"]
    if value is None or not others:
        return value
    is_tagged = isinstance(value, dict) and len(value) == 1 and next(iter(value)) in map(branch_name, others)
    if len(others) == 1 and not (tags == "theirs" and is_tagged):
        return plain(value, others[0], tags)
    if not is_tagged:
        return value  # by who names no types
    (name, inner), = value.items()
    branch = next(one for one in others if branch_name(one) == name)
    return plain(inner, branch, tags)


def compare(question, ours, theirs, has_tags):
    """What differs, as a kind and the answers; nothing where they agree."""
    if "error" in ours or "error" in theirs:
        if ("error" in ours) != ("error" in theirs):
            yield kind_of_refusal(ours, theirs), ours.get("error"), theirs.get("error")
        return
    tags = "theirs" if has_tags else ""
    writer, reader = question["writer"], question["reader"]
    if plain(ours["same"], writer, "") != plain(theirs["same"], writer, tags):
        yield "decoded", ours["same"], theirs["same"]
    if theirs.get("again", ours["payload"]) != ours["payload"]:
        yield "encoded", ours["payload"], theirs["again"]
    if ours["reads"] != theirs["reads"]:
        is_alias = ours["reads"] and "'aliases'" in str(reader)
        yield "alias-unread" if is_alias else "reads", ours["breaking"], theirs
    elif ours["reads"] and ("value" not in ours or "value" not in theirs):
        yield kind_of_unread(ours, theirs), ours.get("unread"), theirs.get("unread")
    elif ours["reads"] and plain(ours["value"], reader, "") != plain(theirs["value"], reader, tags):
        yield kind_of_value(reader), ours["value"], theirs["value"]


def kind_of_refusal(ours, theirs):
    if "the default of" in ours.get("error", ""):
        return "default-refused"
    return "default-taken" if "field default" in theirs.get("error", "") else "refused"


UNREAD = {"Schemas do not match.": "shallow-match", "No default value for field": "alias-unread", "not present in Reader": "symbol-unread"}


def kind_of_unread(ours, theirs):
    if "value" not in ours:
        return "text-refused" if "isn't UTF-8" in ours["unread"] else "unread"
    return next((kind for words, kind in UNREAD.items() if words in theirs["unread"]), "unread")


def kind_of_value(reader):
    """Whether it may be of an alias or of a default in bytes: the schema that reads has one."""
    text = str(reader)
    if "'aliases'" in text:
        return "alias-value"
    return "default-bytes" if "'default'" in text and ("'bytes'" in text or "'fixed'" in text) else "resolved"


def run(name, oracle, peer, environment):
    cases = Cases(SEED)
    questions = []
    for _ in range(PAIRS):
        writer, reader, value = cases.pair()
        questions.append({"ask": "avro", "writer": writer, "reader": reader, "value": value})
    ours = ask([oracle], questions)
    theirs = ask(peer, [{**question, **{name: one[name] for name in ("payload",) if name in one}}
                        for question, one in zip(questions, ours)], environment)
    differences = Differences(name)
    for number, (question, one, other) in enumerate(zip(questions, ours, theirs)):
        for kind, here, there in compare(question, one, other, name == "avro_avsc"):
            differences.add(kind, f"case {number}: {question['writer']} -> {question['reader']}: ours {here}, theirs {there}")
    print(f"seed {SEED}; {sum(bool(one.get('reads')) for one in ours)} of {PAIRS} pairs can be read")
    return differences.verdict(PAIRS)
