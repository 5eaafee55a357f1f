// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace meshbone::bench {

/// Ends the program with the sentence.
[[noreturn]] void giveUp(const std::string& sentence);

template <class T>
void must(const Result<T>& done) {
    if (!done) {
        giveUp(done.error().message);
    }
}

/// A session on an embedded backbone of this folder, on any port.
std::unique_ptr<app::Session> startSession(const std::filesystem::path& dataDirectory);
/// By eight threads: many wait for the disk at once, and the broker syncs them together.
void inParallel(int count, const std::function<void(int)>& work);
/// Waits until it is in the ledger.
void submit(catalog::Catalog& catalog, const catalog::Command& command);
/// The team that owns a domain of the mesh, by the domain's number.
std::string domainTeam(int domain);

} // namespace meshbone::bench
