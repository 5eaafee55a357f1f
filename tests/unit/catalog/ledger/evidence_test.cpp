// SPDX-License-Identifier: Apache-2.0
#include "ledger/evidence_export.h"
#include "ledger/projector.h"
#include "support/ledger_author.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::LedgerAuthor;

namespace {

constexpr TimestampMs kStart = 1'700'000'000'000;
constexpr TimestampMs kDay = 86'400'000;

backbone::AclBinding reads(const std::string& topic, const std::string& who,
                           backbone::PatternType pattern = backbone::PatternType::Literal) {
    return {backbone::ResourceKind::Topic, pattern, topic, who, "*"};
}

/// A ledger about two topics, an entry a day: Ada owns both, Bob asks for flights.v1, and somebody forges.
class Ledger {
public:
    Ledger()
        : m_store(ProjectionStore::inMemory().value())
        , m_projector(Projector::open(*m_store).value()) {
        write(ada, ada.enrolment());
        write(ada, bob.enrolment());
        write(ada, PutTeam{"ops", "Operations", "", {"ada"}});
        write(ada, PutDomain{"aviation", "Aviation", "", "ops"});
        for (const char* product : {"flights", "quakes"}) {
            write(ada, PutProduct{product, product, "", "aviation", "ops"});
            write(ada, PutPort{product, {std::string(product) + ".v1", PortDirection::Output, ""}});
        }
        write(ada, DescribeTopic{"quakes.v1", "One a quake"});
        write(ada, RecordAct{"topic.configured", "quakes.v1", {{"retention.ms", "1"}}, {{"retention.ms", "2"}}});
        write(bob, SubmitRequest{"other", scope("quakes.v1"), "", "", "To read", kNoEnd}, 0);
        asked = write(bob, SubmitRequest{"r", scope("flights.v1"), "flights", "", "To read", kNoEnd}, 0);
        approved = write(ada, ApproveRequest{"r", scope("flights.v1"), kNoEnd, ""}, asked + 1);
        forged = write(bob, RevokeGrant{"gone"}, 1);
        selfApproved = write(bob, ApproveRequest{"other", scope("quakes.v1"), kNoEnd, ""}, asked);
        wide = write(bob, SubmitRequest{"wide", prefix("fli"), "", "", "All", kNoEnd}, 0);
        revoked = write(ada, RevokeGrant{"r"}, approved + 1);
        write(ada, DescribeTopic{"quakes.v1", "Later"});
        write(ada, PutAccessRoles{"ops", ""}, 0);
        write(ada, PutTeam{"ops", "Operators", "", {"ada"}});
        write(ada, PutDomain{"later", "Later", "", "ops"});
        enrolled = write(ada, carol.enrolment());
    }
    static AccessScope scope(const std::string& topic) {
        return {"User:x", "*", Role::Consumer, {{topic}}, {}, {"g"}, {}};
    }
    static AccessScope prefix(const std::string& prefix) {
        return {"User:x", "*", Role::Consumer, {{prefix, backbone::PatternType::Prefixed}}, {}, {"g"}, {}};
    }
    static TimestampMs timeOf(std::int64_t number) { return kStart + number * kDay; }

    [[nodiscard]] Result<std::string> tryMake(EvidenceRequest request, const LedgerAuthor& maker) const {
        request.madeMs = kStart;
        return exportEvidence(*m_store,
                              {maker.id(), maker.publicKey(),
                               [&](std::string_view bytes) { return Result<std::string>(maker.signature(bytes)); }},
                              request, {std::chrono::seconds(30), {}}, {});
    }
    [[nodiscard]] std::string make(const EvidenceRequest& request, const LedgerAuthor& maker) const {
        auto file = tryMake(request, maker);
        if (!file) {
            qFatal("%s", file.error().message.c_str());
        }
        return std::move(*file);
    }
    /// About flights.v1, from its request on.
    [[nodiscard]] std::string make() const {
        EvidenceRequest request;
        request.topic = "flights.v1";
        request.fromMs = timeOf(approved);
        request.acls.readMs = kStart;
        request.acls.bindings = {reads("quakes.v1", "User:y"), reads("flights.v1", "User:x"), reads("*", "User:z"),
                                 reads("fl", "User:p", backbone::PatternType::Prefixed)};
        return make(request, ada);
    }
    const ProjectionStore& store() const { return *m_store; }

