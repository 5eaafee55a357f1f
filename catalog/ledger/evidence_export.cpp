// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_export.h"

#include "ledger/entry.h"
#include "ledger/evidence_chain.h"
#include "ledger/ledger_topic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kExportBatch = 500;

/// Acts that decide who may do what to whatever else: without them no entry could be decided again.
bool isGround(std::string_view act) {
    constexpr std::array<std::string_view, 9> kGround{
        "person.", "team.", "domain.", "product.", "port.", "policy.", "principal.", "access.roles", "access.classify"};
    return std::ranges::any_of(kGround, [&](std::string_view ground) { return act.starts_with(ground); });
}

/// Acts that decide who may enrol whom.
bool isOfEnrolment(std::string_view act) {
    return act.starts_with("person.") || act.starts_with("team.") || act == "access.roles";
}

bool isEnrolled(const Mesh& mesh, const EvidenceMaker& maker) {
    const Person* person = mesh.people.find(maker.person);
    return person != nullptr && std::ranges::count(person->publicKeys, maker.key) > 0;
}

/// What of the ledger gets into the file.
struct Choice {
    std::vector<std::int64_t> asked;   ///< ascending
    std::vector<std::int64_t> related; ///< the same before the period too; ascending
    std::int64_t last = -1;            ///< where the period ends

    [[nodiscard]] bool isAsked(std::int64_t number) const { return std::ranges::binary_search(asked, number); }
    [[nodiscard]] bool isContext(const RawEntry& entry) const {
        if (!entry.accepted) {
            return false;
        }
        const std::string act = parseEntry(entry.bytes).entry.act;
        return entry.number > last ? isOfEnrolment(act)
                                   : std::ranges::binary_search(related, entry.number) || isGround(act);
    }
};

Result<Choice> choose(const ProjectionStore& store, const EvidenceRequest& request) {
    LedgerQuery query;
    query.toMs = request.toMs;
    auto all = store.matching(query);
    query.topic = request.topic;
    query.product = request.product;
    auto related = all ? store.matching(query) : all;
    query.fromMs = request.fromMs;
    auto asked = related ? store.matching(query) : related;
    if (!asked) {
        return std::unexpected(asked.error());
    }
    const std::int64_t last = all->empty() ? -1 : all->back();
    return Choice{std::move(*asked), std::move(*related), last};
}

/// The lines of the entries, and what the head says of them.
class EntryLines {
public:
    EntryLines(const ProjectionStore& store, const Choice& choice, const EvidenceMaker& maker)
        : m_store(store)
        , m_choice(choice)
        , m_maker(maker) {}

    Status gather(const CallClock& clock, const std::function<void(double)>& progress);
    [[nodiscard]] const std::vector<EvidenceLine>& lines() const { return m_lines; }
    [[nodiscard]] const EvidenceChain& chain() const { return m_chain; }
    [[nodiscard]] std::int64_t count() const { return m_count; }
    /// The last of them.
    [[nodiscard]] std::int64_t last() const { return m_last; }

private:
    /// The period's end, or later the entry that enrols the maker: whoever checks the file must find that key in it.
    [[nodiscard]] bool isWanted(std::int64_t number) const {
        return number <= m_choice.last || !isEnrolled(m_chain.mesh(), m_maker);
    }
    Status addAll(std::span<const RawEntry> entries);
    Status add(const RawEntry& entry);
    [[nodiscard]] Status noMore(std::int64_t next) const;
    void leaveOut(const RawEntry& entry);
    const ProjectionStore& m_store;
    const Choice& m_choice;
    const EvidenceMaker& m_maker;
    EvidenceChain m_chain;
    std::vector<EvidenceLine> m_lines;
    std::size_t m_bytes = 0;
    std::int64_t m_count = 0;
    std::int64_t m_last = -1;
};

Status EntryLines::gather(const CallClock& clock, const std::function<void(double)>& progress) {
    for (std::int64_t next = 0; isWanted(next);) {
        if (auto late = clock.check("Gathering the evidence"); !late) {
            return late;
        }
        const auto entries = m_store.rawEntries(next, kExportBatch);
        if (!entries) {
            return std::unexpected(entries.error());
        }
        if (entries->empty()) {
            return noMore(next);
        }
        if (auto added = addAll(*entries); !added) {
            return added;
        }
        next = entries->back().number + 1;
        if (progress) {
            progress(std::min(1.0, static_cast<double>(next) / static_cast<double>(m_choice.last + 1)));
        }
    }
    return {};
}

Status EntryLines::addAll(std::span<const RawEntry> entries) {
    for (const RawEntry& entry : entries) {
        if (!isWanted(entry.number)) {
            break;
        }
        if (auto added = add(entry); !added) {
            return added;
        }
    }
    return {};
}

Status EntryLines::noMore(std::int64_t next) const {
    if (next <= m_choice.last) {
        return fail(ErrorCode::Unavailable, "The ledger is being read anew; try again in a moment.");
    }
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("No entry of the ledger ever enrolled this key for '{}', so the seal would prove nothing: an "
                    "admin enrols it, or somebody makes the file who is enrolled.",
                    m_maker.person));
}

