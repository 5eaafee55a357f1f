// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "ledger/encoding.h"
#include "ledger/judge.h"
#include "ledger/key_file.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <sys/stat.h>

#include <fstream>

using namespace meshbone;
using namespace meshbone::catalog;
using test::LedgerAuthor;
namespace fs = std::filesystem;

namespace {

AccessScope everyField() {
    AccessScope scope;
    scope.principal = "User:CN=a b,OU=c%d";
    scope.host = "10.0.0.1";
    scope.role = Role::ConsumeTransformProduce;
    scope.reads = {{"in"}, {"in-", backbone::PatternType::Prefixed}};
    scope.writes = {{"out"}};
    scope.group = {"g", backbone::PatternType::Prefixed};
    scope.transactionalId = {"t"};
    return scope;
}
backbone::AclBinding oddBinding() {
    return {
        backbone::ResourceKind::TransactionalId, backbone::PatternType::Prefixed, "a b%20", "User:CN=a b", "10.0.0.1",
        backbone::Operation::IdempotentWrite,    backbone::Permission::Deny};
}

const std::vector<Command>& everyCommand() {
    static const std::vector<Command> kCommands{
        PutPerson{"bob", "Bob \"B\" \\ \xc3\xa4\n", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
        PutTeam{"ops", "Ops", "text", {"ada", "bob"}},
        PutDomain{"d", "D", "", "ops"},
        RemoveDomain{"d"},
        PutProduct{"p", "P", "x", "d", "ops"},
        RemoveProduct{"p"},
        PutPort{"p", {"t", PortDirection::Input, "in"}},
        RemovePort{"p", "t", PortDirection::Output},
        DescribeTopic{"t", "words"},
        RecordAct{"topic.created", "t", {{"a", "b"}}, {{"c", "d"}}},
        PutAccessRoles{"admins", ""},
        PutPrincipal{"User:a:b", "A", PrincipalKind::Tool, "ops", "ada", true},
        RemovePrincipal{"User:a:b"},
        Classify{true, "p", Classification::Restricted},
        PutPolicy{Policy{"x", "X", PolicyReach::Topic, "t*", Approval::Required, "ops", 2, 30, 7, false, 0}},
        RemovePolicy{"x"},
        SubmitRequest{"r", everyField(), "p", "g", "why", 5},
        AmendRequest{"r", everyField(), "why", kNoEnd},
        CommentRequest{"r", "well?", true},
        WithdrawRequest{"r"},
        ReopenRequest{"r"},
        ApproveRequest{"r", everyField(), 7, "if"},
        DeclineRequest{"r"},
        RenewGrant{"g", 8},
        ShortenGrant{"g", 9},
        RevokeGrant{"g"},
        RestoreGrant{"g"},
        ReportGrant{"g", GrantState::Partly, "two", 4, {{oddBinding(), BindingOutcome::Failed, "no"}}},
        MarkBinding{oddBinding(), BindingStanding::Ignored, false, "ops", 3},
        RetryBinding{oddBinding()},
        OpenCampaign{"c", "C", "p", 2},
        AnswerCampaign{"c", "g", false},
        CloseCampaign{"c"},
        PutContract{false, "t", "kind: DataContract # \xc3\xa4\r\n"},
        RemoveContract{true, "p"}};
    if (kCommands.size() != std::variant_size_v<Command>) {
        qFatal("a command is missing");
    }
    return kCommands;
}

/// A mesh in which the author is enrolled.
Mesh meshOf(const LedgerAuthor& author) {
    Mesh mesh;
    mesh.perform(Person{author.id(), "x", {author.publicKey()}, 1});
    return mesh;
}

JudgedEntry judged(const Mesh& mesh, const std::string& bytes) {
    return judge(mesh, 1, bytes, genesisHash());
}

bool rejectedWith(const Mesh& mesh, const std::string& bytes, ErrorCode code, const std::string& word) {
    const auto verdict = judged(mesh, bytes);
    const bool as = !verdict.entry.accepted && verdict.code == code && verdict.effects.empty() &&
                    verdict.entry.rejection.find(word) != std::string::npos;
    if (!as) {
        qWarning("%s: %s", verdict.entry.accepted ? "accepted" : "rejected", verdict.entry.rejection.c_str());
    }
    return as;
}

} // namespace

class EntryTest : public QObject {
    Q_OBJECT

private slots:
    void everyCommandSurvivesItsPayload() {
        for (const Command& command : everyCommand()) {
            const auto payload = encodePayload(command).value();
            const auto again = decodeCommand(actOf(command), subjectOf(command), payload);
            QVERIFY2(again.has_value(), payload.c_str());
            QCOMPARE(again->index(), command.index());
            QCOMPARE(encodePayload(*again).value(), payload);
            QCOMPARE(subjectOf(*again), subjectOf(command));
        }
    }

