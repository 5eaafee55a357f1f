// SPDX-License-Identifier: Apache-2.0
#include "contract/compare.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace meshbone::catalog {
namespace {

/// How strict a classification is: by name, or the numbers that some use; -1: nobody can say.
int strictness(const std::string& classification) {
    constexpr std::array<std::string_view, 4> kNames{"public", "internal", "confidential", "restricted"};
    const auto found = std::ranges::find(kNames, classification);
    if (found != kNames.end()) {
        return static_cast<int>(found - kNames.begin());
    }
    return classification.size() == 1 && classification[0] >= '1' && classification[0] <= '9' ? classification[0] - '0'
                                                                                              : -1;
}

/// Two versions of one property.
class PropertyChange {
public:
    PropertyChange(std::string path, const ContractProperty& before, const ContractProperty& after, Findings& findings)
        : m_path(std::move(path))
        , m_before(before)
        , m_after(after)
        , m_findings(findings) {}

    void run() const {
        const auto words = [&](const char* what) { return fmt::format("The {} of '{}'", what, m_path); };
        change(words("physical name"), m_before.physicalPath, m_after.physicalPath, true);
        change(words("logical type"), m_before.logicalType, m_after.logicalType, !m_before.logicalType.empty());
        change(words("physical type"), m_before.physicalType, m_after.physicalType, !m_before.physicalType.empty());
        flag(m_before.isRequired, m_after.isRequired, "was always there, now it may be absent", true,
             "may have been absent, now it is always there");
        flag(m_before.isUnique, m_after.isUnique, "was unique, now it may repeat", true,
             "may have repeated, now it is unique");
        flag(m_before.isPrimaryKey, m_after.isPrimaryKey, "is no longer part of the primary key", true,
             "is now part of the primary key");
        classification();
        change(words("description"), m_before.description, m_after.description, false);
    }

private:
    void change(const std::string& what, const std::string& before, const std::string& after, bool isBreaking) const {
        m_findings.change(m_path, what, before, after, isBreaking, m_before.at, m_after.at);
    }
    /// A primary key that grows also breaks what is keyed by it.
    void flag(bool before, bool after, const char* lost, bool isLossBreaking, const char* gained) const {
        if (before != after) {
            const bool isKey =
                m_before.isPrimaryKey != m_after.isPrimaryKey && std::string_view(gained).ends_with("key");
            m_findings.add(m_path, fmt::format("'{}' {}.", m_path, before ? lost : gained),
                           before ? isLossBreaking : isKey, m_before.at, m_after.at);
        }
    }
    /// Stricter breaks: whoever reads it may no longer be allowed to.
    void classification() const {
        if (m_before.classification == m_after.classification) {
            return;
        }
        const int was = strictness(m_before.classification);
        const int is = strictness(m_after.classification);
        const bool isLooser = was >= 0 && is >= 0 && is < was;
        change(fmt::format("The classification of '{}'", m_path), m_before.classification, m_after.classification,
               !isLooser);
    }

    const std::string m_path;
    const ContractProperty& m_before;
    const ContractProperty& m_after;
    Findings& m_findings;
};

/// Things by the name that is the same in both versions; of several of one name the first.
template <class Thing, class Name>
std::map<std::string_view, const Thing*> byName(const std::vector<Thing>& things, Name name) {
    std::map<std::string_view, const Thing*> named;
    for (const Thing& thing : things) {
        named.emplace(std::invoke(name, thing), &thing);
    }
    return named;
}
template <class Thing>
const Thing* named(const std::map<std::string_view, const Thing*>& things, std::string_view name) {
    const auto found = things.find(name);
    return found == things.end() ? nullptr : found->second;
}

/// What is inside of a property that is new or gone needs no sentence of its own.
bool isInside(const std::string& path, const std::string& outer) {
    return !outer.empty() && path.size() > outer.size() && path.starts_with(outer) &&
           (path[outer.size()] == '.' || path[outer.size()] == '[');
}

void compareProperties(const ContractObject& before, const ContractObject& after, Findings& findings) {
    const auto was = byName(before.properties, &ContractProperty::path);
    const auto is = byName(after.properties, &ContractProperty::path);
    std::string dropped;
    for (const ContractProperty& property : before.properties) {
        const std::string path = before.name + "." + property.path;
        if (const ContractProperty* now = named(is, property.path)) {
            PropertyChange(path, property, *now, findings).run();
        } else if (!isInside(property.path, dropped)) {
            dropped = property.path;
            findings.add(path, fmt::format("'{}' is gone.", path), true, property.at, after.at);
        }
    }
    std::string added;
    for (const ContractProperty& property : after.properties) {
        if (named(was, property.path) == nullptr && !isInside(property.path, added)) {
            added = property.path;
            const std::string path = after.name + "." + property.path;
            findings.add(path, fmt::format("'{}' is new.", path), false, before.at, property.at);
        }
    }
}

} // namespace

void compareObjects(const Contract& before, const Contract& after, Findings& findings) {
    const auto was = byName(before.objects, &ContractObject::name);
    const auto is = byName(after.objects, &ContractObject::name);
    for (const ContractObject& object : before.objects) {
        const ContractObject* now = named(is, object.name);
        if (now == nullptr) {
            findings.add(object.name, fmt::format("'{}' is no longer in the contract.", object.name), true, object.at);
            continue;
        }
        const bool isTopic = object.physicalType == "topic";
        findings.change(object.name, fmt::format("The {} of '{}'", isTopic ? "topic" : "physical name", object.name),
                        object.physicalName, now->physicalName, true, object.at, now->at);
        findings.change(object.name, fmt::format("The physical type of '{}'", object.name), object.physicalType,
                        now->physicalType, true, object.at, now->at);
        findings.change(object.name, fmt::format("The description of '{}'", object.name), object.description,
                        now->description, false, object.at, now->at);
        compareProperties(object, *now, findings);
    }
    for (const ContractObject& object : after.objects) {
        if (named(was, object.name) == nullptr) {
            findings.add(object.name, fmt::format("'{}' is new in the contract.", object.name), false, {}, object.at);
        }
    }
}

} // namespace meshbone::catalog
