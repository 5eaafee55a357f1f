// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace meshbone::catalog {

/// What somebody said of a topic. A topic without a description has no note.
struct TopicNote {
    std::string topic, description;
    std::int64_t revision = 0;
};

/// Their order is stored.
enum class Kind : std::uint8_t {
    Person,
    Team,
    Domain,
    Product,
    Topic,
    AccessRoles, ///< one only, of id kRolesId
    Principal,
    TopicClass,
    ProductClass,
    Policy,
    Request,
    Grant,
    Binding, ///< by bindingKey()
    Campaign,
    TopicContract,
    ProductContract,
    Returns, ///< by bindingKey()
};
inline constexpr std::string_view kRolesId = "access";
struct Removed {
    Kind kind = Kind::Domain;
    std::string id;
    std::int64_t revision = 0; ///< of access: the one that removed it, which is remembered (see goneRevision)
};
/// One change of the mesh: the thing's new value, or that it is gone.
using Effect = std::variant<Person, Team, Domain, Product, TopicNote, Removed, AccessRoles, Principal, Classified,
                            Policy, AccessRequest, Grant, BindingRecord, Campaign, AgreedContract, BindingReturns>;

/// Things of one kind by id, in the order of their bytes. share() gives a second shelf in constant time; whichever of
/// the two is changed first after that copies its index (not the things). Not thread-safe; a const one may be read by
/// many.
template <class T>
class Shelf {
public:
    using Items = std::map<std::string, std::shared_ptr<const T>, std::less<>>;

    Shelf()
        : m_items(std::make_shared<Items>()) {}
    Shelf(Shelf&&) noexcept = default;
    Shelf& operator=(Shelf&&) noexcept = default;

    [[nodiscard]] const Items& items() const { return *m_items; }
    [[nodiscard]] const T* find(std::string_view id) const {
        const auto found = m_items->find(id);
        return found == m_items->end() ? nullptr : found->second.get();
    }
    [[nodiscard]] std::vector<T> values() const {
        std::vector<T> out;
        out.reserve(m_items->size());
        for (const auto& [id, value] : *m_items) {
            out.push_back(*value);
        }
        return out;
    }

    void put(const std::string& id, T value) { own()[id] = std::make_shared<const T>(std::move(value)); }
    void remove(std::string_view id) {
        Items& items = own();
        if (const auto found = items.find(id); found != items.end()) {
            items.erase(found);
        }
    }
    /// A second shelf in linear time, without a mark on this one: for a trial on what others read.
    [[nodiscard]] Shelf copy() const {
        Shelf other;
        *other.m_items = *m_items;
        return other;
    }
    [[nodiscard]] Shelf share() {
        m_shared = true;
        Shelf other;
        other.m_items = m_items;
        other.m_shared = true;
        return other;
    }

private:
    Items& own() {
        if (m_shared) {
            m_items = std::make_shared<Items>(*m_items);
            m_shared = false;
        }
        return *m_items;
    }
    std::shared_ptr<Items> m_items;
    bool m_shared = false; ///< invariant: false only while no other shelf holds m_items
};

/// The state of the mesh after a prefix of the ledger. Value type; equal prefixes give equal states.
struct Mesh {
    Shelf<Person> people;
    Shelf<Team> teams;
    Shelf<Domain> domains;
    Shelf<Product> products;
    Shelf<TopicNote> topics;
    Shelf<std::string> outputs; ///< topic -> the product that offers it; derived from products
    Shelf<AccessRoles> roles;
    Shelf<Principal> principals;
    Shelf<Classified> topicClasses, productClasses;
    Shelf<Policy> policies;
    Shelf<AccessRequest> requests;
    Shelf<Grant> grants;
    Shelf<BindingRecord> bindings;
    Shelf<BindingReturns> returns;
    Shelf<Campaign> campaigns;
    Shelf<AgreedContract> topicContracts, productContracts;
    Shelf<std::int64_t> gone; ///< by goneKey: the revision that removed a thing of access last

    void perform(const Effect& effect);
    /// A second mesh with the same content, in constant time.
    [[nodiscard]] Mesh share();
    /// The same in linear time, for a const mesh.
    [[nodiscard]] Mesh copy() const;
};

/// Of topics, then of products.
std::vector<AgreedContract> contractsIn(const Mesh& mesh);

std::string_view kindName(Kind kind);
constexpr Kind contractKind(bool product) {
    return product ? Kind::ProductContract : Kind::TopicContract;
}

std::string goneKey(Kind kind, std::string_view id);
/// The revision that removed a thing last; 0: none did. It stands for "not there" in things of access, so that an entry
/// that made the thing can't be played again once it is gone.
std::int64_t goneRevision(const Mesh& mesh, Kind kind, std::string_view id);

/// A binding as one line, unique: "ALLOW READ TOPIC LITERAL flights User:x *", blanks and '%' in names as %20 and %25.
std::string bindingKey(const backbone::AclBinding& binding);

} // namespace meshbone::catalog
