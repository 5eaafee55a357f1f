// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/attention.h"
#include "shell/services.h"

#include <catalog/schema_violations.h>

#include <QObject>
#include <QTimer>

#include <map>

namespace meshbone::ui {

/// What was written to topics against their schemas, brought to the GUI thread some moments after it was marked. Lives
/// as long as the window.
class ViolationFeed : public QObject {
    Q_OBJECT
public:
    explicit ViolationFeed(Services& services, QObject* parent = nullptr);
    ~ViolationFeed() override;

    [[nodiscard]] const std::vector<catalog::TopicViolations>& topics() const { return m_topics; } ///< by name
    [[nodiscard]] const catalog::TopicViolations* of(const QString& topic) const;                  ///< null: nothing
    /// Of the events of a subject; 0: none is known.
    [[nodiscard]] qint64 countOf(const QString& topic, const QString& subject) const;
    /// Why a topic, or all of them, can't be watched; empty: it is, or nobody asked for it.
    [[nodiscard]] QString problemOf(const QString& topic) const;
    /// Forgets what was marked of a topic.
    void forget(const QString& topic);

signals:
    void changed();

private:
    void read();

    Services& m_services;
    std::vector<catalog::TopicViolations> m_topics;
    std::map<std::string, std::string> m_problems;
    QTimer m_settle;        ///< gathers what comes in one burst
    Subscription m_changes; // last: ended first
};

/// What wants attention of it: topics that got events against their schemas within the last day, as one item.
QList<AttentionItem> violationAttention(const std::vector<catalog::TopicViolations>& topics, TimestampMs nowMs);

} // namespace meshbone::ui
