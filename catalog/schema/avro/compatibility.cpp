// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/compatibility.h"

#include "schema/avro/matching.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace meshbone::catalog::avro {

namespace {

constexpr int kMaxSteps = 1'000'000;
constexpr std::size_t kMaxDifferences = 50; ///< of one pair: more help nobody, and nested lists would multiply
constexpr int kLooksPerClock = 16;
constexpr int kMaxDepth = 1'000; ///< of pairs inside one another, for the stack's sake

using Differences = std::vector<SchemaDifference>;

/// Where a comparison stands: the schema registry's pointer, and the field for a person.
struct Place {
    std::string pointer;
    std::string field;
    std::size_t readerByte = 0;
    std::size_t writerByte = 0;

    [[nodiscard]] Place at(std::string_view step) const {
        return {fmt::format("{}/{}", pointer, step), field, readerByte, writerByte};
    }
};

void append(Differences& all, Differences more) {
    for (auto& one : more) {
        if (all.size() < kMaxDifferences) {
            all.push_back(std::move(one));
        }
    }
}

/// Compares pairs of types. A pair that is being compared is taken as compatible (the greatest fixpoint: what recurs
/// fails only by something else that fails). What was found so under an assumption that then failed is forgotten.
class Comparison {
public:
    Comparison(std::string_view readerText, std::string_view writerText, ComparisonEnd end)
        : m_readerText(readerText)
        , m_writerText(writerText)
        , m_end(end) {}

    Differences compare(const Node& reader, const Node& writer, const Place& place) {
        if (++m_steps > kMaxSteps || m_depth > kMaxDepth) {
            m_isExhausted = true;
        }
        if (m_isExhausted || isOver()) {
            return {};
        }
        const auto key = (static_cast<std::uint64_t>(reader.id) << 32) | writer.id;
        if (const auto known = m_known.find(key); known != m_known.end()) {
            return known->second;
        }
        m_known.emplace(key, Differences{});
        const auto begun = m_order.size();
        m_order.push_back(key);
        ++m_depth;
        auto found = compareNew(reader, writer, place);
        --m_depth;
        if (!found.empty()) {
            forgetSince(begun);
            m_known[key] = found;
        }
        return found;
    }

    [[nodiscard]] bool isExhausted() const { return m_isExhausted; }
    [[nodiscard]] bool isLate() const { return m_isLate; }

private:
    bool isOver() {
        if (!m_isLate && m_looks++ % kLooksPerClock == 0) {
            m_isLate = std::chrono::steady_clock::now() > m_end;
        }
        return m_isLate;
    }
    void forgetSince(std::size_t begun) {
        for (auto i = begun; i < m_order.size(); ++i) {
            if (const auto known = m_known.find(m_order[i]); known != m_known.end() && known->second.empty()) {
                m_known.erase(known);
            }
        }
        m_order.resize(begun);
    }

    using Places = std::unordered_map<std::size_t, TextPlace>;

    /// A place is looked up in the text once, however many differences it has.
    static TextPlace placeIn(std::string_view text, std::size_t byte, Places& places) {
        const auto [at, isNew] = places.try_emplace(byte);
        if (isNew) {
            at->second = placeOf(text, byte);
        }
        return at->second;
    }
    SchemaDifference difference(std::string_view type, const Place& place, const Node& reader, const Node& writer,
                                std::string message, std::string repair) {
        SchemaDifference made;
        made.type = type;
        made.path = place.pointer;
        made.field = place.field;
        made.message = std::move(message);
        made.repair = std::move(repair);
        made.inReader = reader.isForeign ? TextPlace{} : placeIn(m_readerText, place.readerByte, m_readerPlaces);
        made.inWriter = writer.isForeign ? TextPlace{} : placeIn(m_writerText, place.writerByte, m_writerPlaces);
        return made;
    }
    static std::string subject(const Place& place) {
        return place.field.empty() ? "The schema" : fmt::format("`{}`", place.field);
    }