    const LedgerAuthor ada{"ada"}, bob{"bob"}, carol{"carol"}, mallory{"mallory"};
    std::int64_t asked = 0, approved = 0, forged = 0, selfApproved = 0, wide = 0, revoked = 0, enrolled = 0;

private:
    std::int64_t write(const LedgerAuthor& author, const Command& command, std::optional<std::int64_t> expected = {}) {
        Entry entry = author.draft(command);
        entry.timeMs = timeOf(m_next);
        entry.expected = expected;
        entry.why = "because";
        entry.previous = m_projector->headHash();
        const Record record = test::ledgerRecord(m_next, author.sign(entry));
        m_projector->apply(std::span(&record, 1)).value();
        return m_next++;
    }
    std::unique_ptr<ProjectionStore> m_store;
    std::unique_ptr<Projector> m_projector;
    std::int64_t m_next = 0;
};

std::vector<std::string> linesOf(const std::string& file) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < file.size();) {
        const std::size_t end = file.find('\n', at);
        lines.push_back(file.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}
std::string joined(const std::vector<std::string>& lines) {
    std::string file;
    for (const std::string& line : lines) {
        file += line + "\n";
    }
    return file;
}
/// The same lines, changed by `change`, under a seal of `maker`'s.
std::string resealed(const std::string& file, const LedgerAuthor& maker,
                     const std::function<void(std::vector<EvidenceLine>&)>& change) {
    std::vector<EvidenceLine> lines;
    for (const std::string& line : linesOf(file)) {
        lines.push_back(parseLine(line).value());
    }
    lines.pop_back();
    change(lines);
    EvidenceWriter writer;
    for (const EvidenceLine& line : lines) {
        writer.add(line).value();
    }
    return writer.seal([&](std::string_view bytes) { return Result<std::string>(maker.signature(bytes)); }).value();
}
EvidenceEntry* entryIn(std::vector<EvidenceLine>& lines, std::int64_t number) {
    for (EvidenceLine& line : lines) {
        if (auto* entry = std::get_if<EvidenceEntry>(&line); entry != nullptr && entry->number == number) {
            return entry;
        }
    }
    return nullptr;
}

/// Something is wrong, and one of the findings has the word.
bool finds(const std::string& file, const char* word, std::int64_t entry = -1) {
    const auto report = verifyEvidence(file);
    for (const EvidenceFinding& one : report.wrong) {
        if (one.what.find(word) != std::string::npos && (entry < 0 || one.entry == entry)) {
            return true;
        }
    }
    for (const EvidenceFinding& one : report.wrong) {
        qWarning("line %lld, entry %lld: %s", static_cast<long long>(one.line), static_cast<long long>(one.entry),
                 one.what.c_str());
    }
    qWarning("No '%s' among %zu findings.", word, report.wrong.size());
    return false;
}

} // namespace

/// Files that prove what the ledger says to somebody who sees nothing else.
class EvidenceTest : public QObject {
    Q_OBJECT

private slots:
    void aFileProvesItself() {
        const Ledger ledger;
        const std::string file = ledger.make();
        const auto report = verifyEvidence(file);
        for (const EvidenceFinding& one : report.wrong) {
            qWarning("line %lld: %s", static_cast<long long>(one.line), one.what.c_str());
        }
        QVERIFY(report.isGenuine());
        QVERIFY(report.undecided.empty());
        QCOMPARE(report.topic, std::string("flights.v1"));
        QCOMPARE(report.maker, std::string("ada"));
        QCOMPARE(report.asked, std::int64_t{3});   // approved, asked for by a prefix, revoked
        QCOMPARE(report.leftOut, std::int64_t{6}); // of the quakes, and two that were rejected
        QCOMPARE(report.asked + report.context + report.leftOut, ledger.enrolled + 1);
        QCOMPARE(report.people, std::int64_t{3});
        QCOMPARE(report.acls, std::int64_t{3});
        QVERIFY(file.find("quakes.v1\",\"principal") == std::string::npos);
        QCOMPARE(ledger.make(), file); // the same request, the same bytes
    }

    void aPeriodEndsTheChain() {
        const Ledger ledger;
        EvidenceRequest request;
        request.product = "flights";
        request.toMs = Ledger::timeOf(ledger.approved);
        request.acls.whyNot = "The cluster couldn't be reached.";
        const auto report = verifyEvidence(ledger.make(request, ledger.ada));
        QVERIFY(report.isGenuine());
        QCOMPARE(report.headNumber, ledger.asked);
        QCOMPARE(report.asked, std::int64_t{3}); // product, port, request
        QCOMPARE(report.aclsWhyNot, request.acls.whyNot);
        const auto whole = verifyEvidence(ledger.make({}, ledger.ada));
        QVERIFY(whole.isGenuine());
        QCOMPARE(whole.leftOut, std::int64_t{0});
        QCOMPARE(whole.rejected, std::int64_t{2});
    }

