// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/version.h"

namespace meshbone::backbone::wire {

/// What a message's describe() says of a field beside its name and its member: in which versions it is there, in which
/// it may be null, whether it is a tagged field (KIP-482), whether it holds bytes rather than text. Built by chaining:
/// since(10), until(12).nullable(7), since(12).tagged(1), bytes(); without one a field is in every version, never null.
/// The default of a field is its member's initializer. A field outside its versions is neither written nor read.
struct Spec {
    Versions versions;
    Versions nullVersions{kNever, kNever - 1};
    std::int16_t tag = -1; ///< >= 0: a tagged field, left out when it has its default
    bool isBytes = false;  ///< length of four bytes (or compact), any octets; else text with a length of two

    /// Only an std::optional member can be null. Where null isn't allowed, nullopt is written as empty.
    [[nodiscard]] constexpr Spec nullable(Version from = 0, Version to = kLatest) const {
        Spec spec = *this;
        spec.nullVersions = {from, to};
        return spec;
    }
    [[nodiscard]] constexpr Spec tagged(std::int16_t number) const {
        Spec spec = *this;
        spec.tag = number;
        return spec;
    }
    [[nodiscard]] constexpr Spec bytes() const {
        Spec spec = *this;
        spec.isBytes = true;
        return spec;
    }
    [[nodiscard]] constexpr bool isTagged() const { return tag >= 0; }
};

constexpr Spec since(Version version) {
    return {.versions = {version, kLatest}};
}
constexpr Spec until(Version version) {
    return {.versions = {0, version}};
}
constexpr Spec between(Version from, Version to) {
    return {.versions = {from, to}};
}
constexpr Spec nullable(Version from = 0, Version to = kLatest) {
    return Spec{}.nullable(from, to);
}
constexpr Spec bytes() {
    return Spec{}.bytes();
}

/// A field as visitors meet it.
struct Field {
    const char* name = ""; ///< Kafka's, in lowerCamel
    Spec spec;
};

/// How the fields of one message are laid out. Flexible: compact lengths, and tagged fields after each structure.
struct Layout {
    Version version = 0;
    bool flexible = false;
    [[nodiscard]] bool has(const Spec& spec) const { return spec.versions.contains(version); }
    [[nodiscard]] bool mayBeNull(const Spec& spec) const { return spec.nullVersions.contains(version); }
};

} // namespace meshbone::backbone::wire
