# SPDX-License-Identifier: Apache-2.0
"""Generated JSON Schemas of the drafts 2019-09 and 2020-12 with instances: small enough that the instances meet them."""
import random

DIALECTS = {"2019-09": "https://json-schema.org/draft/2019-09/schema", "2020-12": "https://json-schema.org/draft/2020-12/schema"}
NAMES = ["a", "b", "c", "ab"]
STRINGS = ["", "a", "ab", "abc", "b1", "\U0001f600\U0001f600"]
NUMBERS = [0, 1, 2, 3, -1, 1.5, 2.0, 10, 0.25]  # each the same in binary, as others reckon so
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]


class Cases:
    """Makes schemas from a seed; the same seed makes the same ones."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.draft = ""

    def case(self, instances):
        self.draft = self.random.choice(list(DIALECTS))
        schema = {"$schema": DIALECTS[self.draft], **self.object_schema(0)}
        schema["$defs"] = {"one": self.schema(2), "two": {"$anchor": "two", **self.object_schema(2)}}
        return self.draft, schema, [self.instance(0) for _ in range(instances)]

    def instance(self, depth):
        pick = self.random.random()
        if depth < 3 and pick < 0.4:
            return {name: self.instance(depth + 1) for name in self.random.sample(NAMES, self.random.randint(0, 4))}
        if depth < 3 and pick < 0.65:
            return [self.instance(depth + 1) for _ in range(self.random.randint(0, 4))]
        return self.random.choice([None, True, False, self.random.choice(STRINGS), self.random.choice(NUMBERS)])

    def schema(self, depth):
        pick = self.random.random()
        if pick < 0.08:
            return self.random.random() < 0.6
        if depth >= 3 or pick < 0.3:
            return self.leaf()
        return self.object_schema(depth)

    def object_schema(self, depth):
        makers = [self.of_objects, self.of_arrays, self.of_combinations, self.of_conditions, self.of_references]
        schema = {} if self.random.random() < 0.7 else self.leaf()
        for maker in self.random.sample(makers, self.random.choice([1, 1, 2, 3])):
            schema.update(maker(depth + 1))
        return schema

    def leaf(self):
        pick = self.random
        return pick.choice([
            lambda: {"type": pick.choice(TYPES)},
            lambda: {"type": pick.sample(TYPES, 3)},
            lambda: {"enum": [self.instance(2) for _ in range(3)]},
            lambda: {"const": self.instance(2)},
            lambda: {pick.choice(["minimum", "exclusiveMinimum"]): pick.choice(NUMBERS)},
            lambda: {pick.choice(["maximum", "exclusiveMaximum"]): pick.choice(NUMBERS)},
            lambda: {"multipleOf": pick.choice([1, 2, 0.5, 0.25])},
            lambda: {"minLength": pick.randint(0, 3), "maxLength": pick.randint(1, 3)},
            lambda: {"pattern": pick.choice(["^a", "b$", "[0-9]", "^.{2}$", "a|^$", "\\d", "^\\w+$"])},
        ])()

    def of_objects(self, depth):
        pick = self.random
        every = {
            "properties": lambda: {name: self.schema(depth) for name in pick.sample(NAMES, pick.randint(1, 3))},
            "patternProperties": lambda: {pick.choice(["^a", "b$", "c"]): self.schema(depth)},
            "additionalProperties": lambda: self.schema(depth),
            "unevaluatedProperties": lambda: self.schema(depth),
            "required": lambda: pick.sample(NAMES, pick.randint(0, 2)),
            "dependentRequired": lambda: {pick.choice(NAMES): pick.sample(NAMES, 1)},
            "dependentSchemas": lambda: {pick.choice(NAMES): self.schema(depth)},
            "propertyNames": lambda: pick.choice([{"minLength": 2}, {"pattern": "^a"}, True, {"enum": NAMES[:3]}]),
            "minProperties": lambda: pick.randint(0, 2),
            "maxProperties": lambda: pick.randint(1, 3),
        }
        return {keyword: every[keyword]() for keyword in pick.sample(list(every), pick.randint(1, 4))}

    def of_arrays(self, depth):
        pick = self.random
        several = lambda: [self.schema(depth) for _ in range(pick.randint(1, 3))]
        every = {
            "unevaluatedItems": lambda: self.schema(depth),
            "contains": lambda: self.schema(depth),
            "uniqueItems": lambda: True,
            "minItems": lambda: pick.randint(0, 2),
            "maxItems": lambda: pick.randint(1, 3),
        }
        every["items"] = lambda: self.schema(depth)
        if self.draft == "2020-12":
            every["prefixItems"] = several
        elif pick.random() < 0.5:
            every["items"] = several
            every["additionalItems"] = lambda: self.schema(depth)
        made = {keyword: every[keyword]() for keyword in pick.sample(list(every), pick.randint(1, 4))}
        if "contains" in made and pick.random() < 0.6:
            made.update(pick.choice([{"minContains": 0}, {"minContains": 2}, {"maxContains": 1}, {"minContains": 0, "maxContains": 1}]))
        return made

    def of_combinations(self, depth):
        keyword = self.random.choice(["allOf", "anyOf", "oneOf", "not"])
        return {keyword: self.schema(depth) if keyword == "not" else [self.schema(depth) for _ in range(self.random.randint(1, 3))]}

    def of_conditions(self, depth):
        parts = self.random.choice([["if", "then"], ["if", "else"], ["if", "then", "else"], ["if"]])
        return {keyword: self.schema(depth) for keyword in parts}

    def of_references(self, depth):
        if depth >= 3:
            return self.leaf()  # what is referred to is as deep as this and must not lead to itself
        return {"$ref": self.random.choice(["#/$defs/one", "#two", "#/$defs/two"])}
