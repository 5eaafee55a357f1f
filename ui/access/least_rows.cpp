// SPDX-License-Identifier: Apache-2.0
// The words of least privilege.
#include "access/access_words.h"
#include "access/drift_words.h"
#include "access/least_answer.h"
#include "widgets/format.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

constexpr std::size_t kNamed = 4; ///< in a cell; the rest is told as a number

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("LeastPrivilege", text, nullptr, n);
}

/// "a, b and 3 more"; at most as many as are asked for.
template <class Things, class Words>
QString listed(const Things& things, std::size_t most, Words words) {
    QStringList list;
    for (std::size_t i = 0; i < std::min(things.size(), most); ++i) {
        list << words(things[i]);
    }
    const auto shown = list.join(QStringLiteral(", "));
    return things.size() > most ? tr("%1 and %n more", static_cast<int>(things.size() - most)).arg(shown) : shown;
}

QString reachWords(const catalog::ReachChange& change) {
    QStringList operations;
    for (const auto one : change.operations) {
        operations << QString::fromUtf8(name(one).data());
    }
    return QStringLiteral("%1 %2").arg(operations.join(u','), text(change.resource));
}

QString removesWords(const catalog::LeastCut& cut, std::size_t most) {
    if (!cut.isTold) {
        return tr("told of the first %n cut(s) only", static_cast<int>(catalog::kCutsTold));
    }
    if (!cut.removes.empty()) {
        return listed(cut.removes, most, reachWords);
    }
    const bool isOpenEnded = cut.binding.pattern == backbone::PatternType::Prefixed || cut.binding.resource == "*";
    return isOpenEnded ? tr("nothing that is there") : tr("nothing: others allow the same");
}

QString enoughWords(const std::vector<const backbone::AclBinding*>& made, const catalog::BindingUse& use,
                    std::size_t most) {
    if (!made.empty()) {
        return listed(made, most, [](const auto* one) { return resourceWords(*one); });
    }
    return use.isUsed() ? tr("what stays") : tr("nothing");
}

/// Empty: no prefix stands for any of it.
QString opensWords(const std::vector<const catalog::LeastPrefix*>& prefixes, std::size_t most) {
    if (prefixes.empty()) {
        return {};
    }
    std::vector<std::string> names;
    for (const auto* prefix : prefixes) {
        names.insert(names.end(), prefix->opens.begin(), prefix->opens.end());
    }
    return names.empty() ? tr("nothing that is there") : listed(names, most, [](const auto& one) { return text(one); });
}

QString grantWords(const catalog::Wanted& wanted, const backbone::AclBinding& binding, std::size_t most) {
    const auto found = wanted.find(binding);
    return found == wanted.end() ? tr("no grant wants it")
                                 : listed(found->second.grants, most, [](const auto& one) { return text(one); });
}

QString usedWords(const LeastAnswer& answer, const catalog::BindingUse& use) {
    return use.isUsed() ? agoText(use.lastMs, answer.look->survey.context.nowMs) : tr("not seen");
}

QString keptWords(catalog::KeptFor reason) {
    switch (reason) {
    case catalog::KeptFor::Deny:
        return tr("A DENY keeps somebody out; what was seen can't judge it.");
    case catalog::KeptFor::YoungGrant:
        return tr("Its grant is younger than what was seen.");
    case catalog::KeptFor::NotOwn:
        return tr("Nobody agreed to it here; see Drift.");
    case catalog::KeptFor::Asking:
        return tr("It lets everybody ask for access; who may ask is changed under Policies.");
    case catalog::KeptFor::OnlyInferred:
        return tr("Only the groups of its principal were seen, not all that it does.");
    }
    return {};
}

} // namespace

std::vector<LeastRow> leastRows(const LeastAnswer& answer) {
    const auto& instead = *answer.instead;
    std::vector<LeastRow> rows;
    rows.reserve(answer.cuts.size());
    for (std::size_t i = 0; i < answer.cuts.size(); ++i) {
        const auto& cut = answer.cuts[i];
        rows.push_back({i, grantWords(answer.look->survey.agreed.wanted, cut.binding, kNamed),
                        bindingWords(cut.binding), enoughWords(instead.of(cut.binding), cut.use, kNamed),
                        removesWords(cut, kNamed), opensWords(instead.prefixesOf(cut.binding), kNamed),
                        usedWords(answer, cut.use)});
    }
    return rows;
}

QString enoughExactly(const LeastAnswer& answer, std::size_t cut) {
    const auto& one = answer.cuts[cut];
    return enoughWords(answer.instead->of(one.binding), one.use, std::string::npos);
}
QString removesExactly(const LeastAnswer& answer, std::size_t cut) {
    return removesWords(answer.cuts[cut], std::string::npos);
}
QString opensExactly(const LeastAnswer& answer, std::size_t cut) {
    return opensWords(answer.instead->prefixesOf(answer.cuts[cut].binding), std::string::npos);
}

QList<Column> leftAloneColumns() {
    return {{QStringLiteral("principal"), tr("Principal"), 180, false, false},
            {QStringLiteral("grants"), tr("Grant"), 160, false, false},
            {QStringLiteral("binding"), tr("What it has"), 280, false, false},
            {QStringLiteral("reason"), tr("Why it is left alone"), 360, false, true}};
}

std::vector<AnswerRow> leftAloneRows(const LeastAnswer& answer) {
    std::vector<AnswerRow> rows;
    rows.reserve(answer.plan.kept.size());
    for (const auto& [binding, reason] : answer.plan.kept) {
        rows.push_back(
            {text(describe(binding)),
             {{cell::mono(shortPrincipal(binding.principal))},
              {cell::text(grantWords(answer.look->survey.agreed.wanted, binding, kNamed))},
              {cell::mono(bindingWords(binding))},
              {cell::secondary(keptWords(reason))}},
             {text(binding.principal), grantWords(answer.look->survey.agreed.wanted, binding, std::string::npos)}});
    }
    return rows;
}

} // namespace meshbone::ui
