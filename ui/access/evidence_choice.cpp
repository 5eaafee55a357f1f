// SPDX-License-Identifier: Apache-2.0
#include "access/evidence_choice.h"

#include "access/access_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"
#include "widgets/label.h"

#include <lineage/authorizer_log.h>

#include <QHBoxLayout>

namespace meshbone::ui {

Result<DriftLookPtr> lookByLog(const DriftLook& look, const AuthorizerLogFiles& files, const JobContext& job) {
    std::vector<std::filesystem::path> paths;
    for (const auto& file : files.paths) {
        paths.emplace_back(file.toStdString());
    }
    lineage::AuthorizerLogQuery query;
    query.utcOffsetMs = files.utcOffsetMs;
    query.stop = job.stopToken();
    auto log = lineage::readAuthorizerLog(paths, query);
    if (!log) {
        return std::unexpected(log.error());
    }
    auto byLog = makeFreedBeside<DriftLook>(look);
    byLog->evidence = std::move(log->evidence);
    byLog->evidenceProblem.clear();
    return DriftLookPtr(std::move(byLog));
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
    connect(m_back, &QPushButton::clicked, this, [this] { setLook(m_seenHere); });
    setLook(nullptr);
}

void EvidenceChoice::setLook(DriftLookPtr look) {
    m_seenHere = std::move(look);
    m_read->setEnabled(m_seenHere != nullptr);
    chosen(nullptr, tr("By what was seen here."));
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
    dialog->setUtcOffset(m_utcOffsetMs);
    connect(dialog, &AuthorizerLogDialog::given, this, &EvidenceChoice::readLog);
    dialog->open();
}

void EvidenceChoice::readLog(const AuthorizerLogFiles& files) {
    m_utcOffsetMs = files.utcOffsetMs;
    m_jobs.run(
        this, {.title = tr("Reading the authorizer log"), .key = QStringLiteral("authorizerLog")},
        [look = m_seenHere, files](const JobContext& job) { return lookByLog(*look, files, job); },
        [this, files](Result<DriftLookPtr> done) {
            if (done) {
                chosen(std::move(*done), tr("By the authorizer log: %1; its times are in %2.")
                                             .arg(files.paths.join(QStringLiteral(", ")), files.zone));
                return;
            }
            m_words->setText(text(done.error().message));
            m_words->setInk(Token::Danger);
        });
}

} // namespace meshbone::ui
