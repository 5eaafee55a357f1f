// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/authorizer_log_dialog.h"
#include "access/drift_look.h"

#include <QWidget>

namespace meshbone::ui {

class Button;
class Label;

/// The same look with what an authorizer's log shows instead of what lineage saw. Blocks: for a job.
Result<DriftLookPtr> lookByLog(const DriftLook& look, const AuthorizerLogFiles& files, const JobContext& job);

/// By which evidence a change is tried: what was seen here, or a cluster's authorizer log that is read from files.
class EvidenceChoice : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceChoice(JobRunner& jobs, QWidget* parent = nullptr);
    /// What was seen here. A log that is chosen stays so, for the new look; changed() then comes a moment later.
    void setLook(DriftLookPtr look);
    /// With the evidence that is chosen; null before setLook().
    [[nodiscard]] const DriftLookPtr& look() const { return m_byLog ? m_byLog : m_seenHere; }
    [[nodiscard]] bool isByLog() const { return m_byLog != nullptr; }
    /// Reads the files and chooses them; a refusal is shown and changes nothing.
    void readLog(const AuthorizerLogFiles& files);

signals:
    void changed();

private:
    void askForLog();
    void forgetLog();
    void keepLog();
    void chosen(DriftLookPtr byLog, const QString& words);

    JobRunner& m_jobs;
    DriftLookPtr m_seenHere, m_byLog;
    QString m_zone = QStringLiteral("Z"); ///< of the log that was read last
    QString m_logWords;                   ///< of the same
    Label* m_words = nullptr;
    Button* m_read = nullptr;
    Button* m_back = nullptr;
};

} // namespace meshbone::ui
