// SPDX-License-Identifier: Apache-2.0
#include "access/request_changes.h"

#include "shell/ledger_words.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_covers.h>

#include <QCoreApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kEntriesOfPage = 500, kMostPages = 4;
constexpr std::size_t kMostShown = 12;

QString tr(const char* text) {
    return QCoreApplication::translate("Access", text);
}

/// Which entries bear on a request.
class Bearing {
public:
    explicit Bearing(const AskedSince& asked)
        : m_asked(asked) {
        m_products.insert(asked.product);
        for (const auto& [topic, facts] : asked.catalog->facts) {
            if (coversTopic(asked.scope, topic)) {
                m_products.insert(facts.product);
            }
        }
        m_products.erase(std::string());
    }

    [[nodiscard]] bool isOwn(const catalog::LedgerEntry& entry) const {
        return entry.subject == m_asked.id && entry.act == "request.amend";
    }
    [[nodiscard]] bool bears(const catalog::LedgerEntry& entry) const {
        const auto& act = entry.act;
        if (act == "product.put") {
            return m_products.contains(entry.subject) && changes(entry, "owner");
        }
        if (act == "port.put" || act == "port.remove") {
            return m_products.contains(entry.subject) && concernsPort(entry);
        }
        if (act == "access.classify") {
            return m_products.contains(entry.subject) || coversTopic(m_asked.scope, entry.subject);
        }
        if (act == "policy.remove") {
            return true; // whether it applied, nobody can say any more
        }
        if (act == "policy.put") {
            return std::ranges::find(m_asked.policies, entry.subject) != m_asked.policies.end();
        }
        if (act == "principal.put" || act == "principal.remove") {
            return entry.subject == m_asked.scope.principal;
        }
        return isOfGrant(entry);
    }

private:
    static bool changes(const catalog::LedgerEntry& entry, const char* field) {
        return std::ranges::find(entry.changes, field, &catalog::FieldChange::field) != entry.changes.end();
    }
    /// A topic that it covers came to a product, or went.
    [[nodiscard]] bool concernsPort(const catalog::LedgerEntry& entry) const {
        constexpr std::string_view kOutput = "output ";
        return std::ranges::any_of(entry.changes, [&](const catalog::FieldChange& change) {
            return change.field.starts_with(kOutput) && coversTopic(m_asked.scope, change.field.substr(kOutput.size()));
        });
    }
    [[nodiscard]] bool isOfGrant(const catalog::LedgerEntry& entry) const {
        const bool isDecision = entry.act == "request.approve" || entry.act == "request.submit" ||
                                (entry.act.starts_with("grant.") && entry.act != "grant.report");
        const auto* grant =
            isDecision && entry.subject != m_asked.id ? m_asked.catalog->access.grant(entry.subject) : nullptr;
        return grant != nullptr && grant->scope.principal == m_asked.scope.principal;
    }

    const AskedSince& m_asked;
    std::set<std::string> m_products; ///< that offer what it covers, and whose port was asked for
};

QString shownField(const catalog::FieldChange& change) {
    const auto field = text(change.field);
    const auto shown = [&](const std::optional<std::string>& value) {
        return value && !value->empty() ? shownValue(field, text(*value)) : tr("none");
    };
    return QStringLiteral("%1: %2 → %3").arg(field, shown(change.before), shown(change.after));
}

/// What a person decides by, not what the ledger keeps beside it.
bool isTold(const catalog::FieldChange& change) {
    return change.field != "lapses" && !change.field.starts_with("decision ") &&
           !change.field.starts_with("comment ") && !change.field.starts_with("reminder ");
}

RequestChange changeOf(const catalog::LedgerEntry& entry, const CatalogView& catalog, bool ofItself) {
    RequestChange change{entry.timeMs, {}, {}, ofItself};
    change.sentence = tr("%1, by %2")
                          .arg(ofItself ? entryTitle(entry) : actSentence(entry, &catalog.access),
                               text(catalog.personName(entry.author)));
    const bool isNew = std::ranges::none_of(entry.changes, [](const auto& one) { return one.before.has_value(); });
    for (const auto& field : entry.changes) {
        if (!isNew && isTold(field)) {
            change.fields << shownField(field);
        }
    }
    return change;
}

} // namespace

RequestChanges changesSince(const catalog::Catalog& ledger, const AskedSince& asked) {
    RequestChanges changes;
    if (asked.sinceMs < 0) {
        return changes;
    }
    const Bearing bearing(asked);
    catalog::LedgerQuery query;
    query.fromMs = asked.sinceMs;
    query.limit = kEntriesOfPage;
    for (std::size_t page = 0; page < kMostPages; ++page) {
        const auto found = ledger.entries(query);
        if (!found) {
            changes.problem = text(found.error().message);
            return changes;
        }
        for (const auto& entry : found->entries) {
            const bool isOwn = entry.accepted && bearing.isOwn(entry);
            if (isOwn || (entry.accepted && bearing.bears(entry))) {
                changes.all.push_back(changeOf(entry, *asked.catalog, isOwn));
            }
        }
        query.offset += found->entries.size();
        if (found->entries.size() < query.limit) {
            return changes;
        }
    }
    changes.isWhole = false;
    return changes;
}

QWidget* changesWidget(const RequestChanges& changes) {
    if (changes.all.empty() && changes.isWhole && changes.problem.isEmpty()) {
        return nullptr;
    }
    auto* widget = new QWidget;
    widget->setObjectName(QStringLiteral("changesSince"));
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const auto add = [&](const QString& sentence, Token ink) {
        auto* label = new Label(sentence, TextStyle::Secondary, ink);
        label->setWordWrap(true);
        layout->addWidget(label);
    };
    for (std::size_t i = 0; i < std::min(changes.all.size(), kMostShown); ++i) {
        const auto& change = changes.all[i];
        add(QStringLiteral("%1: %2").arg(formatTime(change.atMs), change.sentence),
            change.ofItself ? toneInk(Tone::Warn) : Token::Text1);
        for (const auto& field : change.fields) {
            add(field, Token::Text2);
        }
    }
    if (!changes.problem.isEmpty()) {
        add(tr("What has changed isn't known: %1").arg(changes.problem), toneInk(Tone::Warn));
    } else if (changes.all.size() > kMostShown || !changes.isWhole) {
        add(tr("There is more; the Audit page has all of it."), Token::Text2);
    }
    return widget;
}

} // namespace meshbone::ui
