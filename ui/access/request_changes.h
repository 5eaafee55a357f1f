// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"

#include <QStringList>

#include <vector>

class QWidget;

namespace meshbone::ui {

/// What happened since a request was asked for and bears on it.
struct RequestChange {
    TimestampMs atMs = -1;
    QString sentence;      ///< "Request amended by Ada", "Product changed: flights, by Bob"
    QStringList fields;    ///< "until: 3 March → 1 April"
    bool ofItself = false; ///< the request itself was changed
};
struct RequestChanges {
    std::vector<RequestChange> all; ///< newest first
    bool isWhole = true;            ///< false: the ledger has more entries since than were looked at
    QString problem;                ///< why the ledger couldn't be asked; empty: it could
};

/// Whose request it is, and what it is judged by.
struct AskedSince {
    std::string id; ///< of the request
    catalog::AccessScope scope;
    std::string product;
    TimestampMs sinceMs = -1;          ///< -1: it isn't asked yet, so nothing has changed
    std::vector<std::string> policies; ///< that apply now
    std::shared_ptr<const CatalogView> catalog;
};
/// Its own amendments; and in the mesh the owners and classes of what it covers, the policies that apply, and what its
/// principal was granted or lost. Blocks: call it from a job.
RequestChanges changesSince(const catalog::Catalog& ledger, const AskedSince& asked);

/// As lines; null where there is nothing to say.
QWidget* changesWidget(const RequestChanges& changes);

} // namespace meshbone::ui
