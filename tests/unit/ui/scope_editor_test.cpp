// SPDX-License-Identifier: Apache-2.0
#include "access/scope_editor.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/theme.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using catalog::Role;

namespace {

const QStringList kTopics{QStringLiteral("flights"), QStringLiteral("quakes"), QStringLiteral("quakes.strong")};

template <class W>
W* find(const ScopeEditor& editor, const char* name) {
    return editor.findChild<W*>(QLatin1String(name));
}

void choose(const ScopeEditor& editor, Role role) {
    auto* choice = find<Choice>(editor, "scopeRole");
    choice->setCurrentIndex(choice->findData(static_cast<int>(role)));
}

} // namespace

class ScopeEditorTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().install(*qApp); }

    void givesBackWhatItWasGiven() {
        ScopeEditor editor(kTopics);
        catalog::AccessScope scope;
        scope.principal = "User:svc";
        scope.host = "10.0.0.7";
        scope.role = Role::ConsumeTransformProduce;
        scope.reads = {{"flights"}, {"quakes.", backbone::PatternType::Prefixed}};
        scope.writes = {{"delays"}};
        scope.group = {"svc.", backbone::PatternType::Prefixed};
        scope.transactionalId = {"svc-1"};
        editor.setScope(scope);
        const auto given = editor.scope();
        QVERIFY2(given.has_value(), given ? "" : given.error().message.c_str());
        QVERIFY(*given == scope);
    }

    void showsJustTheFieldsOfTheRole() {
        ScopeEditor editor(kTopics);
        editor.show();
        choose(editor, Role::Producer);
        QVERIFY(!find<QLineEdit>(editor, "scopeReads")->isVisible());
        QVERIFY(find<QLineEdit>(editor, "scopeWrites")->isVisible());
        choose(editor, Role::Consumer);
        QVERIFY(find<QLineEdit>(editor, "scopeReads")->isVisible());
        QVERIFY(!find<QLineEdit>(editor, "scopeWrites")->isVisible());
        QVERIFY(!find<QLineEdit>(editor, "scopeTransaction")->isVisible());
    }

    void whatTheRoleDoesntUseIsNoPartOfIt() {
        ScopeEditor editor(kTopics);
        editor.setPrincipal("User:svc");
        find<QLineEdit>(editor, "scopeReads")->setText(QStringLiteral("flights"));
        find<QLineEdit>(editor, "scopeGroup")->setText(QStringLiteral("g"));
        choose(editor, Role::Producer);
        find<QLineEdit>(editor, "scopeWrites")->setText(QStringLiteral("quakes"));
        const auto scope = editor.scope();
        QVERIFY(scope.has_value());
        QVERIFY(scope->reads.empty() && scope->group.name.empty());
        QCOMPARE(scope->writes.size(), std::size_t{1});
    }

    void aMissingFieldIsNamed() {
        ScopeEditor editor(kTopics);
        editor.setPrincipal("User:svc");
        const auto scope = editor.scope();
        QVERIFY(!scope.has_value());
        QVERIFY(scope.error().message.find("topics to read") != std::string::npos);
    }

    void aStarAtTheEndIsABeginning() {
        ScopeEditor editor(kTopics);
        editor.setPrincipal("User:svc");
        auto* line = find<QLineEdit>(editor, "scopeReads");
        line->setText(QStringLiteral("quakes*"));
        emit line->editingFinished();
        const auto scope = editor.scope();
        QVERIFY(scope.has_value());
        QVERIFY(scope->reads.at(0) == (catalog::NamePattern{"quakes", backbone::PatternType::Prefixed}));
        const auto words = find<Label>(editor, "scopeWords")->text();
        QVERIFY2(words.contains(QStringLiteral("2 topics now")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("quakes-secret")), qPrintable(words));
    }

    void aTopicThatIsNotThereIsSaid() {
        ScopeEditor editor(kTopics);
        find<QLineEdit>(editor, "scopeReads")->setText(QStringLiteral("flight"));
        QVERIFY(find<Label>(editor, "scopeWords")->text().contains(QStringLiteral("doesn't exist")));
        find<QLineEdit>(editor, "scopeReads")->setText(QStringLiteral("flights"));
        QVERIFY(find<Label>(editor, "scopeWords")->isHidden());
    }

    void topicsCanBeAddedAndLeftOut() {
        ScopeEditor editor(kTopics);
        QSignalSpy changed(&editor, &ScopeEditor::changed);
        editor.setPrincipal("User:svc");
        find<QLineEdit>(editor, "scopeReads")->setText(QStringLiteral("flights"));
        find<Button>(editor, "scopeReadsMore")->click();
        find<QLineEdit>(editor, "scopeReads1")->setText(QStringLiteral("quakes"));
        QCOMPARE(editor.draft().reads.size(), std::size_t{2});
        const auto before = changed.count();
        find<Button>(editor, "scopeReadsRemove")->click();
        QVERIFY(changed.count() > before);
        QCOMPARE(editor.draft().reads.size(), std::size_t{1});
        QCOMPARE(editor.draft().reads.at(0).name, std::string("quakes"));
    }
};

QTEST_MAIN(ScopeEditorTest)
#include "scope_editor_test.moc"
