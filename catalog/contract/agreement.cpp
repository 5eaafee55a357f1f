// SPDX-License-Identifier: Apache-2.0
#include <catalog/contract_of.h>

namespace meshbone::catalog {

std::vector<ContractSubject> subjectsOf(const Contract& contract) {
    if (contract.kind == ContractKind::DataProduct) {
        return contract.id.empty() ? std::vector<ContractSubject>() : std::vector{ContractSubject{true, contract.id}};
    }
    std::vector<ContractSubject> subjects;
    for (const ContractTopic& one : topicsOf(contract)) {
        subjects.push_back({false, one.topic});
    }
    return subjects;
}

const std::string& titleOf(const Contract& contract) {
    return contract.name.empty() ? contract.id : contract.name;
}

ContractAgreement agreementOf(const ContractSubject& subject, const Contract& contract, const Catalog& catalog) {
    ContractAgreement made{subject, agreedContract(catalog, subject.product, subject.name), {}, false};
    if (made.before) {
        made.isThere = made.before->text == contract.text;
        if (const auto before = readContract(made.before->text)) {
            made.findings = compareContracts(*before, contract);
        }
    }
    if (!subject.product && contract.kind == ContractKind::DataContract) {
        const auto binding = checkBinding(contract, subject.name, catalog);
        made.findings.insert(made.findings.end(), binding.begin(), binding.end());
    }
    return made;
}

Submission submissionOf(const ContractAgreement& agreement, const Contract& contract, const std::string& why) {
    return {PutContract{agreement.subject.product, agreement.subject.name, contract.text}, why,
            agreement.before ? agreement.before->revision : 0};
}

} // namespace meshbone::catalog
