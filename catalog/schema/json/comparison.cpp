// SPDX-License-Identifier: Apache-2.0
#include "schema/json/comparison.h"

#include "schema/json/differ.h"

#include <algorithm>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::size_t kMostSteps = 500'000;
constexpr int kMostPairDepth = 200;    ///< of pairs in one another, before one is compared by itself
constexpr std::size_t kMostTold = 500; ///< findings of a pair, the breaking ones and the others each
constexpr int kTellingDepth = 8;       ///< pairs deeper within others than this tell less, since they are told of often
constexpr std::size_t kMostToldDeep = 20;

const Findings kCompatible{};
const Findings kIncompatible{.list = {}, .isCompatible = false};

} // namespace

bool Comparison::isOver() {
    if (!m_stopped && (m_steps > kMostSteps || std::chrono::steady_clock::now() > m_end)) {
        m_stopped = Error{ErrorCode::Exhausted,
                          "The two schemas take too long to compare; their combinations are to be simplified."};
    }
    return m_stopped.has_value();
}

bool Comparison::countStep() {
    ++m_steps;
    return !isOver();
}

Findings Comparison::round(const Shape& writer, const Shape& reader) {
    m_done.clear();
    m_assumed.clear();
    Findings found = compare(writer, reader);
    while (!m_deferred.empty() && !m_stopped) {
        const Pair pair = m_deferred.back();
        m_deferred.pop_back();
        compare(*pair.first, *pair.second);
    }
    return found;
}

Result<Findings> Comparison::run(const Node& writer, const Node& reader) {
    const Shape& from = m_shapes.of(writer);
    const Shape& to = m_shapes.of(reader);
    Findings found = round(from, to);
    if (!m_stopped && refute()) { // told too early: first until the verdict stands, without a word
        m_isTelling = false;
        do {
            round(from, to);
        } while (!m_stopped && refute());
        m_isTelling = true;
        found = round(from, to);
    }
    while (!m_stopped && rememberRefuted()) { // for where they came up too deep
        found = round(from, to);
    }
    if (m_stopped) {
        return std::unexpected(std::move(*m_stopped));
    }
    // Who decides by what is told must not take nothing for compatible.
    const auto isBreaking = [&](const Finding& one) { return !isTolerated(one.type, m_policy); };
    if (!found.isCompatible && std::ranges::none_of(found.list, isBreaking)) {
        return fail(ErrorCode::Exhausted,
                    "The two schemas are incompatible, too deep within one another to say where.");
    }
    return found;
}

bool Comparison::refute() {
    bool isAny = false;
    for (const Pair& pair : m_assumed) {
        const auto done = m_done.find(pair);
        const bool isWrong = done != m_done.end() && !done->second.isCompatible;
        isAny = (isWrong && m_refuted.emplace(pair, kIncompatible).second) || isAny;
    }
    return isAny;
}

bool Comparison::rememberRefuted() {
    bool isNew = false;
    for (auto& [pair, findings] : m_refuted) {
        const auto done = m_done.find(pair);
        if (done != m_done.end() && findings.list.empty() && !done->second.list.empty()) {
            findings = done->second;
            isNew = true;
        }
    }
    return isNew;
}

const Findings& Comparison::later(const Pair& pair) {
    if (const auto refuted = m_refuted.find(pair); refuted != m_refuted.end()) {
        if (m_isTelling && refuted->second.list.empty()) {
            m_deferred.push_back(pair);
        }
        return refuted->second;
    }
    m_assumed.insert(pair);
    m_deferred.push_back(pair);
    return kCompatible;
}

const Findings& Comparison::compare(const Shape& writerShape, const Shape& readerShape) {
    const Pair pair{&m_shapes.resolved(writerShape), &m_shapes.resolved(readerShape)};
    if (pair.first == pair.second) {
        return kCompatible;
    }
    if (const auto known = m_done.find(pair); known != m_done.end()) {
        return known->second;
    }
    if (!countStep()) {
        return kIncompatible;
    }
    if (m_open.contains(pair)) {
        if (m_refuted.contains(pair)) {
            return kIncompatible; // its findings are told where it is compared
        }
        m_assumed.insert(pair);
        return kCompatible;
    }
    if (m_depth >= kMostPairDepth) {
        return later(pair);
    }
    m_open.insert(pair);
    ++m_depth;
    Findings findings = PairComparison(*this, *pair.first, *pair.second).run();
    --m_depth;
    m_open.erase(pair);
    return m_done.emplace(pair, std::move(findings)).first->second;
}

Findings PairComparison::run() {
    if (!combinedOnOneSide() && ofOneKind()) {
        whole();
        switch (m_writer.kind) {
        case ShapeKind::String:
            strings();
            break;
        case ShapeKind::Number:
            numbers();
            break;
        case ShapeKind::Object:
            objects();
            break;
        case ShapeKind::Array:
            arrays();
            break;
        case ShapeKind::Enum:
        case ShapeKind::Const:
            enums();
            break;
        case ShapeKind::Not:
            nots();
            break;
        case ShapeKind::Combined:
            combinations();
            break;
        default:
            break; // nothing more is compared of these
        }
    }
    return std::move(m_findings);
}

