// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::backbone {

/// SHA-256, growing. Movable; one thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&& other) noexcept;
    Sha256& operator=(Sha256&& other) noexcept;

    void add(std::string_view bytes);
    /// 64 lower-case hexadecimal digits of what was added so far; more may be added after.
    [[nodiscard]] std::string hex() const;

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

std::string sha256Hex(std::string_view bytes);

/// Adds a record to a digest: timestamp, key, value and headers, framed by big-endian lengths, −1 for null, so that no
/// two different records add the same bytes. Topic, partition and offset are left out: they differ between source and
/// target.
void addRecord(Sha256& digest, const RecordView& record, std::span<const HeaderView> headers);

} // namespace meshbone::backbone
