# SPDX-License-Identifier: Apache-2.0
"""Generated pairs of Avro schemas with a value of the first: what a writer has, and what a reader made of it. All names
are in one namespace, as Avro's implementations differ in what they make of others."""
import copy
import random

NUMBERS = ["int", "long", "float", "double"]
SCALARS = ["null", "boolean", *NUMBERS, "bytes", "string"]


class Cases:
    """Makes pairs from a seed; the same seed makes the same pairs."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def pair(self):
        self.names = 0
        writer = self.record(0) if self.random.random() < 0.8 else self.type(0)
        reader = copy.deepcopy(writer)
        for _ in range(self.random.choice([0, 1, 1, 1, 2, 2, 3])):
            reader = self.changed(reader)
        return writer, reader, self.value(writer)

    # Schemas.

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    def type(self, depth):
        kind = self.random.random()
        if depth >= 3 or kind < 0.45:
            return self.random.choice(SCALARS)
        if kind < 0.58:
            return self.union(depth)
        if kind < 0.70:
            return self.enum()
        if kind < 0.77:
            return {"type": "fixed", "name": self.name("F"), "namespace": "o", "size": self.random.randint(1, 4)}
        if kind < 0.86:
            return {"type": "array", "items": self.type(depth + 1)}
        if kind < 0.93:
            return {"type": "map", "values": self.type(depth + 1)}
        return self.record(depth + 1)

    def enum(self):
        symbols = self.random.sample("ABCDEFG", self.random.randint(1, 4))
        enum = {"type": "enum", "name": self.name("E"), "namespace": "o", "symbols": symbols}
        if self.random.random() < 0.4:
            enum["default"] = self.random.choice(symbols)
        return enum

    def union(self, depth):
        branches, kinds = [], set()
        for _ in range(self.random.randint(1, 4)):
            branch = self.type(depth + 1)
            kind = branch if isinstance(branch, str) else None if isinstance(branch, list) else branch.get("name", branch["type"])
            if kind and kind not in kinds:
                kinds.add(kind)
                branches.append(branch)
        return branches or ["null", "int"]

    def record(self, depth):
        fields = [self.field(f"f{i}", depth) for i in range(self.random.randint(1, 4))]
        return {"type": "record", "name": self.name("R"), "namespace": "o", "fields": fields}

    def field(self, name, depth, has_default=None):
        field = {"name": name, "type": self.type(depth + 1)}
        if has_default is True or (has_default is None and self.random.random() < 0.3):
            field["default"] = self.default(field["type"])
        return field

    # Values, in Avro's JSON encoding.

    def value(self, schema, is_default=False):
        pick = self.random
        if isinstance(schema, list):
            branch = schema[0] if is_default else pick.choice(schema)
            value = self.value(branch, is_default)
            return value if branch == "null" or is_default else {branch_name(branch): value}
        kind = schema if isinstance(schema, str) else schema["type"]
        if kind == "record":
            return {field["name"]: self.value(field["type"], is_default) for field in schema["fields"]}
        if kind == "array":
            return [self.value(schema["items"], is_default) for _ in range(pick.randint(0, 3))]
        if kind == "map":
            return {f"k{i}": self.value(schema["values"], is_default) for i in range(pick.randint(0, 3))}
        return {
            "null": lambda: None,
            "boolean": lambda: pick.random() < 0.5,
            "int": lambda: pick.choice([0, -1, 63, 64, -65, 2**31 - 1, -2**31, pick.randint(-1000, 1000)]),
            "long": lambda: pick.choice([0, -1, 2**31, 2**52, -2**52, pick.randint(-1000, 1000)]),
            "float": lambda: pick.choice([0.5, -2.25, 1024.0, 3.0]),  # the same in four octets and in eight
            "double": lambda: pick.choice([0.1, -2.25, 1e300, 3.0]),
            "bytes": lambda: "".join(map(chr, pick.choices(range(256), k=pick.randint(0, 4)))) if pick.random() < 0.5 else "ab",
            "string": lambda: pick.choice(["", "a", "grün", "two words", "\u4e2d", "\U0001f600"]),
            "enum": lambda: pick.choice(schema["symbols"]),
            "fixed": lambda: "".join(map(chr, pick.choices(range(256), k=schema["size"]))),
        }[kind]()

    def default(self, schema):
        return self.value(schema, is_default=True)

    # What becomes of a schema.

    def changed(self, schema):
        """A copy in which one place is another: the top, or one of what is in it."""
        places = list(places_in(schema))
        if not places or self.random.random() < 0.1:
            return self.change(schema)
        holder, key = self.random.choice(places)
        holder[key] = self.change(holder[key])
        return schema

    def change(self, schema):
        pick = self.random
        if isinstance(schema, list):
            return self.change_union(schema)
        kind = schema if isinstance(schema, str) else schema["type"]
        if pick.random() < 0.15:
            return self.random.choice([lambda: self.type(2), lambda: self.wrapped(schema)])()
        if kind in NUMBERS:
            return pick.choice(NUMBERS)
        if kind in ("string", "bytes"):
            return pick.choice(["string", "bytes"])
        if isinstance(schema, str):
            return self.wrapped(schema)
        changed = copy.deepcopy(schema)
        if kind == "record":
            self.change_record(changed)
        elif kind == "enum":
            self.change_enum(changed)
        elif kind == "fixed":
            if pick.random() < 0.5:
                changed["size"] += 1
            else:
                self.rename(changed)
        else:
            inside = "items" if kind == "array" else "values"
            changed[inside] = self.change(changed[inside])
        return changed

    def wrapped(self, schema):
        kind = schema if isinstance(schema, str) else schema.get("name", schema["type"])
        other = self.random.choice([one for one in SCALARS if one != kind])
        return self.random.choice([[schema], [other, schema], [schema, other]])

    def change_union(self, union):
        pick = self.random.random()
        if pick < 0.3 and len(union) > 1:
            return [one for one in union if one != self.random.choice(union)] or union
        if pick < 0.6:
            missing = [one for one in SCALARS if one not in union]
            return [*union, self.random.choice(missing)] if missing else union
        if pick < 0.8:
            return self.random.sample(union, len(union))
        return self.random.choice(union)

    def rename(self, named):
        if self.random.random() < 0.6:
            named["aliases"] = [named["name"]]
        named["name"] = self.name(named["name"][0])

    def change_enum(self, enum):
        pick = self.random.random()
        if pick < 0.3:
            enum["symbols"].append(f"S{len(enum['symbols'])}")
        elif pick < 0.8 and len(enum["symbols"]) > 1:
            gone = enum["symbols"].pop(self.random.randrange(len(enum["symbols"])))
            if enum.get("default") == gone:
                enum["default"] = enum["symbols"][0]
        else:
            self.rename(enum)

    def change_record(self, record):
        fields = record["fields"]
        at = self.random.randrange(len(fields))
        what = self.random.choice(["drop", "add", "add", "alias", "rename", "default", "shuffle", "record"])
        if what == "drop" and len(fields) > 1:
            del fields[at]
        elif what == "add":
            fields.insert(at, self.field(self.name("g"), 1, self.random.random() < 0.7))
        elif what == "alias":
            fields[at].update(name=self.name("h"), aliases=[fields[at]["name"]])
        elif what == "rename":
            fields[at]["name"] = self.name("h")
        elif what == "default":
            fields[at]["default"] = self.default(fields[at]["type"])
        elif what == "shuffle":
            self.random.shuffle(fields)
        elif what == "record":
            self.rename(record)


def branch_name(branch):
    if isinstance(branch, str):
        return branch
    return f"o.{branch['name']}" if "name" in branch else branch["type"]


def places_in(schema):
    """Each place of a type below the top, as what holds it and the key there."""
    if isinstance(schema, list):
        holders = [(schema, i) for i in range(len(schema))]
    elif isinstance(schema, dict):
        holders = [(field, "type") for field in schema.get("fields", [])]
        holders += [(schema, key) for key in ("items", "values") if key in schema]
    else:
        holders = []
    for holder, key in holders:
        yield holder, key
        yield from places_in(holder[key])
