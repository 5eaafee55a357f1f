// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_words.h"

#include "widgets/format.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Contracts", text);
}

} // namespace

QString subjectWord(const catalog::ContractSubject& subject) {
    return (subject.product ? tr("the product %1") : tr("the topic %1")).arg(text(subject.name));
}

QString standardWord(const catalog::Contract& contract) {
    const auto name = contract.kind == catalog::ContractKind::DataProduct
                          ? QStringLiteral("Open Data Product Standard")
                          : QStringLiteral("Open Data Contract Standard");
    const auto version = text(contract.apiVersion);
    return version.isEmpty() ? name : name + u' ' + (version.startsWith(u'v') ? version.mid(1) : version);
}

QString contractWord(const catalog::Contract& contract) {
    const auto title = text(catalog::titleOf(contract));
    const auto name = title.isEmpty() ? tr("the contract") : QStringLiteral("“%1”").arg(title);
    return contract.version.empty() ? name : name + u' ' + text(contract.version);
}

ChipSpec statusChip(const std::string& status) {
    // The statuses that the standards name; others are shown as they are.
    const auto tone = status == "active"       ? Tone::Ok
                      : status == "deprecated" ? Tone::Warn
                      : status == "retired"    ? Tone::Danger
                                               : Tone::Neutral;
    const bool isToCome = status == "draft" || status == "proposed";
    return {text(status), tone, isToCome ? QStringLiteral("pending") : toneIcon(tone), {}};
}

QString contractFileName(const catalog::ContractSubject& subject, catalog::ContractKind kind) {
    return text(subject.name) +
           (kind == catalog::ContractKind::DataProduct ? QStringLiteral(".odps.yaml") : QStringLiteral(".odcs.yaml"));
}

} // namespace meshbone::ui
