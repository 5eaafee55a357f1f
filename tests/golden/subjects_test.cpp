// SPDX-License-Identifier: Apache-2.0
#include <backbone/base64.h>

#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "tls/openssl.h"
#include "tls/principal_rules.h"
#include "tls/subject_name.h"

#include <nlohmann/json.hpp>

#include <fstream>
#endif

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

/// One JSON object a line, made by Java and Kafka; generate/README.md says how.
std::vector<nlohmann::json> linesOf(const char* name) {
    std::ifstream file(std::string(MESHBONE_GOLDEN_SUBJECTS "/") + name);
    std::vector<nlohmann::json> all;
    for (std::string line; std::getline(file, line);) {
        all.push_back(nlohmann::json::parse(line));
    }
    return all;
}

} // namespace

class SubjectsTest : public QObject {
    Q_OBJECT

private slots:
    void subjectsAreSpelledAsJavaDoes() {
        const auto all = linesOf("subjects.jsonl");
        QVERIFY(all.size() > 40);
        for (const auto& golden : all) {
            const auto der = fromBase64(golden.at("certificate").get<std::string>()).value();
            const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
            const tls::CertificatePtr certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
            const auto which = golden.at("case").get<std::string>();
            QVERIFY2(certificate != nullptr, which.c_str());
            const auto name = tls::subjectName(certificate.get());
            QVERIFY2(name == golden.at("name").get<std::string>(), (which + ": " + name).c_str());
        }
    }

    void rulesMapAsKafkaDoes() {
        const auto all = linesOf("rules.jsonl");
        QVERIFY(all.size() > 300);
        for (const auto& golden : all) {
            const auto text = golden.at("rules").get<std::string>();
            const auto rules = tls::PrincipalRules::parse(text);
            QVERIFY2(rules.has_value() == golden.at("legal").get<bool>(), text.c_str());
            if (!rules) {
                QCOMPARE(rules.error().code, ErrorCode::InvalidArgument);
                continue;
            }
            const auto name = golden.at("name").get<std::string>();
            const auto& wanted = golden.at("principal");
            const auto found = rules->principalOf(name);
            const bool same = wanted.is_null() ? !found : found == wanted.get<std::string>();
            QVERIFY2(same, (text + " of " + name + ": " + found.value_or("(none)")).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(SubjectsTest)
#include "subjects_test.moc"
