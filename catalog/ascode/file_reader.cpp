// SPDX-License-Identifier: Apache-2.0
#include "ascode/file_fields.h"
#include "ascode/thing_lines.h"
#include "product/names.h"

#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace meshbone::catalog {
namespace {

std::string named(std::string_view kind, std::string_view id) {
    return fmt::format("{} '{}'", kind, clipped(id));
}

class Reader {
public:
    std::expected<AccessFile, std::vector<FileProblem>> read(const YamlNode& root) {
        if (root.kind != YamlNode::Kind::Map) {
            m_problems.add(root.at, fmt::format("The file is empty; it begins with '{}: {}'.", kFormKey, kForm));
        } else {
            readTop(root);
        }
        if (m_problems.isEmpty()) {
            checkTogether();
        }
        auto problems = m_problems.take();
        if (!problems.empty()) {
            std::ranges::stable_sort(problems, {},
                                     [](const FileProblem& one) { return std::tuple(one.at.line, one.at.column); });
            return std::unexpected(std::move(problems));
        }
        return std::move(m_file);
    }

private:
    void readTop(const YamlNode& root) {
        FileFields fields(root, "The file", m_problems);
        const std::string form = fields.needed(kFormKey);
        if (!form.empty() && form != kForm) {
            fields.complain(
                fields.placeOf(kFormKey),
                fmt::format("its form '{}' isn't known here; this Meshbone reads '{}'.", clipped(form), kForm));
        }
        m_file.covers = fields.texts("covers");
        if (const YamlNode* policies = fields.map("policies")) {
            m_file.policies = all<FilePolicy>(*policies, &Reader::policy);
        }
        if (const YamlNode* principals = fields.map("principals")) {
            m_file.principals = all<FilePrincipal>(*principals, &Reader::principal);
        }
        if (const YamlNode* products = fields.map("products")) {
            m_file.products = all<FileProduct>(*products, &Reader::product);
        }
        if (const YamlNode* topics = fields.map("topics")) {
            m_file.topics = all<FileTopic>(*topics, &Reader::topic);
        }
        if (const YamlNode* grants = fields.map("grants")) {
            m_file.grants = all<FileGrant>(*grants, &Reader::grant);
        }
    }

    template <class Thing>
    std::vector<Thing> all(const YamlNode& section, Thing (Reader::*read)(const std::string&, const YamlNode&)) {
        std::vector<Thing> things;
        for (std::size_t i = 0; i < section.items.size(); ++i) {
            things.push_back((this->*read)(section.keys[i], section.items[i]));
            things.back().at = section.keyPlaces[i];
        }
        return things;
    }

    FilePolicy policy(const std::string& id, const YamlNode& node) {
        FileFields fields(node, named("policy", id), m_problems);
        FilePolicy file;
        Policy& policy = file.policy;
        policy.id = id;
        policy.name = fields.needed("name");
        const std::string reach = fields.needed("for");
        const std::size_t blank = std::min(reach.find(' '), reach.size());
        if (const auto known = catalog::named<PolicyReach>(reach.substr(0, blank))) {
            policy.reach = *known;
            policy.subject = reach.substr(std::min(blank + 1, reach.size()));
        } else if (!reach.empty()) {
            fields.complain(fields.placeOf("for"),
                            "'for' is 'mesh', or 'domain', 'product', 'topic' or 'classification' and which one, for "
                            "example 'product flights'.");
        }
        policy.approval = fields.oneOf("approval", Approval::Unsaid);
        policy.approvers = fields.text("approvers");
        policy.people = fields.number("people");
        policy.maxDays = fields.number("max-days");
        policy.lapseDays = fields.number("lapse-days");
        policy.allowsEverything = fields.flag("allows-everything");
        return file;
    }

    FilePrincipal principal(const std::string& id, const YamlNode& node) {
        FileFields fields(node, named("principal", id), m_problems);
        FilePrincipal file;
        file.principal.principal = id;
        file.principal.name = fields.needed("name");
        file.principal.kind = fields.oneOf("kind", PrincipalKind::Service);
        file.principal.team = fields.text("team");
        file.principal.person = fields.text("person");
        file.principal.disabled = fields.flag("disabled");
        return file;
    }

    FileProduct product(const std::string& id, const YamlNode& node) {
        FileFields fields(node, named("product", id), m_problems);
        FileProduct file;
        Product& product = file.product;
        product.id = id;
        product.name = fields.needed("name");
        product.description = fields.text("description");
        product.domain = fields.needed("domain");
        product.owner = fields.needed("owner");
        file.level = fields.oneOf("classification", Classification::Internal);
        if (const YamlNode* ports = fields.list("ports")) {
            for (const YamlNode& one : ports->items) {
                port(file, one);
            }
        }
        std::ranges::sort(product.ports, {}, [](const Port& one) { return std::tie(one.direction, one.topic); });
        return file;
    }

