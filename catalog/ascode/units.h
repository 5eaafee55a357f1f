// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_file.h>

namespace meshbone::catalog {

/// By output topic, the product that offers it.
using Outputs = std::map<std::string, std::string>;
void addOutputs(const Product& product, Outputs& outputs);
Outputs outputsOf(const std::vector<FileProduct>& products);

/// To which product a grant belongs: the one whose port was asked for, or the one to which all its topics belong;
/// empty: to no one product.
std::string productOf(const FileGrant& grant, const Outputs& outputs);

/// Neither revoked nor ended, whether or not its principal is disabled.
bool isAgreed(const Grant& grant, TimestampMs nowMs);

/// What of a whole mesh's file concerns these products.
AccessFile narrowed(AccessFile whole, const std::vector<std::string>& covers);

} // namespace meshbone::catalog
