# SPDX-License-Identifier: Apache-2.0
"""Protobuf files that are right or wrong in one way each, and files in which a word of a right one is lost, doubled or
another's."""
import random
import re

HEADS = {"proto2": 'syntax = "proto2";\n', "proto3": 'syntax = "proto3";\n', "none": ""}

# Each stands behind a syntax and a package of its own.
TABLE = [
    ("proto3", "message M { int32 a = 1; }"),
    ("proto3", "message M { int32 a = 0; }"),
    ("proto3", "message M { int32 a = 19000; }"),
    ("proto3", "message M { int32 a = 536870911; }"),
    ("proto3", "message M { int32 a = 536870912; }"),
    ("proto3", "message M { int32 a = -1; }"),
    ("proto3", "message M { int32 a = 0x1F; }"),
    ("proto3", "message M { int32 a = 017; }"),
    ("proto3", "message M { int32 a = 1; int32 a = 2; }"),
    ("proto3", "message M { int32 a = 1; int32 b = 1; }"),
    ("proto3", "message M { int32 a = 1; message a {} }"),
    ("proto3", "message M {} message M {}"),
    ("proto3", "message M { required int32 a = 1; }"),
    ("proto3", "message M { optional int32 a = 1; }"),
    ("proto3", "message M { optional group G = 1 { } }"),
    ("proto3", "message M { int32 a = 1 [default = 3]; }"),
    ("proto3", "message M { extensions 100 to 200; }"),
    ("proto3", "message M { reserved 1; int32 a = 1; }"),
    ("proto3", "message M { reserved 2 to 4, 9; reserved \"b\", \"c\"; int32 a = 1; }"),
    ("proto3", "message M { reserved \"a\"; int32 a = 1; }"),
    ("proto3", "message M { reserved 5 to 2; }"),
    ("proto3", "message M { reserved 1 to max; }"),
    ("proto3", "message M { reserved 1 to 3, 2; }"),
    ("proto3", "message M { oneof o { int32 a = 1; string b = 2; } }"),
    ("proto3", "message M { oneof o { } }"),
    ("proto3", "message M { oneof o { repeated int32 a = 1; } }"),
    ("proto3", "message M { oneof o { map<string, int32> a = 1; } }"),
    ("proto3", "message M { map<string, int32> a = 1; }"),
    ("proto3", "message M { map<float, int32> a = 1; }"),
    ("proto3", "message M { map<E, int32> a = 1; } enum E { Z = 0; }"),
    ("proto3", "message M { map<string, E> a = 1; } enum E { Z = 0; }"),
    ("proto3", "message M { repeated map<string, int32> a = 1; }"),
    ("proto3", "message M { map<string, map<string, int32>> a = 1; }"),
    ("proto3", "enum E { }"),
    ("proto3", "enum E { A = 1; }"),
    ("proto3", "enum E { A = 0; B = 0; }"),
    ("proto3", "enum E { option allow_alias = true; A = 0; B = 0; }"),
    ("proto3", "enum E { option allow_alias = true; A = 0; B = 1; }"),
    ("proto3", "enum E { A = 0; } enum F { A = 0; }"),
    ("proto3", "enum E { A = 0; B = 2147483647; C = -2147483648; }"),
    ("proto3", "enum E { A = 0; B = 2147483648; }"),
    ("proto3", "enum E { A = 0; reserved 2, 3; C = 3; }"),
    ("proto3", "message M { Missing a = 1; }"),
    ("proto3", "message M { M a = 1; repeated M b = 2; }"),
    ("proto3", "message M { Inner a = 1; message Inner { M.Inner b = 1; } }"),
    ("proto3", "message M { .Absent a = 1; }"),
    ("proto3", "message M { int32 fooBar = 1; int32 foo_bar = 2; }"),
    ("proto3", "message M { int32 a = 1 [json_name = \"x\"]; int32 b = 2 [json_name = \"x\"]; }"),
    ("proto3", "message M { int32 a = 1 [deprecated = true]; }"),
    ("proto3", "message M { int32 a = 1 [deprecated = 3]; }"),
    ("proto3", "message M { int32 a = 1 [unheard_of = true]; }"),
    ("proto3", "message M { int32 a = 1 [(unheard_of) = true]; }"),
    ("proto3", "message M { string a = 1 [packed = true]; }"),
    ("proto3", "message M { repeated int32 a = 1 [packed = false]; }"),
    ("proto3", "message M { repeated string a = 1 [packed = true]; }"),
    ("proto3", "message M { int64 a = 1 [jstype = JS_STRING]; int32 b = 2 [jstype = JS_STRING]; }"),
    ("proto3", "message message { int32 int32 = 1; string enum = 2; }"),
    ("proto3", "message M { int32 a = 1 }"),
    ("proto3", "message M { int32 a = 1;; ; }"),
    ("proto3", "message M { int32 a 1; }"),
    ("proto3", "message M { int32 1a = 1; }"),
    ("proto3", "message M { int32 a = 1;"),
    ("proto3", "message M { /* no end }"),
    ("proto3", "// a comment at the end"),
    ("proto3", "service S { rpc R (M) returns (stream M); } message M {}"),
    ("proto3", "service S { rpc R (N) returns (M); } message M {}"),
    ("proto3", "service S { rpc R (M) returns (M); rpc R (M) returns (M); } message M {}"),
    ("proto3", "import \"google/protobuf/timestamp.proto\"; message M { google.protobuf.Timestamp t = 1; }"),
    ("proto3", "import \"not/there.proto\"; message M { }"),
    ("proto3", "message M { google.protobuf.Timestamp t = 1; }"),
    ("proto3", "option java_package = \"x\"; option java_package = \"y\"; message M {}"),
    ("proto3", "option optimize_for = QUICK; message M {}"),
    ("proto3", "syntax = \"proto3\"; message M {}"),
    ("proto3", "package again; message M {}"),
    ("proto2", "message M { int32 a = 1; }"),
    ("proto2", "message M { required int32 a = 1; optional string b = 2 [default = \"x\"]; }"),
    ("proto2", "message M { optional int32 a = 1 [default = 2147483648]; }"),
    ("proto2", "message M { optional uint32 a = 1 [default = -1]; }"),
    ("proto2", "message M { optional bool a = 1 [default = maybe]; }"),
    ("proto2", "message M { optional float a = 1 [default = inf]; optional double b = 2 [default = -nan]; }"),
    ("proto2", "message M { optional E a = 1 [default = B]; } enum E { A = 1; B = 2; }"),
    ("proto2", "message M { optional E a = 1 [default = C]; } enum E { A = 1; B = 2; }"),
    ("proto2", "message M { repeated int32 a = 1 [default = 3]; }"),
    ("proto2", "message M { optional group G = 1 { optional int32 a = 2; } }"),
    ("proto2", "message M { optional group g = 1 { optional int32 a = 2; } }"),
    ("proto2", "message M { extensions 100 to max; } extend M { optional int32 x = 100; }"),
    ("proto2", "message M { extensions 100 to 199; } extend M { optional int32 x = 200; }"),
    ("proto2", "message M { extensions 100 to 199; } extend M { required int32 x = 100; }"),
    ("proto2", "message M { extensions 100 to 199; } extend M { optional int32 x = 100; optional int32 y = 100; }"),
    ("proto2", "message M { extensions 1 to 10; optional int32 a = 5; }"),
    ("proto2", "message M { option message_set_wire_format = true; extensions 4 to max; }"),
    ("proto2", "enum E { A = 5; B = 6; }"),
    ("none", "message M { optional int32 a = 1; }"),
    ("none", "message M { int32 a = 1; }"),
]

