// SPDX-License-Identifier: Apache-2.0
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

Status checkContractText(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument, "The contract is empty; remove it instead.");
    }
    if (text.size() > kMaxAgreedContractBytes) {
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("The contract is longer than {} KiB, which the ledger takes.", kMaxAgreedContractBytes >> 10U));
    }
    // Line ends as Windows writes them are kept: a contract comes out byte for byte as it went in.
    const auto isControl = [](unsigned char c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    };
    if (std::ranges::any_of(text, isControl) || !isUtf8(text)) {
        return fail(ErrorCode::InvalidArgument, "The contract isn't a text in UTF-8.");
    }
    return {};
}

const AgreedContract* contractIn(const Mesh& mesh, bool ofProduct, const std::string& subject) {
    return (ofProduct ? mesh.productContracts : mesh.topicContracts).find(subject);
}

Status checkContractSubject(bool ofProduct, const std::string& subject) {
    return ofProduct ? checkSlug("product", subject) : checkTopicName(subject);
}

} // namespace

Result<Decision> decideOne(const PutContract& command, const Case& at) {
    const AgreedContract* old = contractIn(at.mesh, command.product, command.subject);
    if (auto checked =
            firstError({checkContractSubject(command.product, command.subject), checkContractText(command.text),
                        checkRevision(contractKind(command.product), command.subject, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.product && at.mesh.products.find(command.subject) == nullptr) {
        return notThere(Kind::Product, command.subject);
    }
    AgreedContract contract{command.product, command.subject, command.text, at.revision};
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&contract));
    return Decision{{std::move(contract)}, std::move(changes)};
}

Result<Decision> decideOne(const RemoveContract& command, const Case& at) {
    const Kind kind = contractKind(command.product);
    const AgreedContract* old = contractIn(at.mesh, command.product, command.subject);
    if (auto checked = firstError({checkContractSubject(command.product, command.subject),
                                   checkRevision(kind, command.subject, at, old ? old->revision : 0)});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old == nullptr) {
        return fail(ErrorCode::NotFound, fmt::format("The {} '{}' has no contract.",
                                                     command.product ? "product" : "topic", command.subject));
    }
    return Decision{{Removed{kind, command.subject}}, changesBetween(fieldsOf(old), {})};
}

} // namespace meshbone::catalog
