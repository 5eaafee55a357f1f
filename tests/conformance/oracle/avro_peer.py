# SPDX-License-Identifier: Apache-2.0
"""Apache Avro's own Python package, asked as schema_oracle is: writer, reader and payload (hex) in a line; whether the
reader can read what the writer writes (reads), and to what (value). Without a payload: whether they are schemas."""
import io
import json
import logging
import sys

import avro.compatibility
import avro.io
import avro.schema


def plain(value):
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def decoded(payload, writer, reader):
    return plain(avro.io.DatumReader(writer, reader).read(avro.io.BinaryDecoder(io.BytesIO(payload))))


def answer(question):
    try:
        writer, reader = (avro.schema.parse(json.dumps(question[which])) for which in ("writer", "reader"))
        if "payload" not in question:
            return {}
        payload = bytes.fromhex(question["payload"])
        told = {"same": decoded(payload, writer, writer)}
    except Exception as error:  # whatever the package has against it
        return {"error": f"{type(error).__name__}: {error}"}
    verdict = avro.compatibility.ReaderWriterCompatibilityChecker().get_compatibility(reader, writer)
    told["reads"] = verdict.compatibility is avro.compatibility.SchemaCompatibilityType.compatible
    try:
        told["value"] = decoded(payload, writer, reader)
    except Exception as error:
        told["unread"] = f"{type(error).__name__}: {error}"
    return told


logging.disable()
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
