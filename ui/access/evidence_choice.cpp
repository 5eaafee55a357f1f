// SPDX-License-Identifier: Apache-2.0
#include "access/evidence_choice.h"

#include "access/access_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <lineage/authorizer_log.h>

#include <QHBoxLayout>

namespace meshbone::ui {

Result<DriftLookPtr> lookByLog(const DriftLook& look, const AuthorizerLogFiles& files, const JobContext& job) {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : files.paths) {
        paths.emplace_back(file.toStdString());
    }
    auto zone = lineage::LogZone::named(files.zone.toStdString());
    if (!zone) {
        return std::unexpected(zone.error());
    }
    lineage::AuthorizerLogQuery query;
    query.zone = std::move(*zone);
    query.stop = job.stopToken();
    auto log = lineage::readAuthorizerLog(paths, query);
    if (!log) {
        return std::unexpected(log.error());
    }
    return withEvidence(look, std::move(log->evidence));
}

EvidenceChoice::EvidenceChoice(JobRunner& jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs) {
    m_words = new Label({}, TextStyle::Secondary, Token::Text2);
    m_words->setObjectName(QStringLiteral("evidenceWords"));
    m_words->setElided(true);
    m_read = new Button(tr("Read an Authorizer Log…"));
    m_read->setObjectName(QStringLiteral("readAuthorizerLog"));
    m_read->setToolTip(
        tr("By what a cluster's authorizer decided: kafka-authorizer.log of every broker, rotated files too."));
    m_back = new Button(tr("What Was Seen Here"), ButtonKind::Ghost);
    m_back->setObjectName(QStringLiteral("forgetAuthorizerLog"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_words, 1);
    row->addWidget(m_back);
    row->addWidget(m_read);
    connect(m_read, &QPushButton::clicked, this, &EvidenceChoice::askForLog);
    connect(m_back, &QPushButton::clicked, this, &EvidenceChoice::forgetLog);
    setLook(nullptr);
}

void EvidenceChoice::setLook(DriftLookPtr look) {
    m_seenHere = std::move(look);
    m_read->setEnabled(m_seenHere != nullptr);
    if (m_byLog && m_seenHere) {
        keepLog();
    } else {
        forgetLog();
    }
}

void EvidenceChoice::forgetLog() {
    chosen(nullptr, tr("By what was seen here."));
}

/// What was read stays as it is: its files may be rotated by now.
void EvidenceChoice::keepLog() {
    m_jobs.run(
        this, {.title = tr("Going by the authorizer log"), .key = QStringLiteral("keepLog")},
        [look = m_seenHere, byLog = m_byLog](const JobContext&) -> Result<DriftLookPtr> {
            return withEvidence(*look, byLog->evidence);
        },
        [this, before = m_byLog](Result<DriftLookPtr> kept) {
            if (m_byLog == before) { // else another one was chosen, or none
                chosen(std::move(*kept), m_logWords);
            }
        });
}

void EvidenceChoice::chosen(DriftLookPtr byLog, const QString& words) {
    m_byLog = std::move(byLog);
    m_words->setText(words);
    m_words->setInk(Token::Text2);
    m_back->setVisible(m_byLog != nullptr);
    emit changed();
}

void EvidenceChoice::askForLog() {
    auto* dialog = new AuthorizerLogDialog(this);
    dialog->setZone(m_zone);
    connect(dialog, &AuthorizerLogDialog::given, this, &EvidenceChoice::readLog);
    dialog->open();
}

void EvidenceChoice::readLog(const AuthorizerLogFiles& files) {
    m_zone = files.zone;
    m_jobs.run(
        this, {.title = tr("Reading the authorizer log"), .key = QStringLiteral("authorizerLog")},
        [look = m_seenHere, files](const JobContext& job) { return lookByLog(*look, files, job); },
        [this, files, look = m_seenHere](Result<DriftLookPtr> done) {
            if (done) {
                m_logWords = tr("By the authorizer log: %1; its times are in %2.")
                                 .arg(files.paths.join(QStringLiteral(", ")), files.zoneWords);
                chosen(std::move(*done), m_logWords);
                if (look != m_seenHere) { // there was a newer one while it was read
                    keepLog();
                }
                return;
            }
            m_words->setText(text(done.error().message));
            m_words->setInk(Token::Danger);
        });
}

} // namespace meshbone::ui
