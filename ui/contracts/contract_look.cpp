// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_look.h"

#include "schemas/schema_words.h"
#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kEntriesLooked = 50; // of a topic and a product of one name, the newest first

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Contracts", text, nullptr, count);
}

/// Who agreed it and when. An undo agrees it again: its entry is what counts then.
void addEntry(ContractLook& look, const catalog::Catalog& catalog) {
    look.entry = look.agreed->revision - 1;
    catalog::LedgerQuery query;
    query.act = "contract.put";
    query.subject = look.agreed->subject;
    query.limit = kEntriesLooked;
    const auto page = catalog.entries(query);
    if (!page) {
        return; // what is agreed is known all the same
    }
    const auto found = std::ranges::find(page->entries, look.entry, &catalog::LedgerEntry::number);
    if (found != page->entries.end()) {
        look.author = found->author;
        look.why = found->why;
        look.agreedMs = found->timeMs;
    }
}

void checkTopic(ContractLook& look, const catalog::Catalog& catalog, const catalog::SchemaBook& book,
                const std::string& topic) {
    look.saysEvents = catalog::objectOfTopic(*look.contract, topic) != nullptr;
    if (!look.notChecked.isEmpty()) {
        look.findings = catalog::checkBinding(*look.contract, topic, catalog);
        return;
    }
    look.findings = catalog::checkTopicContract(*look.contract, topic, catalog, book);
    std::ranges::stable_partition(look.findings, &catalog::ContractFinding::isBreaking);
    if (const auto schema = catalog::valueSchemaOf(book, topic)) {
        look.comparedWith = tr("%1 of %2").arg(versionWord(schema->version), text(schema->subject));
    }
}

} // namespace

int ContractLook::breaking() const {
    return static_cast<int>(std::ranges::count_if(findings, &catalog::ContractFinding::isBreaking));
}

Result<ContractLook> lookAtContract(const catalog::Catalog& catalog, const catalog::SchemaBook& book,
                                    const catalog::ContractSubject& subject, const QString& notChecked) {
    ContractLook look;
    look.notChecked = notChecked;
    look.agreed = catalog::agreedContract(catalog, subject.product, subject.name);
    if (!look.agreed) {
        return look;
    }
    addEntry(look, catalog);
    auto contract = catalog::readContract(look.agreed->text);
    if (!contract) {
        look.problems = std::move(contract.error());
        return look;
    }
    look.contract = std::move(*contract);
    if (!subject.product) {
        checkTopic(look, catalog, book, subject.name);
    } else if (notChecked.isEmpty()) {
        look.findings = catalog::checkProductContract(*look.contract, subject.name, catalog, book);
    }
    return look;
}

ContractVerdict verdictOf(const ContractLook& look, const catalog::ContractSubject& subject, TimestampMs checkedMs) {
    if (!look.contract) {
        return {Tone::Danger, tr("What is agreed can't be read as a contract."),
                tr("It was agreed by a program that doesn't look at it; agree a valid one instead.")};
    }
    if (!look.notChecked.isEmpty()) {
        return {Tone::Neutral, tr("The schemas can't be asked whether they keep it."), look.notChecked};
    }
    const int breaking = look.breaking();
    auto detail = look.comparedWith.isEmpty()
                      ? tr("Looked at %1.").arg(formatClock(checkedMs))
                      : tr("Compared with %1 at %2.").arg(look.comparedWith, formatClock(checkedMs));
    if (breaking > 0) {
        return {Tone::Danger,
                subject.product ? tr("%n thing(s) that the product offers (breaks|break) what is promised.", breaking)
                                : tr("The schema breaks the contract in %n place(s).", breaking),
                detail};
    }
    if (!look.saysEvents) {
        return {Tone::Neutral, tr("The contract doesn't say what an event looks like, so no schema can break it."), {}};
    }
    return {Tone::Ok,
            subject.product ? tr("What the product offers keeps its contracts.") : tr("The schema keeps the contract."),
            detail};
}

} // namespace meshbone::ui