    /// Who came later, an auditor say, proves what was before: the chain goes on to the entry with their key.
    void aMakerWhoWasEnrolledLaterIsInTheFile() {
        const Ledger ledger;
        EvidenceRequest request;
        request.product = "flights";
        request.toMs = Ledger::timeOf(ledger.approved);
        const auto report = verifyEvidence(ledger.make(request, ledger.carol));
        for (const EvidenceFinding& one : report.wrong) {
            qWarning("line %lld: %s", static_cast<long long>(one.line), one.what.c_str());
        }
        QVERIFY(report.isGenuine());
        QVERIFY(report.undecided.empty());
        QCOMPARE(report.maker, std::string("carol"));
        QCOMPARE(report.asked, std::int64_t{3}); // as for one who was there: what came later isn't asked for
        QCOMPARE(report.headNumber, ledger.enrolled);
        const auto sooner = verifyEvidence(ledger.make(request, ledger.ada));
        QCOMPARE(report.context, sooner.context + 3); // the roles, the team, and carol; no domain, product or grant

        request.toMs = Ledger::timeOf(0); // before everything
        const auto before = verifyEvidence(ledger.make(request, ledger.carol));
        QVERIFY(before.isGenuine());
        QCOMPARE(before.asked, std::int64_t{0});
    }

    void whatCanNotBeSealedIsSaid() {
        const Ledger ledger;
        EvidenceRequest request;
        request.toMs = Ledger::timeOf(1); // before bob was enrolled
        QVERIFY(ledger.tryMake(request, ledger.ada));
        const auto never = ledger.tryMake(request, ledger.mallory);
        QVERIFY(!never && never.error().code == ErrorCode::InvalidArgument);
        QVERIFY(QString::fromStdString(never.error().message).contains("ever enrolled this key for 'mallory'"));
        request.fromMs = request.toMs;
        QCOMPARE(ledger.tryMake(request, ledger.ada).error().code, ErrorCode::InvalidArgument); // no time at all
    }
    void everyChangedByteIsFoundInItsLine() {
        const Ledger ledger;
        const std::string file = ledger.make();
        std::int64_t line = 1;
        for (std::size_t at = 0; at < file.size(); ++at) {
            if (at % 11 == 0) {
                std::string changed = file;
                changed[at] = static_cast<char>(changed[at] ^ 1);
                const auto report = verifyEvidence(changed);
                const bool found = std::ranges::any_of(
                    report.wrong, [&](const EvidenceFinding& one) { return one.line == line || one.line == 0; });
                QVERIFY2(found, qPrintable(QStringLiteral("byte %1, line %2").arg(at).arg(line)));
            }
            line += file[at] == '\n' ? 1 : 0;
        }
    }

    /// One wrong byte isn't drowned by what follows from it.
    void aWrongEnrolmentIsSaidOnce() {
        const Ledger ledger;
        std::string file = ledger.make();
        const auto name = file.find("The author ada");
        file.replace(name, 3, "tHE");
        const auto report = verifyEvidence(file);
        QVERIFY(report.wrong.size() <= 4);
        QCOMPARE(report.wrong.front().line, std::int64_t{2});
        QVERIFY(report.wrong.front().what.starts_with("Entry 0 breaks the chain"));
        QVERIFY(!report.undecided.empty()); // nobody is enrolled any more
    }