    void theBytesAreCanonical() {
        const LedgerAuthor ada("ada");
        Entry entry = ada.draft(PutDomain{"d", "D\xc3\xa4\n", "", "ops"});
        entry.keyId = std::string(32, 'a');
        entry.expected = 4;
        entry.signature = "c2ln";
        const std::string zeros(64, '0');
        QCOMPARE(
            encodeEntry(entry).value(),
            "{\"act\":\"domain.put\",\"author\":\"ada\",\"expected\":4,\"key\":\"" + entry.keyId +
                "\",\"payload\":{\"description\":\"\",\"name\":\"D\xc3\xa4\\n\",\"owner\":\"ops\"},\"previous\":\"" +
                zeros +
                "\",\"signature\":\"c2ln\",\"subject\":\"d\",\"time\":1700000000000,\"version\":1,\"why\":\"\"}");
    }

    void theFirstAuthorEnrolsThemselves() {
        const LedgerAuthor ada("ada"), bob("bob");
        const auto first = judged(Mesh{}, ada.write(ada.enrolment()));
        QVERIFY2(first.entry.accepted, first.entry.rejection.c_str());
        QCOMPARE(first.effects.size(), std::size_t{1});
        // Not somebody else, not with another's key, not by another act, and not when somebody is there already.
        const ErrorCode denied = ErrorCode::PermissionDenied;
        QVERIFY(rejectedWith(Mesh{}, ada.write(bob.enrolment()), denied, "isn't enrolled"));
        QVERIFY(rejectedWith(Mesh{}, ada.write(PutPerson{"ada", "Ada", bob.publicKey()}), denied, "key"));
        QVERIFY(rejectedWith(Mesh{}, ada.write(DescribeTopic{"t", "x"}), denied, "isn't enrolled"));
        QVERIFY(rejectedWith(meshOf(bob), ada.write(ada.enrolment()), denied, "isn't enrolled"));
        QVERIFY(judged(meshOf(bob), bob.write(ada.enrolment())).entry.accepted);
    }

    void aForgerIsRejectedAndShown() {
        const LedgerAuthor ada("ada"), mallory("mallory");
        const Mesh mesh = meshOf(ada);
        Entry entry = mallory.draft(DescribeTopic{"t", "mine"});
        entry.author = "ada";
        QVERIFY(rejectedWith(mesh, mallory.sign(entry), ErrorCode::PermissionDenied, "isn't enrolled for 'ada'"));
        entry.keyId = keyIdOf(ada.publicKey());
        QVERIFY(rejectedWith(mesh, mallory.sign(entry), ErrorCode::PermissionDenied, "forged"));
        const auto shown = judged(mesh, mallory.sign(entry)).entry;
        QCOMPARE(shown.author, std::string("ada"));
        QCOMPARE(shown.act, std::string("topic.describe"));
        QCOMPARE(shown.json, mallory.sign(entry));
    }

    /// Any bit of any byte: it is never accepted, and the chain's hash differs.
    void noByteOfAnEntryCanBeChanged() {
        const LedgerAuthor ada("ada");
        const Mesh mesh = meshOf(ada);
        Entry entry = ada.draft(PutPerson{"bob", "Bob", ""});
        entry.why = "he is new";
        entry.expected = 0;
        const std::string bytes = ada.sign(entry);
        const auto truth = judged(mesh, bytes);
        QVERIFY2(truth.entry.accepted, truth.entry.rejection.c_str());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (const char flip : {'\x01', '\x20', '\x80'}) {
                std::string changed = bytes;
                changed[i] ^= flip;
                const auto verdict = judged(mesh, changed);
                QVERIFY2(!verdict.entry.accepted, changed.c_str());
                QVERIFY(verdict.entry.hash != truth.entry.hash);
            }
            QVERIFY(!judged(mesh, bytes.substr(0, i)).entry.accepted);
        }
        QVERIFY(!judged(mesh, bytes + " ").entry.accepted);
    }

