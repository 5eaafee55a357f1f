// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

#include <deque>
#include <memory>

namespace meshbone::catalog::avro {

struct Step;

struct FieldStep {
    const Step* step = nullptr;
    std::string key;       ///< `"name":` of the reader's field; empty: the reader has none, the value is passed over
    std::string_view name; ///< the writer's, for where something is wrong
};

/// How one of the writer's types is read as one of the reader's: the specification's "Schema Resolution", decided once.
struct Step {
    const Node* writer = nullptr;
    const Node* reader = nullptr;      ///< never a union; for a writer's union: null
    std::string tag;                   ///< the branch's name where the reader's union has several: {"tag": value}
    std::vector<FieldStep> fields;     ///< in the writer's order
    std::string defaults;              ///< members that the writer doesn't have: `"a":1,"b":null`
    std::vector<const Step*> children; ///< items, or the branches of the writer's union
    std::vector<int> symbols;          ///< the reader's symbol for each of the writer's; -1: none
    std::string why;                   ///< not empty: it can't be read, a sentence without its end
};

/// Immutable; any thread. Lives no longer than the models that it was made from.
class Plan {
public:
    /// A plan for what can't be read says so for those values only that are of such a type.
    static std::shared_ptr<const Plan> make(std::shared_ptr<const Model> reader, std::shared_ptr<const Model> writer);
    [[nodiscard]] const Step& top() const { return *m_top; }

private:
    friend class Planner;
    std::shared_ptr<const Model> m_reader, m_writer;
    std::deque<Step> m_steps;
    const Step* m_top = nullptr;
};

} // namespace meshbone::catalog::avro
