// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/open_registry.h"

#include <catalog/contract_of.h>

#include <optional>
#include <string>
#include <vector>

namespace meshbone::app {

// How the commands of `meshctl contract` are put together. Within app/commands/contract*.cpp.

struct ContractOptions : CommonOptions {
    RegistryOptions registry;
    std::string first, second, value, product, why;
    std::vector<std::string> topics;
    bool isBreaking = false, isDraft = false;
};

using catalog::ContractSubject;

/// "topic:NAME" and "product:NAME": what is agreed for it; nothing: it is something else.
std::optional<ContractSubject> subjectNamed(const std::string& text);
/// Reads and understands a file; InvalidArgument with a line "file:12:5: …" for each problem.
Result<catalog::Contract> readContractFile(const std::string& path);
/// The contract that is agreed; NotFound where there is none.
Result<catalog::Contract> agreedOrError(const catalog::Catalog& catalog, const ContractSubject& subject);
/// What stands in `problems`, as the error of that file.
Error problemsError(const std::string& path, const std::vector<catalog::FileProblem>& problems);

void printFindings(const std::vector<catalog::ContractFinding>& findings);
Json findingsJson(const std::vector<catalog::ContractFinding>& findings);

// Whether all is well; what isn't was said.
Result<bool> importContract(const ContractOptions& options, catalog::Catalog& catalog);
Result<bool> setContractValue(const ContractOptions& options, catalog::Catalog& catalog);
Result<bool> removeContract(const ContractOptions& options, catalog::Catalog& catalog);
Result<bool> exportContract(const ContractOptions& options, const catalog::Catalog& catalog);
Result<bool> checkContracts(const ContractOptions& options, const catalog::Catalog& catalog);
Result<bool> listContracts(const ContractOptions& options, const catalog::Catalog& catalog);

} // namespace meshbone::app