Status EntryLines::add(const RawEntry& entry) {
    ++m_count;
    m_last = entry.number;
    const bool asked = m_choice.isAsked(entry.number);
    if (!asked && !m_choice.isContext(entry)) {
        leaveOut(entry);
        return {};
    }
    m_bytes += entry.bytes.size();
    if (m_bytes > kMaxEvidenceBytes) {
        return fail(ErrorCode::Exhausted, "That is too much for one file of evidence; choose a shorter period.");
    }
    const JudgedEntry judged = m_chain.add(entry.number, entry.bytes, entry.accepted);
    if (judged.entry.hash != entry.hash) {
        return fail(ErrorCode::Corrupt, "The catalog's database doesn't hold the chain of its entries; verify the "
                                        "ledger and rebuild the catalog.");
    }
    const bool decided = entry.accepted == judged.entry.accepted;
    const std::string& why = entry.accepted ? judged.entry.rejection : entry.rejection;
    m_lines.emplace_back(
        EvidenceEntry{entry.number, entry.hash, entry.accepted, asked, decided ? std::string() : why, entry.bytes});
    return {};
}

void EntryLines::leaveOut(const RawEntry& entry) {
    m_chain.skip(entry.hash);
    auto* links = m_lines.empty() ? nullptr : std::get_if<EvidenceLinks>(&m_lines.back());
    if (links == nullptr || links->links.size() >= kLinksInLine) {
        links = &std::get<EvidenceLinks>(m_lines.emplace_back(EvidenceLinks{}));
    }
    links->links.emplace_back(entry.number, entry.hash);
}

/// The bindings on the topics, and those on the cluster, which count everywhere; all, where no topic was asked for.
std::vector<backbone::AclBinding> aclsOn(const std::optional<std::vector<std::string>>& topics,
                                         const std::vector<backbone::AclBinding>& all) {
    std::vector<backbone::AclBinding> chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), [&](const backbone::AclBinding& binding) {
        if (!topics || binding.resourceKind == backbone::ResourceKind::Cluster) {
            return true;
        }
        return binding.resourceKind == backbone::ResourceKind::Topic &&
               std::ranges::any_of(*topics, [&](const std::string& topic) {
                   return backbone::patternCovers(binding.pattern, binding.resource, topic);
               });
    });
    std::ranges::sort(chosen);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    return chosen;
}

/// None: everything is meant.
Result<std::optional<std::vector<std::string>>> topicsAsked(const ProjectionStore& store,
                                                            const EvidenceRequest& request) {
    using Topics = std::optional<std::vector<std::string>>;
    if (request.topic.empty() && request.product.empty()) {
        return Topics();
    }
    if (!request.topic.empty()) {
        return Topics({request.topic});
    }
    auto topics = store.topicsOf(request.product);
    return topics ? Result<Topics>(std::move(*topics)) : std::unexpected(topics.error());
}

EvidenceHead headOf(const EvidenceRequest& request, const EvidenceMaker& maker, const EntryLines& entries) {
    EvidenceHead head;
    head.topic = request.topic;
    head.product = request.product;
    head.fromMs = request.fromMs;
    head.toMs = request.toMs;
    head.madeMs = request.madeMs;
    head.maker = maker.person;
    head.key = maker.key;
    head.entries = entries.count();
    head.headNumber = entries.last();
    head.headHash = entries.chain().hash();
    return head;
}

std::vector<EvidenceLine> aclLines(const AclSnapshot& snapshot, const std::vector<backbone::AclBinding>& chosen) {
    std::string whyNot = snapshot.whyNot;
    if (whyNot.empty() && snapshot.readMs < 0) {
        whyNot = "They weren't read.";
    }
    std::vector<EvidenceLine> lines;
    if (!whyNot.empty()) {
        lines.emplace_back(EvidenceAcls{-1, std::move(whyNot), 0});
        return lines;
    }
    lines.emplace_back(EvidenceAcls{snapshot.readMs, {}, static_cast<std::int64_t>(chosen.size())});
    for (const backbone::AclBinding& binding : chosen) {
        lines.emplace_back(EvidenceAcl{binding});
    }
    return lines;
}

} // namespace

Result<std::string> exportEvidence(const ProjectionStore& store, const EvidenceMaker& maker,
                                   const EvidenceRequest& request, const CallOptions& options,
                                   const std::function<void(double)>& progress) {
    if (request.fromMs && request.toMs && *request.fromMs >= *request.toMs) {
        return fail(ErrorCode::InvalidArgument, "The period ends before it begins.");
    }
    const auto choice = choose(store, request);
    const auto topics = choice ? topicsAsked(store, request) : std::unexpected(choice.error());
    if (!topics) {
        return std::unexpected(topics.error());
    }
    EntryLines entries(store, *choice, maker);
    if (auto gathered = entries.gather(CallClock(options), progress); !gathered) {
        return std::unexpected(gathered.error());
    }
    std::vector<EvidenceLine> rest;
    for (const auto& [id, person] : entries.chain().mesh().people.items()) {
        rest.emplace_back(EvidencePerson{id, person->name, person->publicKeys});
    }
    const auto acls = aclLines(request.acls, aclsOn(*topics, request.acls.bindings));
    rest.insert(rest.end(), acls.begin(), acls.end());

    EvidenceWriter writer;
    Status added = writer.add(headOf(request, maker, entries));
    for (const std::vector<EvidenceLine>* lines : {&entries.lines(), &std::as_const(rest)}) {
        for (std::size_t i = 0; added && i < lines->size(); ++i) {
            added = writer.add((*lines)[i]);
        }
    }
    return added ? writer.seal(maker.sign) : std::unexpected(added.error());
}

} // namespace meshbone::catalog
