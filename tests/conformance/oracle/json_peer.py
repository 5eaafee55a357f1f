# SPDX-License-Identifier: Apache-2.0
"""The Python package jsonschema, asked as schema_oracle is: draft, schema and instances in a line; which are valid."""
import json
import sys

import jsonschema

DRAFTS = {"2019-09": jsonschema.Draft201909Validator, "2020-12": jsonschema.Draft202012Validator}


def answer(question):
    try:
        validator = DRAFTS[question["draft"]](question["schema"])
        return {"valid": [validator.is_valid(instance) for instance in question["instances"]]}
    except Exception as error:  # whatever the package has against it
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
