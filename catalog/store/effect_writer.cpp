// SPDX-License-Identifier: Apache-2.0
#include "store/statements.h"
#include "store/tables.h"

namespace meshbone::catalog {
namespace {

struct Writer {
    Database& database;

    void operator()(const Person& person) const {
        run(database, "INSERT OR REPLACE INTO person VALUES (?, ?, ?)", person.id, person.name, person.revision);
        run(database, "DELETE FROM person_key WHERE person = ?", person.id);
        std::int64_t position = 0;
        for (const std::string& key : person.publicKeys) {
            run(database, "INSERT INTO person_key VALUES (?, ?, ?)", person.id, position++, key);
        }
    }
    void operator()(const Team& team) const {
        run(database, "INSERT OR REPLACE INTO team VALUES (?, ?, ?, ?)", team.id, team.name, team.description,
            team.revision);
        run(database, "DELETE FROM team_member WHERE team = ?", team.id);
        for (const std::string& person : team.people) {
            run(database, "INSERT INTO team_member VALUES (?, ?)", team.id, person);
        }
    }
    void operator()(const Domain& domain) const {
        run(database, "INSERT OR REPLACE INTO domain VALUES (?, ?, ?, ?, ?, ?)", domain.id, domain.name,
            domain.description, domain.owner, domain.revision, domain.created);
    }
    void operator()(const Product& product) const {
        run(database, "INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?)", product.id, product.name,
            product.description, product.domain, product.owner, product.revision);
        run(database, "DELETE FROM port WHERE product = ?", product.id);
        for (const Port& port : product.ports) {
            run(database, "INSERT INTO port VALUES (?, ?, ?, ?)", product.id, static_cast<std::int64_t>(port.direction),
                port.topic, port.description);
        }
    }
    void operator()(const TopicNote& note) const {
        run(database, "INSERT OR REPLACE INTO topic VALUES (?, ?, ?)", note.topic, note.description, note.revision);
    }
    void operator()(const AgreedContract& contract) const {
        run(database, "INSERT OR REPLACE INTO contract VALUES (?, ?, ?, ?)", std::int64_t{contract.product},
            contract.subject, contract.text, contract.revision);
    }
    template <class Thing>
    void operator()(const Thing& ofAccess) const {
        writeRow(database, ofAccess);
    }
    void operator()(const Removed& removed) const {
        if (removed.revision > 0) {
            run(database, "INSERT OR REPLACE INTO gone VALUES (?, ?, ?)", static_cast<std::int64_t>(removed.kind),
                removed.id, removed.revision);
        }
        switch (removed.kind) {
        case Kind::Person:
            run(database, "DELETE FROM person WHERE id = ?", removed.id);
            run(database, "DELETE FROM person_key WHERE person = ?", removed.id);
            break;
        case Kind::Team:
            run(database, "DELETE FROM team WHERE id = ?", removed.id);
            run(database, "DELETE FROM team_member WHERE team = ?", removed.id);
            break;
        case Kind::Domain:
            run(database, "DELETE FROM domain WHERE id = ?", removed.id);
            break;
        case Kind::Product:
            run(database, "DELETE FROM product WHERE id = ?", removed.id);
            run(database, "DELETE FROM port WHERE product = ?", removed.id);
            break;
        case Kind::Topic:
            run(database, "DELETE FROM topic WHERE topic = ?", removed.id);
            break;
        case Kind::AccessRoles:
            run(database, "DELETE FROM access_roles WHERE id = ?", removed.id);
            break;
        case Kind::Principal:
            run(database, "DELETE FROM principal WHERE principal = ?", removed.id);
            break;
        case Kind::TopicClass:
            run(database, "DELETE FROM classified WHERE product = 0 AND subject = ?", removed.id);
            break;
        case Kind::ProductClass:
            run(database, "DELETE FROM classified WHERE product = 1 AND subject = ?", removed.id);
            break;
        case Kind::Policy:
            run(database, "DELETE FROM policy WHERE id = ?", removed.id);
            break;
        case Kind::Request:
            run(database, "DELETE FROM access_request WHERE id = ?", removed.id);
            break;
        case Kind::Grant:
            run(database, "DELETE FROM access_grant WHERE id = ?", removed.id);
            break;
        case Kind::Binding:
            run(database, "DELETE FROM binding_record WHERE binding = ?", removed.id);
            break;
        case Kind::Campaign:
            run(database, "DELETE FROM campaign WHERE id = ?", removed.id);
            break;
        case Kind::TopicContract:
            run(database, "DELETE FROM contract WHERE product = 0 AND subject = ?", removed.id);
            break;
        case Kind::ProductContract:
            run(database, "DELETE FROM contract WHERE product = 1 AND subject = ?", removed.id);
            break;
        case Kind::Returns:
            run(database, "DELETE FROM binding_returns WHERE binding = ?", removed.id);
            break;
        }
    }
};

} // namespace

void writeEffect(Database& database, const Effect& effect) {
    std::visit(Writer{database}, effect);
}

} // namespace meshbone::catalog
