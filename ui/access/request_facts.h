// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_words.h"
#include "access/binding_table.h"
#include "access/request_changes.h"
#include "shell/job_runner.h"
#include "shell/mesh_health.h"
#include "shell/services.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace meshbone::ui {

/// A topic that the scope covers now.
struct CoveredTopic {
    QString topic, owner, domain;
    catalog::Classification level = catalog::Classification::Internal;
    QStringList readers; ///< who reads it now, from lineage
    bool isWritten = false;
};

/// What somebody who decides must see beside the request itself (and who asks, before sending it).
struct RequestFacts {
    catalog::AccessReview review;
    std::vector<BindingRow> bindings; ///< with what would become of each
    QString bindingsProblem;          ///< why it isn't known what stands on the backbone
    std::vector<CoveredTopic> topics; ///< at most kMaxCovered
    qsizetype topicCount = 0;
    QStringList coverage;  ///< of each prefix and wildcard: what it covers now and later, a sentence
    QStringList carriesOn; ///< topics that the principal writes now: where the data may go on to
    QStringList has;       ///< grants of the principal that are in force, as titles
    QStringList conflicts; ///< sentences
    std::optional<catalog::AccessScope> smaller; ///< that would do, as far as is seen
    QString smallerWhy;
    RequestChanges changes; ///< since it was asked
};
inline constexpr qsizetype kMaxCovered = 50;

/// What is asked for, with the state that it is judged by.
struct RequestCase {
    catalog::AccessScope scope;
    std::string product;
    TimestampMs untilMs = catalog::kNoEnd;
    std::string except; ///< the request's own id: its grant is not one that the principal has already
    std::shared_ptr<const CatalogView> catalog;
    std::shared_ptr<const MeshFacts> mesh;
    TimestampMs sinceMs = -1; ///< when it was asked; -1: it isn't yet
};

/// Asks catalog, backbone and lineage. Blocks: call it from a job. What can't be read is told in the facts.
RequestFacts requestFacts(Services& services, const RequestCase& request, const JobContext& job);

} // namespace meshbone::ui
