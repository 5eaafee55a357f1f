// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/difference_kind.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <array>

namespace meshbone::catalog::protobuf {

namespace {

/// What is known of a kind. In the sentences {what}, {reader}, {writer} and {number} stand for the subject's.
struct Words {
    std::string_view name;
    std::string_view message;
    std::string_view repair = {}; ///< of each breaking one
};

constexpr std::string_view kKeepAndAdd = "Keep field {number} as it was and add the new one with a number of its own.";

// In the order of DifferenceKind.
constexpr std::array<Words, 26> kWords{{
    {"PACKAGE_CHANGED", "The package is {reader} in the reader and {writer} in the writer.",
     "Keep the package, or register the schema under a subject of its own."},
    {"MESSAGE_ADDED", "{what} is only in the reader."},
    {"MESSAGE_REMOVED", "{what} of the writer is missing in the reader.",
     "Keep the message, even if nothing refers to it any more."},
    {"MESSAGE_MOVED", "{what} stands at another place among its neighbours; each payload says where it stood for it."},
    {"ENUM_ADDED", "{what} is only in the reader."},
    {"ENUM_REMOVED", "{what} of the writer is missing in the reader."},
    {"ENUM_CONST_ADDED", "{what} is only in the reader."},
    {"ENUM_CONST_CHANGED", "{what} is called {reader} in the reader and {writer} in the writer."},
    {"ENUM_CONST_REMOVED", "{what} of the writer is missing in the reader, which sees its number only."},
    {"FIELD_ADDED", "{what} is only in the reader, which sees its default."},
    {"FIELD_REMOVED", "{what} of the writer is missing in the reader, which passes over it."},
    {"FIELD_NAME_CHANGED",
     "{what} is called {reader} in the reader and {writer} in the writer; payloads have numbers only."},
    {"FIELD_KIND_CHANGED", "{what} is {reader} in the reader and {writer} in the writer.", kKeepAndAdd},
    {"FIELD_SCALAR_KIND_CHANGED",
     "{what} is {reader} in the reader and {writer} in the writer; their bytes can't be read as each other.",
     kKeepAndAdd},
    {"FIELD_NAMED_TYPE_CHANGED", "{what} is of type {reader} in the reader and {writer} in the writer.", kKeepAndAdd},
    {"FIELD_NUMERIC_LABEL_CHANGED", "{what} is {reader} in the reader and {writer} in the writer.",
     "Keep field {number} {writer}, or add the new one with a number of its own."},
    {"FIELD_STRING_OR_BYTES_LABEL_CHANGED", "{what} is {reader} in the reader and {writer} in the writer."},
    {"REQUIRED_FIELD_ADDED", "{what} is required in the reader, and the writer doesn't have it.",
     "Make field {number} optional."},
    {"REQUIRED_FIELD_REMOVED", "{what} is required in the writer and missing in the reader.", "Keep field {number}."},
    {"ONEOF_ADDED", "{what} is only in the reader."},
    {"ONEOF_REMOVED", "{what} of the writer is missing in the reader."},
    {"ONEOF_FIELD_ADDED", "{what} is only in the reader."},
    {"ONEOF_FIELD_REMOVED",
     "{what} of the writer is missing in the reader, which can't tell it from nothing being set.",
     "Keep field {number} in its oneof; mark it deprecated if nobody should write it."},
    {"ONEOF_FIELD_MOVED_TO_TOP_LEVEL", "{what} is in a oneof in the writer and outside of one in the reader."},
    {"MULTIPLE_FIELDS_MOVED_TO_ONEOF",
     "{what} takes in several fields that the writer can set together; of these only the last would be read.",
     "Leave these fields outside of the oneof; give it fields with numbers of their own."},
    {"FIELD_MOVED_TO_EXISTING_ONEOF",
     "{what} takes in a field that the writer can set together with one that is in it; only the last would be read.",
     "Leave that field outside of the oneof; give it a field with a number of its own."},
}};
static_assert(kWords[static_cast<std::size_t>(DifferenceKind::FieldMovedToExistingOneof)].name ==
              "FIELD_MOVED_TO_EXISTING_ONEOF");
static_assert(kWords[static_cast<std::size_t>(DifferenceKind::FieldAdded)].name == "FIELD_ADDED");

const Words& wordsOf(DifferenceKind kind) {
    return kWords[static_cast<std::size_t>(kind)];
}

std::string filled(std::string_view sentence, const DifferenceSubject& subject) {
    return fmt::format(fmt::runtime(sentence), fmt::arg("what", subject.what), fmt::arg("reader", subject.inReader),
                       fmt::arg("writer", subject.inWriter), fmt::arg("number", subject.number));
}

} // namespace

std::string_view differenceName(DifferenceKind kind) {
    return wordsOf(kind).name;
}

bool isBreaking(DifferenceKind kind) {
    return !wordsOf(kind).repair.empty();
}

std::string differenceMessage(DifferenceKind kind, const DifferenceSubject& subject) {
    return filled(wordsOf(kind).message, subject);
}

std::string differenceRepair(DifferenceKind kind, const DifferenceSubject& subject) {
    return filled(wordsOf(kind).repair, subject);
}

} // namespace meshbone::catalog::protobuf
