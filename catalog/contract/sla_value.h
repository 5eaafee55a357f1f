// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/contract.h>

#include <cstdint>

namespace meshbone::catalog {

/// What a change of a service level is for whoever relies on it.
enum class SlaChange : std::uint8_t { Same, Better, Worse, Unclear };
/// Of the same property; units of time and dates are understood. Unclear where nobody can say which is better.
SlaChange slaChange(const ContractSla& before, const ContractSla& after);

/// "4 d": value and unit as a person reads them.
std::string slaWords(const ContractSla& sla);

} // namespace meshbone::catalog
