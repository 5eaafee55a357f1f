// SPDX-License-Identifier: Apache-2.0
// The JSON Schema organisation's own test suite: every required case of the five drafts has to come out as it says.
// What can't stands in suite/known_failures.txt, which may only shrink.
#include "schema/json/compiled.h"
#include "schema/json/reader.h"
#include "schema/json/validation.h"

#include <catalog/json_schema.h>

#include <QtTest>

#include <fstream>
#include <set>
#include <sstream>

using namespace meshbone::catalog;
using namespace meshbone::catalog::jsonschema;

namespace {

std::string contentsOf(const std::string& name) {
    const std::ifstream file(std::string(SUITE) + "/" + name);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

Value readSuite(const std::string& name) {
    auto value = readJson(contentsOf(name), {.depth = 400, .values = 10'000'000});
    if (!value) {
        qFatal("%s: %s", name.c_str(), value.error().message.c_str());
    }
    return std::move(*value);
}

std::vector<NamedSchema> remotesOf(const std::string& draft) {
    std::vector<NamedSchema> remotes;
    for (const Value& remote : readSuite(draft + "-remotes.json").items) {
        remotes.push_back({remote.find("name")->text, writeJson(*remote.find("schema"))});
    }
    return remotes;
}

/// Those that the schema may refer to: reading all of them for each takes most of the time.
std::span<const NamedSchema> neededOf(const std::vector<NamedSchema>& remotes, const std::string& schema) {
    return schema.find("localhost") == std::string::npos ? std::span<const NamedSchema>() : std::span(remotes);
}

std::set<std::string> knownFailures() {
    std::set<std::string> known;
    std::istringstream lines(contentsOf("known_failures.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && !line.starts_with('#')) {
            known.insert(line);
        }
    }
    return known;
}

/// What a run of a file of the suite came to.
struct Outcome {
    int passed = 0;
    std::vector<std::string> failed; ///< "file: group: case"
};

void runGroup(const Value& group, const std::vector<NamedSchema>& remotes, const CompileOptions& options,
              Outcome& outcome) {
    const std::string text = writeJson(*group.find("schema"));
    const auto compiled = compileSchema(text, neededOf(remotes, text), options);
    for (const Value& each : group.find("tests")->items) {
        const std::string name =
            group.find("file")->text + ": " + group.find("description")->text + ": " + each.find("description")->text;
        std::string why;
        if (!compiled) {
            why = compiled.error().message;
        } else {
            const auto failures = Validation(**compiled).check(*each.find("data"));
            if (!failures) {
                why = failures.error().message;
            } else if (failures->empty() != each.find("valid")->truth) {
                why = failures->empty() ? "valid" : failures->front().message;
            }
        }
        if (why.empty()) {
            ++outcome.passed;
        } else {
            outcome.failed.push_back(name);
            qInfo("%s\n    %s", name.c_str(), why.c_str());
        }
    }
}

} // namespace

class SuiteTest : public QObject {
    Q_OBJECT
private slots:
    void required_data();
    void required();
    void everySchemaReadsItself_data();
    void everySchemaReadsItself();
};

void SuiteTest::required_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("draft");
    QTest::addColumn<bool>("assertsFormat");
    QTest::newRow("draft4") << "draft4" << static_cast<int>(Draft::Draft4) << false;
    QTest::newRow("draft6") << "draft6" << static_cast<int>(Draft::Draft6) << false;
    QTest::newRow("draft7") << "draft7" << static_cast<int>(Draft::Draft7) << false;
    QTest::newRow("2019-09") << "draft2019-09" << static_cast<int>(Draft::Draft2019) << false;
    QTest::newRow("2020-12") << "draft2020-12" << static_cast<int>(Draft::Draft2020) << false;
    QTest::newRow("2020-12 optional") << "draft2020-12-optional" << static_cast<int>(Draft::Draft2020) << false;
    QTest::newRow("2020-12 formats") << "draft2020-12-formats" << static_cast<int>(Draft::Draft2020) << true;
}

void SuiteTest::required() {
    QFETCH(QString, file);
    QFETCH(int, draft);
    QFETCH(bool, assertsFormat);
    const std::string name = file.toStdString();
    const auto remotes = remotesOf(name.starts_with("draft2020") ? "draft2020-12" : name);
    const CompileOptions options{.defaultDraft = static_cast<Draft>(draft), .assertsFormat = assertsFormat};
    Outcome outcome;
    for (const Value& group : readSuite(name + ".json").items) {
        runGroup(group, remotes, options, outcome);
    }
    qInfo("%s: %d pass, %zu don't", name.c_str(), outcome.passed, outcome.failed.size());
    std::set<std::string> known;
    for (const std::string& line : knownFailures()) {
        if (line.starts_with(name + "/")) {
            known.insert(line.substr(name.size() + 1));
        }
    }
    for (const std::string& failed : outcome.failed) {
        QVERIFY2(known.erase(failed) == 1, failed.c_str());
    }
    QVERIFY2(known.empty(), known.empty() ? "" : ("passes now; take it out: " + *known.begin()).c_str());
    QVERIFY(outcome.passed > 0);
}

void SuiteTest::everySchemaReadsItself_data() {
    required_data();
}

/// Whatever is in it, data of a schema can be read with the same schema, and its texts come out the same again.
void SuiteTest::everySchemaReadsItself() {
    QFETCH(QString, file);
    const std::string name = file.toStdString();
    const auto remotes = remotesOf(name.starts_with("draft2020") ? "draft2020-12" : name);
    for (const Value& group : readSuite(name + ".json").items) {
        const std::string text = writeJson(*group.find("schema"));
        const auto needed = neededOf(remotes, text);
        const auto writer = parseJsonSchema(text, needed);
        const auto reader = parseJsonSchema(text, needed);
        if (!writer) {
            continue; // right only with the draft of the file
        }
        const auto differences = (*reader)->differencesReading(**writer);
        QVERIFY2(differences, text.c_str());
        for (const SchemaDifference& difference : *differences) {
            QVERIFY2(!difference.isBreaking, (difference.message + " " + text).c_str());
        }
        QCOMPARE((*reader)->fields(), (*writer)->fields());
        QCOMPARE((*parseJsonSchema((*writer)->canonicalText(), needed))->canonicalText(), (*writer)->canonicalText());
        QCOMPARE((*parseJsonSchema((*writer)->normalizedText(), needed))->normalizedText(),
                 (*writer)->normalizedText());
    }
}

QTEST_GUILESS_MAIN(SuiteTest)
#include "suite_test.moc"
