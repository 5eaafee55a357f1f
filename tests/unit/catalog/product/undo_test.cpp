// SPDX-License-Identifier: Apache-2.0
#include "product/decide.h"
#include "product/field_changes.h"
#include "product/undo.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

/// A command that was done, and what it changed.
struct Done {
    Command command;
    std::vector<FieldChange> changes;
};

/// A mesh that is changed by commands, one number each.
class Scene {
public:
    Scene() {
        must(PutPerson{"ada", "Ada", ""});
        must(PutPerson{"bob", "Bob", ""});
        must(PutTeam{"ops", "Operations", "", {"ada", "bob"}});
        must(PutDomain{"aviation", "Aviation", "What flies", "ops"});
    }
    Done must(const Command& command) {
        auto decision = decide(command, Case{m_mesh, std::nullopt, ++m_number});
        if (!decision) {
            qFatal("%s", decision.error().message.c_str());
        }
        for (const Effect& effect : decision->effects) {
            m_mesh.perform(effect);
        }
        return {command, decision->changes};
    }
    [[nodiscard]] Result<Inverse> inverse(const Done& done) const {
        return inverseOf(done.command, done.changes, m_mesh);
    }
    /// Undoes it; says in how many commands, 0 when it can't be.
    std::size_t undo(const Done& done) {
        const auto inverse = this->inverse(done);
        if (!inverse) {
            qWarning("%s", inverse.error().message.c_str());
            return 0;
        }
        for (const Command& command : inverse->commands) {
            must(command);
        }
        return inverse->commands.size();
    }
    [[nodiscard]] ErrorCode refusal(const Done& done) const {
        const auto inverse = this->inverse(done);
        return inverse ? ErrorCode::Internal : inverse.error().code;
    }
    [[nodiscard]] const Mesh& mesh() const { return m_mesh; }

private:
    Mesh m_mesh;
    std::int64_t m_number = 0;
};

bool sameProduct(const Mesh& mesh, const Product& before) {
    const Product* now = mesh.products.find(before.id);
    return now != nullptr && fieldsOf(now) == fieldsOf(&before);
}

} // namespace

/// What takes a change back, and when nothing does.
class UndoTest : public QObject {
    Q_OBJECT

private slots:
    void aChangeGoesBackToWhatItFound() {
        Scene scene;
        const auto done = scene.must(PutDomain{"aviation", "Air", "Planes", "ops"});
        const auto inverse = scene.inverse(done);
        QVERIFY(inverse);
        QCOMPARE(inverse->changes.size(), std::size_t{2});
        QCOMPARE(inverse->changes.front().field, std::string("description"));
        QCOMPARE(inverse->changes.front().before.value(), std::string("Planes"));
        QCOMPARE(inverse->changes.front().after.value(), std::string("What flies"));
        QCOMPARE(scene.undo(done), std::size_t{1});
        QCOMPARE(scene.mesh().domains.find("aviation")->name, std::string("Aviation"));
    }

    void whatChangedElsewhereInTheThingStays() {
        Scene scene;
        const auto named = scene.must(PutDomain{"aviation", "Air", "What flies", "ops"});
        scene.must(PutDomain{"aviation", "Air", "Planes", "ops"});
        QCOMPARE(scene.undo(named), std::size_t{1});
        QCOMPARE(scene.mesh().domains.find("aviation")->name, std::string("Aviation"));
        QCOMPARE(scene.mesh().domains.find("aviation")->description, std::string("Planes"));
    }

    void whatHasChangedSinceIsNotOverwritten() {
        Scene scene;
        const auto first = scene.must(PutDomain{"aviation", "Air", "What flies", "ops"});
        const auto second = scene.must(PutDomain{"aviation", "Sky", "What flies", "ops"});
        QCOMPARE(scene.refusal(first), ErrorCode::Conflict);
        QVERIFY(scene.inverse(first).error().message.find("'name'") != std::string::npos);
        QCOMPARE(scene.undo(second), std::size_t{1});
        QCOMPARE(scene.undo(first), std::size_t{1});         // the later one is out of its way now
        QCOMPARE(scene.refusal(first), ErrorCode::Conflict); // and it is undone once only
    }

    void anUndoCanBeUndone() {
        Scene scene;
        const auto done = scene.must(DescribeTopic{"flights", "One a flight"});
        const auto back = scene.inverse(done).value().commands.front();
        const auto undone = scene.must(back);
        QVERIFY(scene.mesh().topics.find("flights") == nullptr);
        QCOMPARE(scene.undo(undone), std::size_t{1});
        QCOMPARE(scene.mesh().topics.find("flights")->description, std::string("One a flight"));
    }

    void whatWasMadeIsRemovedUnlessItIsInUse() {
        Scene scene;
        const auto domain = scene.must(PutDomain{"seismic", "Seismic", "", "ops"});
        const auto product = scene.must(PutProduct{"quakes", "Quakes", "", "seismic", "ops"});
        QCOMPARE(scene.refusal(domain), ErrorCode::Conflict); // it has a product
        const auto port = scene.must(PutPort{"quakes", {"quakes.v1", PortDirection::Output, "all"}});
        QCOMPARE(scene.refusal(product), ErrorCode::Conflict); // it has a port
        QCOMPARE(scene.undo(port), std::size_t{1});
        QCOMPARE(scene.undo(product), std::size_t{1});
        QCOMPARE(scene.undo(domain), std::size_t{1});
        QVERIFY(scene.mesh().domains.find("seismic") == nullptr);
    }

