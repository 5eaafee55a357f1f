#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Our schemas beside an implementation that we did not write. oracle.py SCHEMA_ORACLE STRANGERS NAME; NAME: avro_python,
avro_avsc, json_python, json_ajv, protobuf_buf. Status 77: that implementation isn't installed."""
import pathlib
import shutil
import subprocess
import sys

import avro_oracle
import json_oracle
import protobuf_oracle

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent


# What is asked, with which package of which language.
ORACLES = {"avro_python": ("python", "avro"), "avro_avsc": ("node", "avsc"), "json_python": ("python", "jsonschema"),
           "json_ajv": ("node", "ajv"), "protobuf_buf": ("node", "@bufbuild/buf")}


def main():
    oracle, strangers, name = sys.argv[1], pathlib.Path(sys.argv[2]).resolve() / "oracles", sys.argv[3]
    language, package = ORACLES[name]
    python, modules = strangers / "python/bin/python", strangers / "npm/node_modules"
    if language == "python":
        is_there = python.exists() and subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0
    else:
        is_there = (modules / package).exists() and shutil.which("node")
    if not is_there:
        print(f"skipped: {package} is not installed; packaging/strangers does it")
        return SKIPPED
    schemas = name.split("_")[0]
    if schemas == "protobuf":
        return protobuf_oracle.run(name, oracle, modules / ".bin/buf")
    peer = [python, HERE / f"{schemas}_peer.py"] if language == "python" else ["node", HERE / f"{schemas}_peer.js"]
    run = avro_oracle.run if schemas == "avro" else json_oracle.run
    return run(name, oracle, peer, {"NODE_PATH": str(modules)})


sys.exit(main())