    void otherSpellingsOfAnEntryAreRejected() {
        const LedgerAuthor ada("ada");
        const Mesh mesh = meshOf(ada);
        const std::string bytes = ada.write(DescribeTopic{"t", "x"});
        const auto replaced = [&](const char* from, const char* to) {
            std::string text = bytes;
            return text.replace(text.find(from), std::strlen(from), to);
        };
        const ErrorCode bad = ErrorCode::InvalidArgument;
        QVERIFY(rejectedWith(mesh, replaced("\"subject\":", "\"subject\": "), bad, "canonical"));
        QVERIFY(rejectedWith(mesh, replaced("\"act\":\"t", "\"act\":\"\\u0074"), bad, "canonical"));
        QVERIFY(rejectedWith(mesh, replaced("\"version\":1,", "\"version\":1,\"version\":1,"), bad, "canonical"));
        QVERIFY(rejectedWith(mesh, replaced("\"version\":1,", "\"version\":1.0,"), bad, "integers"));
        QVERIFY(rejectedWith(mesh, replaced("\"why\":\"\"", "\"why\":\"\",\"zzz\":1"), bad, "unknown field 'zzz'"));
        QVERIFY(rejectedWith(mesh, replaced(",\"why\":\"\"", ""), bad, "no field 'why'"));
        QVERIFY(rejectedWith(mesh, replaced("\"why\":\"\"", "\"why\":7"), bad, "wrong type"));
        QVERIFY(rejectedWith(mesh, "", bad, "isn't a JSON object"));
        QVERIFY(rejectedWith(mesh, "[]", bad, "isn't a JSON object"));
        QVERIFY(rejectedWith(mesh, std::string("\xff\x00", 2), bad, "isn't a JSON object"));
        QVERIFY(rejectedWith(mesh, std::string(100'000, '['), bad, "nested"));
        QVERIFY(rejectedWith(mesh, std::string(300'000, ' '), bad, "larger"));
    }

    void newerVersionsAndUnknownActsAreRejected() {
        const LedgerAuthor ada("ada");
        const Mesh mesh = meshOf(ada);
        Entry newer = ada.draft(DescribeTopic{"t", "x"});
        newer.version = 2;
        QVERIFY(rejectedWith(mesh, ada.sign(newer), ErrorCode::Unsupported, "version 2"));
        QCOMPARE(judged(mesh, ada.sign(newer)).entry.author, std::string("ada"));
        QVERIFY(rejectedWith(mesh, "{\"version\":3}", ErrorCode::Unsupported, "version 3"));
        Entry odd = ada.draft(DescribeTopic{"t", "x"});
        odd.act = "planet.destroy";
        QVERIFY(rejectedWith(mesh, ada.sign(odd), ErrorCode::Unsupported, "planet.destroy"));
        odd.act = "domain.remove"; // with another act's payload
        QVERIFY(rejectedWith(mesh, ada.sign(odd), ErrorCode::InvalidArgument, "payload"));
    }

    void keyFilesArePrivate() {
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "author.key";
        const auto made = openKeyFile(path);
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        struct stat info {};
        QCOMPARE(::stat(path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);
        QCOMPARE(openKeyFile(path)->publicKey(), made->publicKey());
        QCOMPARE(std::distance(fs::directory_iterator(path.parent_path()), {}), std::ptrdiff_t{1});

        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
        const auto lax = openKeyFile(path);
        QCOMPARE(lax.error().code, ErrorCode::PermissionDenied);
        QVERIFY(lax.error().message.find("chmod 600") != std::string::npos);

        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        std::ofstream(path) << "-----BEGIN PRIVATE KEY-----\n";
        QCOMPARE(openKeyFile(path).error().code, ErrorCode::Corrupt);
        QCOMPARE(fs::file_size(path), std::uintmax_t{28}); // left as it was
        QCOMPARE(openKeyFile(path.parent_path() / "no" / "folder").error().code, ErrorCode::Io);
        QCOMPARE(openKeyFile(path.parent_path()).error().code, ErrorCode::Corrupt);
    }

    void hashesAreHexadecimal() {
        QCOMPARE(toHex(sha256("abc")), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void theChainIsOverTheRawHash() {
        // SHA-256 of 32 zero bytes, and of those followed by "abc"; from another implementation (coreutils).
        QCOMPARE(nextHash(genesisHash(), ""),
                 std::string("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"));
        QCOMPARE(nextHash(genesisHash(), "abc"),
                 std::string("365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370"));
    }
};

QTEST_GUILESS_MAIN(EntryTest)
#include "entry_test.moc"
