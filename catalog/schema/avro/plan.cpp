// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/plan.h"

#include "schema/avro/decoder.h"
#include "schema/avro/encoder.h"
#include "schema/avro/matching.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog::avro {

class Planner {
public:
    explicit Planner(Plan& plan)
        : m_plan(plan) {}

    const Step* step(const Node& reader, const Node& writer) {
        const auto key = (static_cast<std::uint64_t>(reader.id) << 32) | writer.id;
        if (const auto made = m_made.find(key); made != m_made.end()) {
            return made->second; // perhaps not filled yet, where a type is inside itself
        }
        auto& made = m_plan.m_steps.emplace_back();
        m_made.emplace(key, &made);
        made.writer = &writer;
        if (writer.kind == Kind::Union) {
            for (const auto* branch : writer.branches) {
                made.children.push_back(step(reader, *branch));
            }
        } else if (reader.kind == Kind::Union) {
            intoUnion(made, reader);
        } else {
            fill(made, reader);
        }
        return &made;
    }

private:
    static bool isSameType(const Node& reader, const Node& writer) {
        return reader.kind == writer.kind && (!isNamed(reader.kind) || isSameName(reader, writer));
    }

    /// The first branch of the same type, by full name before by short; else the first that the value can be promoted
    /// to.
    static const Node* branchFor(const Node& readerUnion, const Node& writer) {
        const auto first = [&](auto&& fits) -> const Node* {
            const auto found = std::ranges::find_if(readerUnion.branches, fits);
            return found == readerUnion.branches.end() ? nullptr : *found;
        };
        if (const auto* same =
                first([&](const Node* one) { return one->kind == writer.kind && one->name == writer.name; })) {
            return same;
        }
        if (const auto* same = first([&](const Node* one) { return isSameType(*one, writer); })) {
            return same;
        }
        return first(
            [&](const Node* one) { return !isNamed(one->kind) && !one->items && isPromoted(one->kind, writer.kind); });
    }

    void intoUnion(Step& made, const Node& readerUnion) {
        const auto* branch = branchFor(readerUnion, *made.writer);
        if (!branch) {
            made.why = fmt::format("it is {}, and the schema that reads has {}", typeWords(*made.writer),
                                   typeWords(readerUnion));
            return;
        }
        fill(made, *branch);
        const auto values =
            std::ranges::count_if(readerUnion.branches, [](const Node* one) { return one->kind != Kind::Null; });
        if (values > 1 && branch->kind != Kind::Null) {
            appendJsonString(made.tag, branchName(*branch));
        }
    }

    void fill(Step& made, const Node& reader) {
        const auto& writer = *made.writer;
        made.reader = &reader;
        if (!isPromoted(reader.kind, writer.kind) || (isNamed(reader.kind) && !isSameName(reader, writer))) {
            made.why = fmt::format("it is {}, and the schema that reads has {}", typeWords(writer), typeWords(reader));
        } else if (reader.items) {
            made.children.push_back(step(*reader.items, *writer.items));
        } else if (reader.kind == Kind::Enum) {
            symbols(made);
        } else if (reader.kind == Kind::Fixed && reader.fixedSizeBytes != writer.fixedSizeBytes) {
            made.why = fmt::format("it has {} bytes, and the schema that reads wants {}", writer.fixedSizeBytes,
                                   reader.fixedSizeBytes);
        } else if (reader.kind == Kind::Record) {
            record(made);
        }
    }

    static void symbols(Step& made) {
        const auto indexOf = [&](const std::string& symbol) {
            const auto found = std::ranges::find(made.reader->symbols, symbol);
            return found == made.reader->symbols.end() ? -1 : static_cast<int>(found - made.reader->symbols.begin());
        };
        const int other = made.reader->enumDefault ? indexOf(*made.reader->enumDefault) : -1;
        for (const auto& symbol : made.writer->symbols) {
            const int same = indexOf(symbol);
            made.symbols.push_back(same < 0 ? other : same);
        }
    }

    void record(Step& made) {
        const auto& reader = *made.reader;
        const auto& writer = *made.writer;
        std::vector<const Field*> wanted(writer.fields.size());
        for (std::size_t i = 0; i < reader.fields.size(); ++i) {
            const auto& field = reader.fields[i];
            // What a type wrote it reads by name alone, even where an alias of one field is the name of another.
            const auto from =
                &reader == &writer ? WriterField{.field = &field, .index = i} : writerFieldOf(field, writer);
            if (from.isAmbiguous) {
                made.why = fmt::format("`{}` and its aliases name more than one field of what was written", field.name);
                return;
            }
            if (from.field) {
                wanted[from.index] = &field;
            } else if (!addDefault(made, field)) {
                made.why = fmt::format("it has no `{}`, and there is no default for it", field.name);
                return;
            }
        }
        for (std::size_t i = 0; i < writer.fields.size(); ++i) {
            FieldStep field;
            const auto& type = *writer.fields[i].type;
            field.name = writer.fields[i].name;
            field.step = step(wanted[i] ? *wanted[i]->type : type, type);
            if (wanted[i]) {
                appendJsonString(field.key, wanted[i]->name);
                field.key += ':';
            }
            made.fields.push_back(std::move(field));
        }
    }

    /// The default as the value would look if it had been written: encoded, and read again.
    bool addDefault(Step& made, const Field& field) {
        const auto* value = usableDefault(field);
        if (!value) {
            return false;
        }
        const auto bytes = encodeDefault(*field.type, *value);
        const auto plan = bytes ? planOfReader(*field.type) : nullptr;
        const auto text = plan ? decode(*plan, *bytes) : fail(ErrorCode::Internal, {});
        if (!text) {
            return false;
        }
        made.defaults += made.defaults.empty() ? "" : ",";
        appendJsonString(made.defaults, field.name);
        made.defaults += ':' + *text;
        return true;
    }

    const Step* planOfReader(const Node& type) {
        if (!m_ofReader) {
            m_ofReader = std::make_unique<Plan>();
            m_readerPlanner = std::make_unique<Planner>(*m_ofReader);
        }
        return m_readerPlanner->step(type, type);
    }

    Plan& m_plan;
    std::unordered_map<std::uint64_t, const Step*> m_made;
    std::unique_ptr<Plan> m_ofReader; ///< reads what the reader's own types write
    std::unique_ptr<Planner> m_readerPlanner;
};

std::shared_ptr<const Plan> Plan::make(std::shared_ptr<const Model> reader, std::shared_ptr<const Model> writer) {
    auto plan = std::make_shared<Plan>();
    plan->m_top = Planner(*plan).step(*reader->top, *writer->top);
    plan->m_reader = std::move(reader);
    plan->m_writer = std::move(writer);
    return plan;
}

} // namespace meshbone::catalog::avro
