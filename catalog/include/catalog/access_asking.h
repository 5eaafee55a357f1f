// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <span>

namespace meshbone::catalog {

// Everybody may ask: two bindings for each user of the backbone, which an admin agrees to or takes back. They are
// adopted in the ledger, so that an enforcer makes them and drift knows them. Pure functions, any thread.

/// READ on the ledger's topic and WRITE on the topic of requests, for User:*; each implies DESCRIBE.
std::vector<backbone::AclBinding> askingBindings();
bool isForAsking(const backbone::AclBinding& binding);
/// Does the ledger say so? Whether they stand, the backbone knows.
bool isAskingOpen(std::span<const BindingRecord> records);
/// What it means that they are there, sentences.
std::string askingEffect();

/// What an admin says to the ledger; nothing where it is so already. `owner`: a team.
std::vector<Submission> openAsking(std::span<const BindingRecord> records, const std::string& owner,
                                   const std::string& why);
std::vector<Submission> closeAsking(std::span<const BindingRecord> records, const std::string& why);

} // namespace meshbone::catalog
