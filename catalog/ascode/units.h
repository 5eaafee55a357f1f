// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_file.h>

namespace meshbone::catalog {

/// By output topic, the product that offers it.
using Outputs = std::map<std::string, std::string>;
Outputs outputsOf(const std::vector<FileProduct>& products);

/// To which product a grant belongs: the one whose port was asked for, or the one to which all its topics belong;
/// empty: to no one product.
std::string productOf(const FileGrant& grant, const Outputs& outputs);

/// What those who agreed bound it to, in their order and none twice: "Read only; for the audit". Of several it is one
/// text, which whoever applies it agrees to as a whole.
std::string conditionsOf(const std::vector<AccessDecision>& decisions);

/// Neither revoked nor ended, whether or not its principal is disabled.
bool isAgreed(const Grant& grant, TimestampMs nowMs);

/// What of a whole mesh's file concerns these products.
AccessFile narrowed(AccessFile whole, const std::vector<std::string>& covers);

} // namespace meshbone::catalog
