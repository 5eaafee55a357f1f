// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/ledger_watch.h"
#include "shell/live_feed.h"
#include "shell/mesh_health.h"
#include "shell/navigator.h"
#include "shell/newest_job.h"
#include "shell/not_granted.h"

#include <QList>
#include <QMap>
#include <QObject>

namespace meshbone::ui {

/// Something that waits for a person, with the place where it is dealt with.
struct AttentionItem {
    Tone tone = Tone::Warn;
    QString sentence;
    QString detail;
    QString action;     ///< the button's verb
    Place place;        ///< where the button leads
    bool retry = false; ///< the button connects again instead
};

/// Everything that is looked at; values, so that the rules are plain functions.
struct AttentionInput {
    QString profile;
    backbone::BackboneState state;
    std::shared_ptr<const CatalogView> catalog;
    std::shared_ptr<const MeshFacts> facts;
    std::vector<backbone::RunStatus> runs;
    std::optional<catalog::VerifyReport> report;
    std::string ledgerError;
    std::vector<lineage::Change> changes; ///< of the last days
    std::vector<UngrantedUse> ungranted;  ///< of the last days, the newest first
    TimestampMs nowMs = 0;                ///< by which grants end
};

/// The worst first. At most about a dozen: what is many of a kind is one item that counts.
QList<AttentionItem> attentionOf(const AttentionInput& input);

/// Keeps the list up to date; the flag in the top bar and the Overview show it.
class AttentionFeed : public QObject {
    Q_OBJECT
public:
    AttentionFeed(Services& services, JobRunner& jobs, LiveFeed& feed, MeshHealth& health, LedgerWatch& ledger,
                  QObject* parent = nullptr);
    [[nodiscard]] bool isSettled() const { return m_look.isIdle(); }
    [[nodiscard]] const QList<AttentionItem>& items() const { return m_items; }
    /// Who used topics without a grant in the last days, the newest first; never null.
    [[nodiscard]] const std::shared_ptr<const std::vector<UngrantedUse>>& ungranted() const { return m_ungranted; }
    /// What a page's own watch found; replaces what it said before. `source` names it.
    void setFrom(const QString& source, QList<AttentionItem> items);

signals:
    void changed();

private:
    struct Found {
        QList<AttentionItem> items;
        std::shared_ptr<const std::vector<UngrantedUse>> ungranted;
    };
    using Look = NewestJob<Found>;
    Look::Work look();
    void put();
    Services& m_services;
    LiveFeed& m_feed;
    MeshHealth& m_health;
    LedgerWatch& m_ledger;
    Look m_look;                                                  ///< looks at all topics and grants: beside the window
    QList<AttentionItem> m_found;                                 ///< by it
    std::shared_ptr<const std::vector<UngrantedUse>> m_ungranted; ///< by it, too
    QList<AttentionItem> m_items;                                 ///< all of them
    QMap<QString, QList<AttentionItem>> m_from;
};

} // namespace meshbone::ui
