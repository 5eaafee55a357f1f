// SPDX-License-Identifier: Apache-2.0
#include <lineage/impact_words.h>

#include <backbone/utf8.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace meshbone::lineage {

namespace {

constexpr std::size_t kMaxNameBytes = 80; // a client may call itself whatever it likes

/// Names of one kind, of which the first few are told.
struct Names {
    std::vector<std::string> shown; ///< the most important first
    std::size_t hidden = 0;         ///< that may not be named
    [[nodiscard]] bool isEmpty() const { return shown.empty() && hidden == 0; }
};

/// How surely a reader is known; `topic` names a derived one, empty: it reads what changes itself.
std::string gradeWords(ImpactedReader::Grade grade, const std::string& topic) {
    const auto of = topic.empty() ? std::string() : fmt::format(" of {}", topic);
    switch (grade) {
    case ImpactedReader::Grade::Observed:
        return topic.empty() ? "seen reading" : fmt::format("seen reading {}", topic);
    case ImpactedReader::Grade::ById:
        return topic.empty() ? "fetched its schema" : fmt::format("fetched the schema{}", of);
    case ImpactedReader::Grade::Group:
        return fmt::format("in a consumer group{}", of);
    default:
        return topic.empty() ? "may read" : fmt::format("may read {}", topic);
    }
}

/// "the topics a, b and 3 more", "1 topic that can't be named here".
std::string listed(std::string_view noun, const Names& names, std::size_t most) {
    const auto all = names.shown.size() + names.hidden;
    const auto told = std::min(names.shown.size(), most);
    const auto* plural = all == 1 ? "" : "s";
    if (told == 0) {
        return fmt::format("{} {}{} that can't be named here", all, noun, plural);
    }
    std::vector<std::string> parts(names.shown.begin(), names.shown.begin() + static_cast<std::ptrdiff_t>(told));
    if (all > told) {
        parts.push_back(fmt::format("{} more", all - told));
    }
    const auto last = parts.size() == 1 ? std::string() : fmt::format(" and {}", parts.back());
    parts.resize(std::max<std::size_t>(parts.size() - 1, 1));
    return fmt::format("the {}{} {}{}", noun, plural, fmt::join(parts, ", "), last);
}

/// What is told of several impacts, each name once.
class Audience {
public:
    explicit Audience(const ImpactWording& wording)
        : m_wording(wording) {}

    void add(const SchemaImpact& impact) {
        const auto first = std::ranges::find(impact.topics, 0, &ImpactedTopic::hops);
        for (const auto& reader : impact.readers) {
            // Of a subject without a topic only who fetched its schemas is known.
            if (!reader.topic.empty() || reader.grade == ImpactedReader::Grade::ById) {
                addReader(reader, first != impact.topics.end() && first->topic != reader.topic);
            }
        }
        for (const auto& topic : impact.topics) {
            if (topic.hops > 0) {
                addTopic(topic);
            }
        }
    }

    [[nodiscard]] Names consumers() const {
        std::vector<std::pair<std::string, std::optional<Reader>>> sorted(m_readers.begin(), m_readers.end());
        std::ranges::stable_sort(sorted, {}, [](const auto& one) { return one.second.value_or(Reader{}).grade; });
        Names names;
        for (const auto& [name, reader] : sorted) {
            if (reader) {
                names.shown.push_back(
                    fmt::format("{} ({})", shortenUtf8(name, kMaxNameBytes), gradeWords(reader->grade, reader->topic)));
            } else {
                ++names.hidden;
            }
        }
        return names;
    }
    [[nodiscard]] const Names& topics() const { return m_topics; }
    [[nodiscard]] Names products() const { return {{m_products.begin(), m_products.end()}, 0}; }

private:
    struct Reader {
        ImpactedReader::Grade grade = ImpactedReader::Grade::Granted;
        std::string topic; ///< a derived one; empty: what changes
        friend auto operator<=>(const Reader&, const Reader&) = default;
    };
    [[nodiscard]] bool maySee(const std::string& topic) const {
        return topic.empty() || !m_wording.maySee || m_wording.maySee(topic);
    }
    void addReader(const ImpactedReader& reader, bool isDownstream) {
        auto& known = m_readers[reader.principal];
        if (!maySee(reader.topic)) {
            return;
        }
        const Reader here{reader.grade, isDownstream ? reader.topic : std::string()};
        known = known ? std::min(*known, here) : here;
        addProduct(reader.product);
    }
    void addTopic(const ImpactedTopic& topic) {
        if (!m_seen.insert(topic.topic).second) {
            return;
        }
        if (!maySee(topic.topic)) {
            ++m_topics.hidden;
            return;
        }
        m_topics.shown.push_back(topic.isCertain ? topic.topic : fmt::format("{} (perhaps)", topic.topic));
        addProduct(topic.product);
    }
    void addProduct(const std::string& id) {
        if (!id.empty()) {
            m_products.insert(id);
        }
    }

    const ImpactWording& m_wording;
    std::map<std::string, std::optional<Reader>> m_readers; ///< as they are known best; nothing: may not be named
    Names m_topics;                                         ///< nearest first
    std::set<std::string> m_seen, m_products;
};

std::string what(const std::vector<std::string>& fields, std::size_t most) {
    Names names;
    for (const auto& field : fields) {
        names.shown.push_back(fmt::format("`{}`", shortenUtf8(field, kMaxNameBytes)));
    }
    return names.isEmpty() ? std::string("events of the schema") : listed("field", names, most);
}

} // namespace

std::string impactWords(const std::vector<SchemaImpact>& impacts, const std::vector<std::string>& fields,
                        const ImpactWording& wording) {
    Audience audience(wording);
    for (const auto& impact : impacts) {
        audience.add(impact);
    }
    const auto consumers = audience.consumers(), products = audience.products();
    const auto& topics = audience.topics();
    std::vector<std::string> parts;
    if (!consumers.isEmpty()) {
        parts.push_back(listed("consumer", consumers, wording.most));
    }
    if (!topics.isEmpty()) {
        parts.push_back("downstream " + listed("topic", topics, wording.most));
    }
    if (!products.isEmpty()) {
        parts.push_back(listed("product", products, wording.most));
    }
    return parts.empty() ? std::string()
                         : fmt::format("Who meets {}: {}.", what(fields, wording.most), fmt::join(parts, "; "));
}

} // namespace meshbone::lineage
