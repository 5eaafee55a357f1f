// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"
#include "client/scan.h"

#include <backbone/backbone.h>

#include <memory>

namespace meshbone::backbone {

/// Reads pages of messages and histograms with a scan of its own for each call. Thread-safe: no state but the admin.
class KafkaBrowser final : public MessageBrowser {
public:
    KafkaBrowser(Profile profile, std::shared_ptr<InnerAdmin> admin)
        : m_profile(std::move(profile))
        , m_admin(std::move(admin)) {}

    Result<MessagePage> read(const MessageQuery& query, const CallOptions& options) override;
    Result<Histogram> histogram(const HistogramQuery& query, const CallOptions& options) override;

private:
    Result<MessagePage> readForward(const MessageQuery& query, std::vector<ScanRange> ranges, const Deadline& deadline);
    Result<MessagePage> readBackward(const MessageQuery& query, const std::vector<ScanRange>& ranges,
                                     const Deadline& deadline);
    Result<std::vector<ScanRange>> startsOf(const MessageQuery& query, std::vector<ScanRange> ranges,
                                            const Deadline& deadline);
    Result<Histogram> scanned(const HistogramQuery& query, const std::vector<ScanRange>& ranges,
                              const Deadline& deadline);
    Result<Histogram> indexed(const HistogramQuery& query, const std::vector<ScanRange>& ranges,
                              const Deadline& deadline);

    Profile m_profile;
    std::shared_ptr<InnerAdmin> m_admin;
};

} // namespace meshbone::backbone