    void aRemovedProductComesBackWithItsPorts() {
        Scene scene;
        scene.must(PutProduct{"flights", "Flights", "Every flight", "aviation", "ops"});
        scene.must(PutPort{"flights", {"flights.v1", PortDirection::Output, "all"}});
        scene.must(PutPort{"flights", {"airports", PortDirection::Input, ""}});
        const Product before = *scene.mesh().products.find("flights");
        const auto removed = scene.must(RemoveProduct{"flights"});
        QCOMPARE(scene.undo(removed), std::size_t{3});
        QVERIFY(sameProduct(scene.mesh(), before));
        QCOMPARE(scene.refusal(removed), ErrorCode::Conflict); // it is there again
    }

    void aPortThatSomebodyElseOffersByNowStaysTheirs() {
        Scene scene;
        scene.must(PutProduct{"flights", "Flights", "", "aviation", "ops"});
        scene.must(PutProduct{"other", "Other", "", "aviation", "ops"});
        scene.must(PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
        const auto removed = scene.must(RemovePort{"flights", "flights.v1", PortDirection::Output});
        scene.must(PutPort{"other", {"flights.v1", PortDirection::Output, ""}});
        QCOMPARE(scene.refusal(removed), ErrorCode::AlreadyExists);
    }

    void aTeamGetsItsPeopleBack() {
        Scene scene;
        const auto done = scene.must(PutTeam{"ops", "Operations", "", {"bob"}});
        QCOMPARE(scene.undo(done), std::size_t{1});
        QCOMPARE(scene.mesh().teams.find("ops")->people, (std::vector<std::string>{"ada", "bob"}));
    }

    void whatHasNoInverseSaysSo() {
        Scene scene;
        const std::string key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        QCOMPARE(scene.refusal(scene.must(PutPerson{"eve", "Eve", ""})), ErrorCode::Unsupported);
        QCOMPARE(scene.refusal(scene.must(PutPerson{"ada", "Ada", key})), ErrorCode::Unsupported);
        QCOMPARE(scene.refusal(scene.must(PutTeam{"new", "New", "", {"ada"}})), ErrorCode::Unsupported);
        QCOMPARE(scene.refusal(scene.must(RecordAct{"topic.deleted", "t", {}, {}})), ErrorCode::Unsupported);
        QCOMPARE(scene.refusal(scene.must(RecordAct{"topic.created", "t", {}, {{"partitions", "3"}}})),
                 ErrorCode::Unsupported);
        QCOMPARE(scene.refusal(scene.must(PutTeam{"new", "New", "", {"ada"}})), ErrorCode::InvalidArgument);
    }

    void settingsGoBackOnTheBackbone() {
        Scene scene;
        const auto done = scene.must(RecordAct{"topic.configured",
                                               "flights",
                                               {{"retention.ms", "default"}, {"segment.ms", "5"}},
                                               {{"retention.ms", "7"}, {"segment.ms", "default"}}});
        const auto inverse = scene.inverse(done).value();
        QCOMPARE(inverse.settings->topic, std::string("flights"));
        QCOMPARE(inverse.settings->found, (TopicSettings{{"retention.ms", "7"}, {"segment.ms", std::nullopt}}));
        QCOMPARE(inverse.settings->put, (TopicSettings{{"retention.ms", std::nullopt}, {"segment.ms", "5"}}));
        QCOMPARE(inverse.changes.size(), std::size_t{2});
        // What records that is undone in turn.
        const auto back = scene.must(inverse.commands.at(0));
        QCOMPARE(scene.inverse(back).value().settings->put, inverse.settings->found);
        const auto grown = scene.must(RecordAct{"topic.configured", "t", {{"partitions", "1"}}, {{"partitions", "2"}}});
        QCOMPARE(scene.refusal(grown), ErrorCode::Unsupported);
        const auto nothing = scene.must(RecordAct{"topic.configured", "t", {{"a", "1"}}, {{"a", "1"}}});
        QCOMPARE(scene.refusal(nothing), ErrorCode::InvalidArgument);
    }

    void aDomainKeepsThePlaceInWhichItWasMade() {
        Scene scene;
        scene.must(PutDomain{"abyss", "Abyss", "", "ops"});
        const auto place = [&](const char* id) { return scene.mesh().domains.find(id)->created; };
        const auto first = place("aviation");
        QVERIFY(first < place("abyss"));
        scene.must(PutDomain{"aviation", "Air", "", "ops"});
        QCOMPARE(place("aviation"), first);
        QVERIFY(scene.mesh().domains.find("aviation")->revision > place("abyss"));
    }
    void aContractGoesBackToTheTextThatItReplaced() {
        Scene scene;
        const auto first = scene.must(PutContract{false, "t", "kind: DataContract\r\n"});
        const auto second = scene.must(PutContract{false, "t", "kind: DataContract\nid: b\n"});
        QCOMPARE(scene.refusal(first), ErrorCode::Conflict);
        QCOMPARE(scene.undo(second), std::size_t{1});
        QCOMPARE(scene.mesh().topicContracts.find("t")->text, std::string("kind: DataContract\r\n"));
        QCOMPARE(scene.undo(first), std::size_t{1});
        QVERIFY(scene.mesh().topicContracts.find("t") == nullptr);

        scene.must(PutProduct{"flights", "Flights", "", "aviation", "ops"});
        scene.must(PutContract{true, "flights", "kind: DataProduct"});
        const auto removed = scene.must(RemoveContract{true, "flights"});
        QCOMPARE(scene.undo(removed), std::size_t{1});
        QCOMPARE(scene.mesh().productContracts.find("flights")->text, std::string("kind: DataProduct"));
    }
};

QTEST_GUILESS_MAIN(UndoTest)
#include "undo_test.moc"
