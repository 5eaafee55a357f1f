// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

// Golden texts of the canonical test, away from it since moc loses its way in raw strings.

inline const std::string kMany = R"(// A comment.
syntax = "proto3"; package a.b;
import "google/protobuf/timestamp.proto"; import "confluent/meta.proto"; import public "google/protobuf/any.proto";
option java_package = "x.\"y\""; option java_multiple_files = true;
option (confluent.file_meta) = { tags: ["t", "u"] doc: 'd' params { key: "k" value: "v" } params { key: "l" } };
/* before */ message M {
  reserved 5, 9 to 11; reserved "old";
  option deprecated = false;
  N n = 2; // behind
  map < string,N > by_name = 3;
  optional int32 z = 1 [json_name = "zed", deprecated = true];
  oneof kind { google.protobuf.Timestamp at = 8; string text = 7; }
  message N { repeated double values = 1 [packed = false]; }
  enum E { option allow_alias = true; ZERO = 0; NIL = 0; ONE = 1 [deprecated = true]; reserved 2, 3; }
}
message Empty {}
enum F { NONE = 0; }
service S { rpc Do (M) returns (stream Empty); rpc Go (M) returns (M) { option deprecated = true; } }
)";

inline const std::string kManyCanonical = R"(syntax = "proto3";
package a.b;

import "google/protobuf/timestamp.proto";
import "confluent/meta.proto";
import public "google/protobuf/any.proto";

option java_package = "x.\"y\"";
option java_multiple_files = true;
option (confluent.file_meta) = {
  tags: [
    "t",
    "u"
  ],
  doc: "d",
  params: [
    {
      key: "k",
      value: "v"
    },
    {
      key: "l"
    }
  ]
};

message M {
  reserved 5, 9 to 11;
  reserved "old";

  option deprecated = false;

  N n = 2;
  map<string, N> by_name = 3;
  optional int32 z = 1 [
    deprecated = true,
    json_name = "zed"
  ];

  oneof kind {
    google.protobuf.Timestamp at = 8;
    string text = 7;
  }

  message N {
    repeated double values = 1 [packed = false];
  }
  enum E {
    reserved 2, 3;
    option allow_alias = true;
    ZERO = 0;
    NIL = 0;
    ONE = 1 [deprecated = true];
  }
}
message Empty {}
enum F {
  NONE = 0;
}

service S {
  rpc Do (M) returns (stream Empty);
  rpc Go (M) returns (M) {
    option deprecated = true;
  };
}
)";

inline const std::string kManyNormalized = R"(syntax = "proto3";
package a.b;

import "confluent/meta.proto";
import "google/protobuf/timestamp.proto";
import public "google/protobuf/any.proto";

option (confluent.file_meta) = {
  doc: "d",
  params: [
    {
      key: "k",
      value: "v"
    },
    {
      key: "l"
    }
  ],
  tags: [
    "t",
    "u"
  ]
};
option java_multiple_files = true;
option java_package = "x.\"y\"";

message M {
  reserved 5;
  reserved 9 to 11;
  reserved "old";

  option deprecated = false;

  optional int32 z = 1 [
    deprecated = true,
    json_name = "zed"
  ];
  .a.b.M.N n = 2;
  map<string, .a.b.M.N> by_name = 3;

  oneof kind {
    string text = 7;
    .google.protobuf.Timestamp at = 8;
  }

  message N {
    repeated double values = 1 [packed = false];
  }
  enum E {
    reserved 2;
    reserved 3;
    option allow_alias = true;
    NIL = 0;
    ZERO = 0;
    ONE = 1 [deprecated = true];
  }
}
message Empty {}
enum F {
  NONE = 0;
}

service S {
  rpc Do (.a.b.M) returns (stream .a.b.Empty);
  rpc Go (.a.b.M) returns (.a.b.M) {
    option deprecated = true;
  };
}
)";

inline const std::string kProto2 = R"(message A { required int32 x = 1; optional string s = 2 [default = "q\"\n"];
  optional bytes b = 3 [default = "\001z"]; optional float f = 4 [default = -1.5]; optional E e = 5 [default = ONE];
  repeated group Leg = 6 { optional int32 n = 1; } extensions 100 to 199, 300 to max;
  extend A { optional int32 inner = 101; } enum E { ZERO = 0; ONE = 1; } }
extend A { optional string outer = 100; optional A another = 102; })";

inline const std::string kProto2Canonical = R"(
message A {
  required int32 x = 1;
  optional string s = 2 [default = "q\"\n"];
  optional bytes b = 3 [default = "\001z"];
  optional float f = 4 [default = -1.5];
  optional E e = 5 [default = ONE];

  repeated group Leg = 6 {
    optional int32 n = 1;
  }

  extensions 100 to 199;
  extensions 300 to max;

  extend A {
    optional int32 inner = 101;
  }

  enum E {
    ZERO = 0;
    ONE = 1;
  }
}

extend A {
  optional string outer = 100;
  optional A another = 102;
}
)";
