// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_review.h"

#include "widgets/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr qsizetype kNamedTopics = 3;

using Subjects = std::vector<catalog::ContractSubject>;

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Contracts", text, nullptr, count);
}

/// "Topic a", "Product b", "Topics a, b, c and 2 more".
QString targetWords(const Subjects& subjects) {
    if (subjects.size() == 1) {
        const auto& one = subjects.front();
        return (one.product ? tr("Product %1") : tr("Topic %1")).arg(text(one.name));
    }
    QStringList names;
    for (const auto& one : subjects) {
        names << text(one.name);
    }
    const auto more = static_cast<int>(names.size() - kNamedTopics);
    const auto named = names.mid(0, kNamedTopics).join(QStringLiteral(", "));
    return tr("Topics %1").arg(more > 0 ? tr("%1 and %n more", more).arg(named) : named);
}

/// What the contract says that it is for comes first, unless that is what is looked at and more: then both are offered.
std::vector<Subjects> choicesFor(const catalog::Contract& contract, const catalog::ContractSubject& here,
                                 const catalog::Catalog& catalog) {
    auto named = catalog::subjectsOf(contract);
    const bool isProduct = contract.kind == catalog::ContractKind::DataProduct;
    if (isProduct) {
        const auto products = catalog.products();
        std::erase_if(named, [&](const auto& one) {
            return std::ranges::find(products, one.name, &catalog::Product::id) == products.end();
        });
    }
    std::vector<Subjects> choices;
    if (!named.empty()) {
        choices.push_back(named);
    }
    const bool isOnlyHere = named.size() == 1 && named.front() == here;
    if (!isOnlyHere && (here.product || !isProduct)) { // no topic has a product's document
        choices.push_back({here});
    }
    return choices;
}

ContractTarget targetOf(const Subjects& subjects, const catalog::Contract& contract, const catalog::Catalog& catalog,
                        TimestampMs nowMs) {
    ContractTarget target{targetWords(subjects), {}, {}, {}};
    std::vector<catalog::Submission> submissions;
    for (const auto& subject : subjects) {
        auto agreement = catalog::agreementOf(subject, contract, catalog);
        QString replaced;
        if (agreement.before) {
            const auto before = catalog::readContract(agreement.before->text);
            replaced = before ? contractWord(*before) : tr("what is agreed and can't be read");
        }
        if (!agreement.isThere) {
            submissions.push_back(catalog::submissionOf(agreement, contract, {}));
        }
        target.replaced.push_back(std::move(replaced));
        target.agreements.push_back(std::move(agreement));
    }
    for (const auto& rehearsed : catalog.rehearse(submissions, nowMs)) {
        if (rehearsed.refused && target.refused.empty()) {
            target.refused = rehearsed.refused->message;
        }
    }
    return target;
}

int breakingIn(const ContractTarget& target) {
    int count = 0;
    for (const auto& one : target.agreements) {
        count += static_cast<int>(std::ranges::count_if(one.findings, &catalog::ContractFinding::isBreaking));
    }
    return count;
}

QString factsOf(const catalog::Contract& contract) {
    QStringList facts{contractWord(contract), standardWord(contract)};
    if (!contract.status.empty()) {
        facts << text(contract.status);
    }
    return facts.join(QStringLiteral(", ")) + u'.';
}

QString harmlessWords(const ContractTarget& target) {
    const bool isFirst = std::ranges::all_of(target.replaced, &QString::isEmpty);
    if (target.agreements.size() > 1) {
        return isFirst ? tr("None of these topics has a contract yet.")
                       : tr("It breaks nothing of what is agreed for these topics.");
    }
    return isFirst ? tr("It is the first contract of %1.").arg(subjectWord(target.agreements.front().subject))
                   : tr("It replaces %1 and breaks nothing of it.").arg(target.replaced.front());
}

} // namespace

bool ContractTarget::isThere() const {
    return std::ranges::all_of(agreements, &catalog::ContractAgreement::isThere);
}

bool ContractTarget::isBreaking() const {
    return breakingIn(*this) > 0;
}

ContractReview reviewContract(std::string text, const catalog::ContractSubject& here, const catalog::Catalog& catalog,
                              TimestampMs nowMs) {
    ContractReview review{std::move(text), {}, {}, {}};
    auto contract = catalog::readContract(review.text);
    if (!contract) {
        review.problems = std::move(contract.error());
        return review;
    }
    review.contract = std::move(*contract);
    review.problems = catalog::validateContract(*review.contract);
    if (review.problems.empty()) {
        for (const auto& subjects : choicesFor(*review.contract, here, catalog)) {
            review.targets.push_back(targetOf(subjects, *review.contract, catalog, nowMs));
        }
    }
    return review;
}

ContractVerdict verdictOf(const ContractReview& review, const ContractTarget* target) {
    if (!review.problems.empty()) {
        const auto count = static_cast<int>(review.problems.size());
        return {Tone::Danger, tr("It can't be agreed: %n thing(s) (is|are) wrong with it.", count),
                review.contract ? tr("Judged by the %1.").arg(standardWord(*review.contract)) : QString()};
    }
    if (target == nullptr) {
        return {Tone::Danger,
                tr("It describes the product “%1”, which the catalog doesn't have.").arg(text(review.contract->id)),
                tr("Make that product first, or import it for the product that it is meant for.")};
    }
    if (target->isThere()) {
        return {Tone::Neutral, tr("This is what is agreed already."), factsOf(*review.contract)};
    }
    if (!target->refused.empty()) {
        return {Tone::Danger, tr("The catalog wouldn't take it."), text(target->refused)};
    }
    if (const int breaking = breakingIn(*target); breaking > 0) {
        return {Tone::Danger, tr("%n change(s) (breaks|break) what is agreed.", breaking),
                tr("Whoever relies on it should know before. %1").arg(factsOf(*review.contract))};
    }
    return {Tone::Ok, harmlessWords(*target), factsOf(*review.contract)};
}

std::vector<ContractRow> reviewRows(const ContractReview& review, const ContractTarget* target) {
    if (!review.problems.empty() || target == nullptr) {
        return problemRows(review.problems);
    }
    std::vector<ContractRow> rows;
    for (const auto& one : target->agreements) {
        const auto of = target->agreements.size() > 1 ? text(one.subject.name) : QString();
        std::ranges::move(findingRows(one.findings, of), std::back_inserter(rows));
    }
    sortByEffect(rows);
    return rows;
}

} // namespace meshbone::ui
