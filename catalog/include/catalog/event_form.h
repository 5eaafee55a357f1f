// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/json_tree.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::catalog {

struct FormType;

/// A place of a record that a person can fill in.
struct FormField {
    std::string name;
    std::string doc;
    const FormType* type = nullptr;
    bool isRequired = false;              ///< an event without it doesn't fit
    std::optional<JsonTree> defaultValue; ///< what a reader takes for it where it is absent
    std::string group;                    ///< of those with the same one at most one is there; empty: no such bond
};

/// What can stand at a place of an event. Owned by its EventForm; may lead back to itself.
struct FormType {
    enum class Kind : std::uint8_t {
        Null,
        Boolean,
        Whole, ///< a number without fraction
        Number,
        Text,   ///< also dates, decimals and bytes: `words` says which
        Choice, ///< one of `symbols`
        Record, ///< an object with the `fields`
        List,   ///< of `items`
        Map,    ///< an object, each member an `items`
        OneOf,  ///< a value of one of the `branches`
        Any,    ///< JSON that nothing is said of
    };
    Kind kind = Kind::Any;
    std::string words; ///< as a person says it: "timestamp-millis", "string or null"
    std::string name;  ///< what names it among the branches of a union
    std::vector<std::string> symbols;
    std::vector<FormField> fields;
    const FormType* items = nullptr;
    std::vector<const FormType*> branches;
    bool takesNumber = false; ///< of Text: the number that it stands for, too (a date, a time)
    bool isNamed = false;     ///< of OneOf: what isn't null stands in an object, under its branch's name
};

/// An event's places, from a schema. Immutable; any thread.
struct EventForm {
    std::deque<FormType> types; ///< stable addresses
    const FormType* top = nullptr;
};
using EventFormPtr = std::shared_ptr<const EventForm>;

/// The form of what the schema's fromJson takes; of Protobuf of its first message. Where a schema says more than a form
/// can (conditions, patterns of names), the place is Any, or the form allows more than the schema.
EventFormPtr eventForm(const ParsedSchema& schema);

/// The branch that a value is of; null: of none.
const FormType* branchOf(const FormType& oneOf, const JsonTree& value);
/// A value to begin with: empty texts, zeros, the first symbol, required fields only.
JsonTree emptyValue(const FormType& type);
/// Why a value can't stand at a place whatever the rest of the event is, a sentence; empty: it may.
std::string whyNotValue(const FormType& type, const JsonTree& value);

} // namespace meshbone::catalog
