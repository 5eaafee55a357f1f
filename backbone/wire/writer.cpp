// SPDX-License-Identifier: Apache-2.0
#include "wire/writer.h"

namespace meshbone::backbone::wire {

void Writer::records(const Records& records) {
    m_splices.push_back({m_at, records});
}

} // namespace meshbone::backbone::wire