    Differences compareNew(const Node& reader, const Node& writer, const Place& place) {
        if (writer.kind == Kind::Union) {
            return reader.kind == Kind::Union ? unions(reader, writer, place) : fromUnion(reader, writer, place);
        }
        if (reader.kind == Kind::Union) {
            return intoUnion(reader, writer, place);
        }
        if (reader.kind != writer.kind) {
            return isPromoted(reader.kind, writer.kind) ? Differences{} : otherType(reader, writer, place);
        }
        switch (reader.kind) {
        case Kind::Array:
        case Kind::Map:
            return inner(reader, writer, place);
        case Kind::Record:
            return records(reader, writer, place);
        case Kind::Enum:
            return enums(reader, writer, place);
        case Kind::Fixed:
            return fixeds(reader, writer, place);
        default:
            return {};
        }
    }

    Differences otherType(const Node& reader, const Node& writer, const Place& place) {
        return {difference("TYPE_MISMATCH", place, reader, writer,
                           fmt::format("{} is {} where it is read, but {} where it was written.", subject(place),
                                       typeWords(reader), typeWords(writer)),
                           isPromoted(writer.kind, reader.kind)
                               ? fmt::format("Keep {}; the other way round it could be read.", typeWords(writer))
                               : fmt::format("Keep {}, or use a union that has both types.", typeWords(writer)))};
    }

    Differences inner(const Node& reader, const Node& writer, const Place& place) {
        auto within = place.at(reader.kind == Kind::Array ? "items" : "values");
        within.field += reader.kind == Kind::Array ? "[]" : "{}";
        return compare(*reader.items, *writer.items, within);
    }

    std::optional<SchemaDifference> otherName(const Node& reader, const Node& writer, const Place& place) {
        if (isSameName(reader, writer)) {
            return std::nullopt;
        }
        return difference("NAME_MISMATCH", place.at("name"), reader, writer,
                          fmt::format("{} is the {} {} where it is read, but {} where it was written.", subject(place),
                                      kindName(reader.kind), reader.name, writer.name),
                          fmt::format("Keep the name, or give {} the alias {}.", reader.name, writer.name));
    }

    Differences fixeds(const Node& reader, const Node& writer, const Place& place) {
        Differences all;
        if (auto name = otherName(reader, writer, place)) {
            all.push_back(*name);
        }
        if (reader.fixedSizeBytes != writer.fixedSizeBytes) {
            all.push_back(
                difference("FIXED_SIZE_MISMATCH", place.at("size"), reader, writer,
                           fmt::format("{} has {} bytes where it is read, but {} where it was written.", subject(place),
                                       reader.fixedSizeBytes, writer.fixedSizeBytes),
                           fmt::format("Keep {} bytes, or make a new type of another name and a union of both.",
                                       writer.fixedSizeBytes)));
        }
        return all;
    }

    Differences enums(const Node& reader, const Node& writer, const Place& place) {
        Differences all;
        if (auto name = otherName(reader, writer, place)) {
            all.push_back(*name);
        }
        const std::unordered_set<std::string_view> known(reader.symbols.begin(), reader.symbols.end());
        std::vector<std::string> missing;
        std::ranges::copy_if(writer.symbols, std::back_inserter(missing),
                             [&](const std::string& symbol) { return !known.contains(symbol); });
        if (!missing.empty() && !reader.enumDefault) {
            all.push_back(
                difference("MISSING_ENUM_SYMBOLS", place.at("symbols"), reader, writer,
                           fmt::format("{} may hold {}, which the enum {} doesn't know where it is read.",
                                       subject(place), fmt::join(missing, ", "), reader.name),
                           fmt::format("Keep {}, or give the enum a default symbol.", fmt::join(missing, ", "))));
        }
        return all;
    }

    Differences records(const Node& reader, const Node& writer, const Place& place) {
        Differences all;
        if (auto name = otherName(reader, writer, place)) {
            all.push_back(*name);
        }
        for (std::size_t i = 0; i < reader.fields.size() && !isOver(); ++i) {
            const auto& field = reader.fields[i];
            auto within = place.at(fmt::format("fields/{}", i));
            within.field = place.field.empty() ? field.name : place.field + "." + field.name;
            within.readerByte = field.byte;
            within.writerByte = writer.byte;
            const auto from = writerFieldOf(field, writer);
            if (from.isAmbiguous) {
                all.push_back(difference(
                    "NAME_MISMATCH", within, reader, writer,
                    fmt::format("`{}` and its aliases name more than one field that was written.", within.field),
                    "Take away the alias that is one too many."));
            } else if (from.field) {
                within.writerByte = from.field->byte;
                append(all, compare(*field.type, *from.field->type, within.at("type")));
            } else if (!usableDefault(field) && !(field.type->kind == Kind::Enum && field.type->enumDefault)) {
                all.push_back(missingField(reader, field, writer, within));
            }
        }
        return all;
    }