void PairComparison::add(DifferenceType type, const PathStep& step, std::string_view keyword, std::string name) {
    Finding finding = findingOf(type, step, m_writer.node, m_reader.node);
    finding.keyword = keyword;
    finding.name = std::move(name);
    add(std::move(finding));
}

void PairComparison::add(Finding finding) {
    const bool isBreaking = !isTolerated(finding.type, m_all.m_policy);
    m_findings.isCompatible = m_findings.isCompatible && !isBreaking;
    m_breaking += isBreaking ? 1 : 0;
    if (!m_all.m_isTelling) {
        return;
    }
    const std::size_t most = m_all.m_depth > kTellingDepth ? kMostToldDeep : kMostTold;
    const std::size_t told = isBreaking ? m_breaking : m_findings.list.size() - m_breaking;
    if (told <= most) {
        m_findings.list.push_back(std::move(finding));
    }
}

const Findings& PairComparison::within(const Node& writer, const Node& reader) {
    return m_all.compare(m_all.m_shapes.of(writer), m_all.m_shapes.of(reader));
}

void PairComparison::take(const Findings& findings, const PathStep& step) {
    for (const Finding& finding : findings.list) {
        add(lifted(finding, step));
    }
    m_findings.isCompatible = m_findings.isCompatible && findings.isCompatible;
}

void PairComparison::compareAt(const Node* writer, const Node* reader, const PathStep& step) {
    if (writer != nullptr && reader != nullptr) {
        take(within(*writer, *reader), step);
    } else if (writer != nullptr || reader != nullptr) {
        add(writer == nullptr ? DifferenceType::SchemaAdded : DifferenceType::SchemaRemoved, step);
    }
}

bool PairComparison::isEmpty(const Node& node) {
    return m_all.m_shapes.of(node).kind == ShapeKind::Empty;
}

bool PairComparison::isFalse(const Node& node) {
    return m_all.m_shapes.of(node).kind == ShapeKind::False;
}

/// Whether one is combined of schemas and the other isn't, and the one fits one of the other's.
bool PairComparison::combinedOnOneSide() {
    const bool isWriter = m_writer.kind == ShapeKind::Combined;
    if (isWriter == (m_reader.kind == ShapeKind::Combined)) {
        return false;
    }
    const Shape& combined = isWriter ? m_writer : m_reader;
    const bool isSingle = combined.parts.size() == 1;
    if (!isSingle && isWriter != (combined.criterion == Criterion::All)) {
        return false;
    }
    for (const Shape* part : combined.parts) {
        const Findings& findings = isWriter ? m_all.compare(*part, m_reader) : m_all.compare(m_writer, *part);
        if (findings.isCompatible) {
            take(findings, {});
            if (!isSingle) {
                add(isWriter ? DifferenceType::ProductTypeNarrowed : DifferenceType::SumTypeExtended);
            }
            return true;
        }
    }
    return false;
}

bool PairComparison::ofOneKind() {
    if (m_writer.kind == m_reader.kind) {
        return true;
    }
    // Kafka Connect's bytes are a string or a number, as it likes.
    const auto isBytes = [](const Shape& shape) { return textOf(*shape.node, "connect.type") == "bytes"; };
    const bool isFine = m_writer.kind == ShapeKind::False || m_reader.kind == ShapeKind::Empty ||
                        (isBytes(m_writer) && isBytes(m_reader));
    if (!isFine) {
        add(DifferenceType::TypeChanged);
    }
    return false;
}

/// What is said of the whole: its id, title, description and default.
void PairComparison::whole() {
    if (!m_writer.isWhole || !m_reader.isWhole) {
        return;
    }
    const auto differs = [&](std::string_view keyword) {
        const Value* writer = keywordOf(*m_writer.node, keyword);
        const Value* reader = keywordOf(*m_reader.node, keyword);
        return writer == nullptr || reader == nullptr ? writer != reader : !equalValues(*writer, *reader);
    };
    const auto idOf = [](const Node& node) {
        return node.resource->dialect.draft == Draft::Draft4 ? textOf(node, "id") : textOf(node, "$id");
    };
    if (idOf(*m_writer.node) != idOf(*m_reader.node)) {
        add(DifferenceType::IdChanged);
    }
    if (differs("title")) {
        add(DifferenceType::TitleChanged, {}, "title");
    }
    if (differs("description")) {
        add(DifferenceType::DescriptionChanged, {}, "description");
    }
    if (differs("default")) {
        add(DifferenceType::DefaultChanged, {}, "default");
    }
}

Result<std::vector<SchemaDifference>> differencesBetween(const Compiled& writer, const Compiled& reader,
                                                         CompatibilityPolicy policy, ComparisonEnd end) {
    auto found = Comparison(policy, end).run(*writer.root, *reader.root);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    std::vector<SchemaDifference> differences;
    for (const Finding& finding : found->list) {
        differences.push_back(inWords(finding, policy));
    }
    return differences;
}

} // namespace meshbone::catalog::jsonschema
