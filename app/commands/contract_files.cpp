// SPDX-License-Identifier: Apache-2.0
#include "commands/contract_parts.h"
#include "commands/text_table.h"

#include "secret_file.h"

#include <fmt/format.h>

namespace meshbone::app {

using namespace catalog;

namespace {
constexpr std::size_t kContractSentence = 1'000; // a stranger's file isn't to flood the terminal
}

Error problemsError(const std::string& path, const std::vector<FileProblem>& problems) {
    std::string all;
    for (const FileProblem& problem : problems) {
        all += all.empty() ? "" : "\n  ";
        all += fmt::format("{}:{}:{}: {}", path, problem.at.line, problem.at.column,
                           printable(problem.sentence, kContractSentence));
    }
    return {ErrorCode::InvalidArgument, std::move(all)};
}

std::optional<ContractSubject> subjectNamed(const std::string& text) {
    constexpr std::string_view kTopic = "topic:";
    constexpr std::string_view kProduct = "product:";
    if (text.starts_with(kTopic)) {
        return ContractSubject{false, text.substr(kTopic.size())};
    }
    return text.starts_with(kProduct) ? std::optional(ContractSubject{true, text.substr(kProduct.size())})
                                      : std::nullopt;
}

Result<Contract> readContractFile(const std::string& path) {
    auto text = readSmallFile(path, kMaxContractBytes);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto contract = readContract(std::move(*text));
    return contract ? Result<Contract>(std::move(*contract)) : std::unexpected(problemsError(path, contract.error()));
}

Result<Contract> agreedOrError(const Catalog& catalog, const ContractSubject& subject) {
    auto agreed = agreedContract(catalog, subject.product, subject.name);
    if (!agreed) {
        return fail(
            ErrorCode::NotFound,
            fmt::format("No contract is agreed for {}; 'meshctl contract import' agrees one.", subject.words()));
    }
    auto contract = readContract(std::move(agreed->text));
    return contract ? Result<Contract>(std::move(*contract))
                    : std::unexpected(problemsError(subject.words(), contract.error()));
}

void printFindings(const std::vector<ContractFinding>& findings) {
    for (const ContractFinding& one : findings) {
        const int line = one.after.line > 0 ? one.after.line : one.before.line;
        fmt::print("{} {}{}\n", one.isBreaking ? "!" : "-", printable(one.sentence, kContractSentence),
                   line > 0 ? fmt::format("  (line {}{})", line, one.after.line > 0 ? "" : " before") : std::string());
    }
}

Json findingsJson(const std::vector<ContractFinding>& findings) {
    Json all = Json::array();
    for (const ContractFinding& one : findings) {
        all.push_back({{"path", one.path},
                       {"what", one.sentence},
                       {"breaking", one.isBreaking},
                       {"lineBefore", one.before.line},
                       {"line", one.after.line}});
    }
    return all;
}

} // namespace meshbone::app
