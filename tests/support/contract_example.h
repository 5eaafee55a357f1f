// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract_of.h>

#include <stdexcept>
#include <string>

namespace meshbone::test {

/// A contract of the example's seismic.quakes that its schema keeps.
inline std::string exampleContractText() {
    return "# Quakes, as agreed with the insurers.\n"
           "apiVersion: v3.1.0\n"
           "kind: DataContract\n"
           "id: quakes\n"
           "name: Earthquakes\n"
           "version: 1.2.0\n"
           "status: active\n"
           "domain: seismic\n"
           "dataProduct: earthquake-feed\n"
           "schema:\n"
           "  - name: Quake\n"
           "    physicalName: seismic.quakes\n"
           "    physicalType: topic\n"
           "    properties:\n"
           "      - name: id\n"
           "        logicalType: string\n"
           "        required: true\n"
           "      - name: mag\n"
           "        logicalType: number\n"
           "        required: true\n"
           "slaProperties:\n"
           "  - property: latency\n"
           "    value: 5\n"
           "    unit: m\n";
}

/// The text with its only `from` replaced.
inline std::string contractWith(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
        throw std::runtime_error("not there, or twice: " + from);
    }
    return text.replace(at, from.size(), to);
}

/// The same with a promise that the schema doesn't keep, at line 21.
inline std::string brokenContractText() {
    return contractWith(exampleContractText(), "slaProperties:\n",
                        "      - name: station\n        logicalType: string\nslaProperties:\n");
}

/// Agrees it, or throws.
inline catalog::LedgerEntry agreeContract(catalog::Catalog& catalog, const std::string& text,
                                          const std::string& why = "First contract with the insurers",
                                          const catalog::ContractSubject& subject = {false, "seismic.quakes"}) {
    auto entry = catalog.submit({catalog::PutContract{subject.product, subject.name, text}, why, {}}, {});
    return entry ? *entry : throw std::runtime_error(entry.error().message);
}

} // namespace meshbone::test