    void port(FileProduct& file, const YamlNode& node) {
        FileFields fields(node, named("a port of product", file.product.id), m_problems);
        const std::string output = fields.text("output"), input = fields.text("input");
        Port port{output.empty() ? input : output, output.empty() ? PortDirection::Input : PortDirection::Output,
                  fields.text("description")};
        const auto level = fields.oneOf("classification", Classification::Internal);
        if (output.empty() == input.empty()) {
            fields.complain(node.at, "a port is an 'output' or an 'input', and names its topic.");
            return;
        }
        const bool twice = std::ranges::any_of(file.product.ports, [&](const Port& one) {
            return one.topic == port.topic && one.direction == port.direction;
        });
        if (twice) {
            fields.complain(node.at, fmt::format("'{}' is there twice.", clipped(port.topic)));
            return;
        }
        if (level != Classification::Internal) {
            if (output.empty()) {
                fields.complain(fields.placeOf("classification"),
                                "a topic is classified where it is an output, or under 'topics'.");
            }
            file.topics[port.topic] = level;
        }
        file.product.ports.push_back(std::move(port));
    }

    FileTopic topic(const std::string& name, const YamlNode& node) {
        FileFields fields(node, named("topic", name), m_problems);
        FileTopic file{name, fields.oneOf("classification", Classification::Internal), {}};
        if (node.kind == YamlNode::Kind::Map && file.level == Classification::Internal) {
            fields.complain(node.at, "only what is 'confidential' or 'restricted' is listed; take it out.");
        }
        return file;
    }

    FileGrant grant(const std::string& id, const YamlNode& node) {
        FileFields fields(node, named("grant", id), m_problems);
        FileGrant file;
        file.id = id;
        AccessScope& scope = file.scope;
        scope.principal = fields.needed("principal");
        const std::string role = fields.needed("role");
        if (const auto known = roleNamed(role)) {
            scope.role = *known;
        } else if (!role.empty()) {
            fields.complain(fields.placeOf("role"), roles());
        }
        if (const std::string host = fields.text("host"); !host.empty()) {
            scope.host = host;
        }
        scope.reads = fields.patterns("reads");
        scope.writes = fields.patterns("writes");
        scope.group = fields.pattern("group");
        scope.transactionalId = fields.pattern("transactional-id");
        file.product = fields.text("product");
        file.purpose = fields.needed("purpose");
        file.untilMs = fields.time("until");
        file.conditions = fields.text("conditions");
        return file;
    }

    static std::string roles() {
        std::string all;
        for (std::size_t role = 0; role < kRoles; ++role) {
            (all += all.empty() ? "'role' is one of " : ", ") += roleName(static_cast<Role>(role));
        }
        return all + ".";
    }

    /// What no thing can see by itself.
    void checkTogether() {
        std::set<std::string> outputs;
        static const std::vector<FileProduct> kNoProducts;
        static const std::vector<FileTopic> kNoTopics;
        for (const FileProduct& file : m_file.products ? *m_file.products : kNoProducts) {
            if (!m_file.covers.empty() && std::ranges::count(m_file.covers, file.product.id) == 0) {
                m_problems.add(file.at, fmt::format("{}: the file doesn't cover it; add it to 'covers'.",
                                                    named("product", file.product.id)));
            }
            for (const Port& port : file.product.ports) {
                if (port.direction == PortDirection::Output && !outputs.insert(port.topic).second) {
                    m_problems.add(file.at, fmt::format("{}: topic '{}' is another product's output already.",
                                                        named("product", file.product.id), clipped(port.topic)));
                }
            }
        }
        for (const FileTopic& topic : m_file.topics ? *m_file.topics : kNoTopics) {
            if (outputs.contains(topic.topic)) {
                m_problems.add(topic.at, fmt::format("{}: it is a product's output; classify it at that port.",
                                                     named("topic", topic.topic)));
            }
        }
        if (!m_file.covers.empty() && m_file.topics) {
            m_problems.add({}, "A file that covers some products only has no section 'topics'.");
        }
    }

    AccessFile m_file;
    Problems m_problems;
};

} // namespace

std::expected<AccessFile, std::vector<FileProblem>> readAccessFile(std::string_view text) {
    const auto root = readYaml(text, {.maxBytes = kMaxAccessFileBytes});
    return root ? Reader().read(*root)
                : std::expected<AccessFile, std::vector<FileProblem>>(std::unexpected(std::vector{root.error()}));
}

} // namespace meshbone::catalog