    SchemaDifference missingField(const Node& reader, const Field& field, const Node& writer, const Place& within) {
        // A field of the same type that the reader lost is perhaps this one under its old name.
        std::string repair = fmt::format("Give `{}` a default", field.name);
        for (const auto& lost : writer.fields) {
            const auto isTaken = [&](const Field& one) {
                return isOver() || writerFieldOf(one, writer).field == &lost;
            };
            if (typeWords(*lost.type) == typeWords(*field.type) && std::ranges::none_of(reader.fields, isTaken)) {
                repair += fmt::format(", or the alias \"{}\" if it is that field under a new name", lost.name);
                break;
            }
        }
        return difference(
            "READER_FIELD_MISSING_DEFAULT_VALUE", within, reader, writer,
            fmt::format("`{}` is in no event that was written so far, and has no default to be read instead.",
                        within.field),
            repair + ".");
    }

    /// The reader's branches for each of the writer's: a value may be of any of those.
    Differences unions(const Node& reader, const Node& writer, const Place& place) {
        Differences all;
        for (std::size_t i = 0; i < writer.branches.size(); ++i) {
            append(all, compare(reader, *writer.branches[i], place.at(std::to_string(i))));
        }
        return all;
    }
    Differences fromUnion(const Node& reader, const Node& writer, const Place& place) {
        Differences all;
        for (const auto* branch : writer.branches) {
            append(all, compare(reader, *branch, place));
        }
        return all;
    }

    Differences intoUnion(const Node& reader, const Node& writer, const Place& place) {
        for (std::size_t i = 0; i < reader.branches.size(); ++i) { // the likely one first: one that fits is enough
            const auto& branch = *reader.branches[i];
            if (branch.kind == writer.kind && branch.name == writer.name &&
                compare(branch, writer, place.at(std::to_string(i))).empty()) {
                return {};
            }
        }
        Differences nearest;
        for (std::size_t i = 0; i < reader.branches.size(); ++i) {
            auto found = compare(*reader.branches[i], writer, place.at(std::to_string(i)));
            if (found.empty()) {
                return {};
            }
            if (reader.branches[i]->kind == writer.kind && nearest.empty()) {
                nearest = std::move(found);
            }
        }
        auto made = difference("MISSING_UNION_BRANCH", place, reader, writer,
                               fmt::format("{} may hold {}, but is {} where it is read.", subject(place),
                                           typeWords(writer), typeWords(reader)),
                               fmt::format("Add {} to the union.", typeWords(writer)));
        if (!nearest.empty()) { // it has such a branch, which is why not that one
            made.message += " " + nearest.front().message;
            made.repair = nearest.front().repair;
            made.field = nearest.front().field;
        }
        return {made};
    }

    std::string_view m_readerText, m_writerText;
    Places m_readerPlaces, m_writerPlaces;
    ComparisonEnd m_end;
    std::unordered_map<std::uint64_t, Differences> m_known;
    std::vector<std::uint64_t> m_order; ///< of what m_known got, for forgetting
    int m_steps = 0, m_depth = 0, m_looks = 0;
    bool m_isExhausted = false;
    bool m_isLate = false; ///< m_end is over
};

} // namespace

Result<std::vector<SchemaDifference>> differences(const Model& reader, std::string_view readerText, const Model& writer,
                                                  std::string_view writerText, ComparisonEnd end) {
    Comparison comparison(readerText, writerText, end);
    auto found = comparison.compare(*reader.top, *writer.top, {{}, {}, reader.top->byte, writer.top->byte});
    if (comparison.isLate()) {
        return fail(ErrorCode::Exhausted, "These two schemas take too long to compare; their records are to be split.");
    }
    if (comparison.isExhausted()) {
        return fail(ErrorCode::Exhausted,
                    "Comparing these two schemas takes more than a million steps; it was stopped.");
    }
    return found;
}

} // namespace meshbone::catalog::avro