    void aShortenedOrLengthenedFileIsFound() {
        const Ledger ledger;
        const std::string file = ledger.make();
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, file.size() / 2, file.size() - 1}) {
            QVERIFY(!verifyEvidence(file.substr(0, size)).isGenuine());
        }
        QVERIFY(finds(file + "\n", "after the seal"));
        auto lines = linesOf(file);
        lines.erase(lines.begin() + 3);
        QVERIFY(finds(joined(lines), "lines were sealed"));
        QVERIFY(finds(joined(lines), "breaks the chain"));
        lines = linesOf(file);
        std::swap(lines.at(2), lines.at(3));
        QVERIFY(finds(joined(lines), "stands after"));
        QVERIFY(finds("{}\n", "kind isn't known"));
        QVERIFY(finds("{\"kind\":\"evidence\",\"version\":99}\n", "update it"));
    }

    /// Whoever changes a file and seals it again has no key that an entry enrols.
    void anotherSealIsAnothers() {
        const Ledger ledger;
        const std::string file = ledger.make();
        const auto nothing = [](std::vector<EvidenceLine>&) {};
        QVERIFY(verifyEvidence(resealed(file, ledger.ada, nothing)).isGenuine());
        QVERIFY(finds(resealed(file, ledger.mallory, nothing), "isn't signed with the key of its maker"));
        const auto withKey = [&](std::vector<EvidenceLine>& lines) {
            std::get<EvidenceHead>(lines.front()).key = ledger.mallory.publicKey();
        };
        QVERIFY(finds(resealed(file, ledger.mallory, withKey), "isn't enrolled by any entry"));
        const auto withPerson = [&](std::vector<EvidenceLine>& lines) {
            for (EvidenceLine& line : lines) {
                if (auto* person = std::get_if<EvidencePerson>(&line); person != nullptr && person->id == "ada") {
                    person->keys = {ledger.mallory.publicKey()};
                }
            }
        };
        QVERIFY(finds(resealed(file, ledger.ada, withPerson), "enrol 'ada' otherwise"));
    }

    /// Not even the maker can change what the ledger says.
    void aMakerWhoLiesIsFound() {
        const Ledger ledger;
        const std::string file = ledger.make();
        const auto rewritten = [&](std::vector<EvidenceLine>& lines) {
            auto* entry = entryIn(lines, ledger.approved);
            entry->bytes.replace(entry->bytes.find("because"), 7, "BECAUSE");
        };
        QVERIFY(finds(resealed(file, ledger.ada, rewritten), "breaks the chain", ledger.approved));
        QVERIFY(finds(resealed(file, ledger.ada, rewritten), "isn't its author's", ledger.approved));
        const auto hidden = [&](std::vector<EvidenceLine>& lines) {
            std::erase_if(lines, [&](const EvidenceLine& line) {
                const auto* entry = std::get_if<EvidenceEntry>(&line);
                return entry != nullptr && entry->number == ledger.revoked;
            });
        };
        QVERIFY(finds(resealed(file, ledger.ada, hidden), "is said to have"));
        const auto asLink = [&](std::vector<EvidenceLine>& lines) {
            for (EvidenceLine& line : lines) {
                if (auto* entry = std::get_if<EvidenceEntry>(&line); entry && entry->number == ledger.asked) {
                    line = EvidenceLinks{{{entry->number, entry->hash}}};
                    return;
                }
            }
        };
        QVERIFY(finds(resealed(file, ledger.ada, asLink), "There is no request 'r'", ledger.approved));
        const auto moved = [&](std::vector<EvidenceLine>& lines) { entryIn(lines, ledger.asked)->asked = true; };
        QVERIFY(finds(resealed(file, ledger.ada, moved), "isn't of the period", ledger.asked));
    }

    /// The author's right is decided again.
    void whatTheLedgerRejectedStaysRejected() {
        const Ledger ledger;
        const std::string file = ledger.make({}, ledger.ada);
        const auto accepted = [&](std::vector<EvidenceLine>& lines) {
            entryIn(lines, ledger.selfApproved)->accepted = true;
        };
        QVERIFY(finds(resealed(file, ledger.ada, accepted), "by the entries here it isn't", ledger.selfApproved));
        const auto rejected = [&](std::vector<EvidenceLine>& lines) {
            entryIn(lines, ledger.revoked)->accepted = false;
        };
        QVERIFY(finds(resealed(file, ledger.ada, rejected), "nothing here speaks against it", ledger.revoked));
    }

    void aChangedSnapshotIsFound() {
        const Ledger ledger;
        const std::string file = ledger.make();
        auto lines = linesOf(file);
        const auto acl = std::ranges::find_if(lines, [](const auto& line) { return line.starts_with("{\"binding\""); });
        QVERIFY(acl != lines.end());
        acl->replace(acl->find("User:"), 6, "User:q");
        QVERIFY(finds(joined(lines), "isn't the one that was sealed"));
        lines.erase(acl);
        QVERIFY(finds(joined(lines), "access control lists are said"));
    }
};

QTEST_GUILESS_MAIN(EvidenceTest)
#include "evidence_test.moc"
