#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the code's own shape: the arrows between modules, who may see which library, SPDX headers, file shape.

lint.py ROOT prints a line for each violation and exits with 1 if there is one. Known violations stand in
known_violations.txt beside it, one "path rule" a line; that list may only shrink: an entry that no longer applies fails too.
"""
import pathlib
import re
import sys

FLOORS = ["backbone", "catalog", "lineage", "ui", "app"]  # lower floors first; an include may only point down
LINE_LENGTH_MAX = 120
FILE_LINES_MAX = 600

# Library headers and the folders (or single files) that may include them.
SEEN_BY = [
    (r"<librdkafka/", ["backbone/client/", "tests/"]),
    (r"<(SQLiteCpp/|sqlite3\.h)", ["catalog/store/", "lineage/store/", "tests/unit/"]),
    (r"<(graphviz/|gvc\.h|cgraph\.h)", ["lineage/layout/graphviz_layout.cpp"]),
    (r"<(sys/socket|netinet/|sys/epoll|boost/asio|boost/beast)", ["backbone/net/", "backbone/http/", "backbone/client/", "tests/"]),
    (r"<arpa/inet", ["backbone/net/", "backbone/client/", "backbone/acl/", "tests/"]),  # acl: spells addresses, opens none
    (r"<yaml-cpp/", ["catalog/yaml/yaml_tree.cpp"]),
    (r"<google/protobuf/", ["catalog/schema/protobuf/"]),
    (r"<CLI/", ["app/"]),
    (r"<(Q[A-Z]|Qt)", ["ui/", "app/", "tests/"]),
]
COLOUR_HOME = "ui/widgets/theme"
COLOUR = re.compile(r'"#[0-9A-Fa-f]{6}"|QColor\(\s*(0x|\d+\s*,)|Qt::(red|blue|green|black|white|gray|darkGray|lightGray|yellow)\b')
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"][^>"]+[>"])', re.M)


def module_of(path):
    return path.split("/", 1)[0]


def include_findings(path, text):
    module = module_of(path)
    for include in INCLUDE.findall(text):
        for pattern, homes in SEEN_BY:
            if re.match(pattern, include) and not any(path.startswith(home) for home in homes):
                yield f"include {include} is only for {', '.join(homes)}"
        target = re.match(r"[<\"](%s)/" % "|".join(FLOORS), include)
        if module in FLOORS and target and FLOORS.index(target.group(1)) > FLOORS.index(module):
            yield f"include {include} points up: {module} is below {target.group(1)}"
        if module in FLOORS and re.match(r'"\.\./', include):
            yield f"include {include} leaves its folder; use the module's include root"


def shape_findings(path, text):
    lines = text.split("\n")
    head = "\n".join(lines[:3])
    if "SPDX-License-Identifier: Apache-2.0" not in head:
        yield "no SPDX header in the first lines"
    if path.endswith(".h") and "#pragma once" not in text:
        yield "no #pragma once"
    if not re.fullmatch(r"[a-z0-9_.]+", path.rsplit("/", 1)[-1]) and not path.endswith("CMakeLists.txt"):
        yield "file names are lower_snake"
    if len(lines) > FILE_LINES_MAX:
        yield f"more than {FILE_LINES_MAX} lines: a question whether it is two files"
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_LENGTH_MAX:
            yield f"line {number} is longer than {LINE_LENGTH_MAX}"
        if line != line.rstrip():
            yield f"line {number} ends in white space"


def colour_findings(path, text):
    if path.startswith("ui/") and not path.startswith(COLOUR_HOME):
        for match in COLOUR.finditer(text):
            yield f"names a colour ({match.group(0)}); only {COLOUR_HOME}.* does"


def folder_findings(root):
    for path in root.rglob("*"):
        if path.is_dir() and path.name in ("common", "utils", "util", "misc", "helpers") and "build" not in path.parts:
            yield f"{path.relative_to(root).as_posix()} folder: a thing lives in the module whose word it is"


def types_defined(text):
    """(namespace, type) of each type that the linker can see: defined at the left margin, in no unnamed namespace."""
    spaces = []
    for line in text.split("\n"):
        opened = re.match(r"(?:inline )?namespace ?([\w:]*) ?\{(.*)", line)
        if opened and not opened.group(2).rstrip().endswith("}"):
            spaces.append(opened.group(1))
        elif re.match(r"\} *// *namespace", line):
            spaces = spaces[:-1]
        defined = re.match(r"(?:struct|class|union) (\w+)(?: final)?(?: : [^;{]*)? \{", line)
        if defined and spaces and "" not in spaces:
            yield "::".join(spaces), defined.group(1)


def twice_findings(files):
    """Two types of one name in one namespace: the linker takes one's functions for the other's, and says nothing."""
    homes = {}
    for path, text in files:
        if path.startswith("tests/"):
            continue
        for name in types_defined(text):
            homes.setdefault(name, []).append(path)
    for (space, name), paths in sorted(homes.items()):
        for path in paths[1:]:
            yield f"{path} twice: {space}::{name} is defined in {paths[0]} too"


def code_files(root):
    for top in FLOORS + ["tests"]:
        for suffix in ("*.h", "*.cpp"):
            yield from sorted((root / top).rglob(suffix))


def findings(root):
    yield from folder_findings(root)
    for module in FLOORS[:4]:
        for folder in [root / module] + sorted(p for p in (root / module).iterdir() if p.is_dir()):
            if folder.name in ("include", "icons") or not any(folder.rglob("*.cpp")):
                continue
            if not (folder / "README.md").exists():
                yield f"{folder.relative_to(root).as_posix()} readme: the folder has no README.md"
    files = [(file.relative_to(root).as_posix(), file.read_text(encoding="utf-8", errors="replace"))
             for file in code_files(root)]
    yield from twice_findings(files)
    for path, text in files:
        for check in (include_findings, shape_findings, colour_findings):
            for sentence in check(path, text):
                yield f"{path} {check.__name__.removesuffix('_findings')}: {sentence}"


def main(root):
    known_file = root / "tests/lint/known_violations.txt"
    known = set()
    if known_file.exists():
        known = {l.strip() for l in known_file.read_text().splitlines() if l.strip() and not l.startswith("#")}
    seen, bad = set(), 0
    for finding in findings(root):
        key = finding.split(":", 1)[0]
        seen.add(key)
        if key not in known:
            print(finding)
            bad += 1
    for stale in sorted(known - seen):
        print(f"{stale}: in known_violations.txt, but no longer so; remove it")
        bad += 1
    print(f"lint: {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