BASES = {
    "proto3": '''
import "google/protobuf/timestamp.proto";
option java_package = "org.example";
message Flight {
  reserved 7, 20 to 30;
  reserved "gone";
  string tail = 1;
  repeated Leg legs = 2;
  oneof place { double latitude = 3; Airport airport = 4; }
  map<string, int64> counts = 5;
  google.protobuf.Timestamp at = 6;
  optional State state = 8 [deprecated = true];
  message Leg { string from = 1; string to = 2; }
  enum State { UNKNOWN = 0; FLYING = 1; LANDED = 2; reserved 5; }
}
message Airport { bytes code = 1; sint32 height = 2; }
service Flights { rpc Find (Airport) returns (stream Flight); }
''',
    "proto2": '''
message Strike {
  required string species = 1;
  optional int32 height = 2 [default = -5];
  repeated group Damage = 3 { optional string part = 1; }
  optional Size size = 4 [default = LARGE];
  extensions 100 to 199;
}
enum Size { SMALL = 1; LARGE = 2; }
extend Strike { optional string note = 120; }
''',
}

WORDS = re.compile(r'"[^"]*"|[A-Za-z_][\w.]*|-?\d+|\S')


def changed(text, pick):
    """The text with one word lost, doubled, put in another's place, or swapped with the next one."""
    words = list(WORDS.finditer(text))
    at = pick.randrange(len(words) - 1)
    word, following = words[at], words[at + 1]
    what = pick.choice(["lost", "doubled", "replaced", "replaced", "swapped"])
    between = text[word.end():following.start()]
    made = {"lost": between + following[0], "doubled": f"{word[0]} {word[0]}{between}{following[0]}",
            "replaced": pick.choice(words)[0] + between + following[0], "swapped": following[0] + between + word[0]}[what]
    return text[:word.start()] + made + text[following.end():]


def texts(seed, count):
    """The bodies with their syntax: the table's, then generated ones."""
    yield from TABLE
    pick = random.Random(seed)
    for _ in range(count):
        syntax = pick.choice(list(BASES))
        text = changed(BASES[syntax], pick)
        yield syntax, text if pick.random() < 0.7 else changed(text, pick)


def whole(number, syntax, body):
    return f"{HEADS[syntax]}package p{number};\n{body}\n"


SCALARS = ["double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64",
           "bool", "string", "bytes"]
# What a field's type may become; a message and an enumeration are types, too.
TYPES = [*SCALARS, "M", "E"]


def changed_types():
    """Two files that differ in nothing but the types of their fields, a line each: each type becomes each other. And
    which field stands on which line."""
    head = 'syntax = "proto3";\npackage types;\nmessage M { int32 a = 1; }\nenum E { Z = 0; }\nmessage All {\n'
    pairs = [(old, new) for old in TYPES for new in TYPES]
    files = []
    for which in (0, 1):
        lines = [f"  {pair[which]} f{number} = {number};" for number, pair in enumerate(pairs, 1)]
        files.append(head + "\n".join(lines) + "\n}\n")
    first = head.count("\n") + 1
    return files[0], files[1], {first + i: pair for i, pair in enumerate(pairs)}
