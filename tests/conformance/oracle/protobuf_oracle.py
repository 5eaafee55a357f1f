# SPDX-License-Identifier: Apache-2.0
"""Our Protobuf beside buf: which texts are files at all, and which types a field may take on without breaking who reads."""
import json
import pathlib
import re
import subprocess
import tempfile

import protobuf_cases
from asked import LIMIT_S, Differences, ask

SEED, GENERATED = 20261127, 600


def buf(program, *arguments):
    """What buf has against the files, a dictionary each."""
    done = subprocess.run([str(program), *map(str, arguments), "--error-format", "json"], text=True, timeout=LIMIT_S, capture_output=True)
    told = [json.loads(line) for line in (done.stdout + done.stderr).splitlines() if line.startswith("{")]
    if done.returncode not in (0, 100) or (done.returncode == 100 and not told):
        raise RuntimeError(f"buf {arguments[0]} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return told


def compare_texts(oracle, program, folder, differences):
    texts = [protobuf_cases.whole(number, *one) for number, one in enumerate(protobuf_cases.texts(SEED, GENERATED))]
    for number, text in enumerate(texts):
        (folder / f"p{number}.proto").write_text(text)
    against = {}
    for told in buf(program, "build", folder):
        against.setdefault(pathlib.Path(told.get("path", "?")).name, told["message"])
    assert "?" not in against, against["?"]
    ours = ask([oracle], [{"ask": "protobuf", "text": text} for text in texts])
    for number, (text, one) in enumerate(zip(texts, ours)):
        there = against.get(f"p{number}.proto")
        if ("error" in one) != (there is not None):
            kind = "taken" if there else "reserved-nothing" if re.search(r"\breserved *;", text) else "refused"
            differences.add(kind, f"{text!r}: ours {one.get('error')}, buf {there}")
    print(f"seed {SEED}; {len(texts) - len(against)} of {len(texts)} are files")
    return len(texts)


def compare_types(oracle, program, folder, differences):
    older, newer, pairs = protobuf_cases.changed_types()
    for name, text in (("older", older), ("newer", newer)):
        (folder / name).mkdir()
        (folder / name / "types.proto").write_text(text)
    rules = json.dumps({"version": "v2", "breaking": {"use": ["WIRE"]}})
    against = {told["start_line"] for told in buf(program, "breaking", folder / "newer", "--against", folder / "older", "--config", rules)}
    answer, = ask([oracle], [{"ask": "protobuf", "text": newer, "older": older}])
    broken = {one["path"].rsplit("/", 1)[-1] for one in answer["breaking"]}
    for number, (line, (old, new)) in enumerate(pairs.items(), 1):
        if (str(number) in broken) != (line in against):
            differences.add("type-taken" if line in against else "type-refused", f"{old} becomes {new}")
    print(f"{len(broken)} of {len(pairs)} changes of a type break, {len(against)} for buf")
    return len(pairs)


def run(name, oracle, program):
    differences = Differences(name)
    with tempfile.TemporaryDirectory(prefix="meshbone-buf-") as made:
        folder = pathlib.Path(made)
        for part in ("texts", "types"):
            (folder / part).mkdir()
        cases = compare_texts(oracle, program, folder / "texts", differences)
        cases += compare_types(oracle, program, folder / "types", differences)
    return differences.verdict(cases)
