// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace meshbone::bench {

/// A registry of our own and another one that serves Confluent's REST API at `url`, on loopback, by the same asker in
/// turns: distinct schemas registered, and read by id, over 100 connections each. One line of JSON with the figures of
/// both and the medians of the ratios. Throws std::runtime_error where either answers something else than it should.
void comparePeer(const std::string& url, const std::filesystem::path& where, double seconds,
                 const std::filesystem::path& meshctl);

} // namespace meshbone::bench
