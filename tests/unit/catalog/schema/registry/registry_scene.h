// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rules.h"

#include <QtTest>

namespace meshbone::test {

/// A registry without a log: what is decided is applied at once.
struct RegistryScene {
    catalog::RegistryState state;
    catalog::ParsedCache cache;

    static catalog::RegisterRequest request(const std::string& subject, const std::string& text,
                                            std::vector<catalog::SchemaReference> references = {}) {
        catalog::RegisterRequest made;
        made.subject = catalog::SubjectName::parse(subject);
        made.schema.text = text;
        made.schema.references = std::move(references);
        return made;
    }
    catalog::RegistryResult<catalog::Registered> put(const catalog::RegisterRequest& request) {
        auto registered = decideRegister(state, cache, request);
        if (registered) {
            apply(registered->records);
        }
        return registered;
    }
    catalog::RegistryResult<catalog::Registered> put(const std::string& subject, const std::string& text) {
        return put(request(subject, text));
    }
    catalog::RegistryResult<catalog::DeletedVersions> remove(const std::string& subject, bool isPermanent = false) {
        auto deleted = decideDeleteSubject(state, catalog::SubjectName::parse(subject), isPermanent);
        if (deleted) {
            apply(deleted->records);
        }
        return deleted;
    }
    catalog::RegistryResult<catalog::DeletedVersions> remove(const std::string& subject, int version,
                                                             bool isPermanent = false) {
        auto deleted = decideDeleteVersion(state, catalog::SubjectName::parse(subject), version, isPermanent);
        if (deleted) {
            apply(deleted->records);
        }
        return deleted;
    }
    void config(const std::string& subject, const std::string& json) {
        const auto record = decideConfig(state, subject, json);
        QVERIFY(record);
        state.apply(*record, 0);
    }
    /// Through their bytes, as the log would.
    void apply(const std::vector<catalog::RegistryRecord>& records) {
        for (const auto& record : records) {
            const auto bytes = encodeRegistryRecord(record);
            const auto read = catalog::decodeRegistryRecord(bytes.key, bytes.value);
            QVERIFY(read);
            QVERIFY(state.apply(*read, 0));
        }
    }
};

inline std::string recordOf(const std::string& fields, const std::string& name = "R") {
    return R"({"type":"record","name":")" + name + R"(","fields":[)" + fields + "]}";
}

} // namespace meshbone::test
