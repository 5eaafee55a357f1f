// SPDX-License-Identifier: Apache-2.0
#include "audit/evidence_dialog.h"

#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"

#include <backbone/access_admin.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kAclsTimeout{20};
constexpr std::chrono::minutes kExportTimeout{10};

QString suggestedPath(const AboutChoice& choice) {
    auto about = choice.product.empty() ? text(choice.topic) : text(choice.product);
    about = about.isEmpty() ? QStringLiteral("ledger") : about;
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const auto day = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd"));
    return QDir(folder).filePath(QStringLiteral("evidence-%1-%2.jsonl").arg(about, day));
}

/// Or why they can't be read: that stands in the file then.
catalog::AclSnapshot readAcls(backbone::Backbone& backbone, const JobContext& job) {
    auto acls = backbone.access().acls({}, job.call(kAclsTimeout));
    if (!acls) {
        return {-1, acls.error().message, {}};
    }
    return {QDateTime::currentMSecsSinceEpoch(), {}, std::move(*acls)};
}

Result<EvidenceWritten> write(const Services& services, const AboutChoice& choice, const QString& path,
                              const JobContext& job) {
    const catalog::EvidenceRequest request{choice.topic,
                                           choice.product,
                                           choice.fromMs,
                                           choice.toMs,
                                           QDateTime::currentMSecsSinceEpoch(),
                                           readAcls(services.backbone, job)};
    const auto file = services.catalog->makeEvidence(request, job.call(kExportTimeout),
                                                     [&](double fraction) { job.progress(fraction * 0.8); });
    if (!file) {
        return std::unexpected(file.error());
    }
    auto report = catalog::verifyEvidence(*file);
    const auto saved = writeTextFile(path, QString::fromStdString(*file));
    return saved ? Result<EvidenceWritten>({path, std::move(report)}) : std::unexpected(saved.error());
}

} // namespace

QString evidenceWords(const catalog::EvidenceReport& report) {
    const auto counts = EvidenceDialog::tr("%1 entries of the period, %2 to decide them by, %3 by their hash only; %4 "
                                           "access control lists.")
                            .arg(formatCount(report.asked), formatCount(report.context), formatCount(report.leftOut),
                                 formatCount(report.acls));
    return report.aclsWhyNot.empty()
               ? counts
               : counts + u' ' + EvidenceDialog::tr("They couldn't be read: %1").arg(text(report.aclsWhyNot));
}

Result<catalog::EvidenceReport> checkEvidenceFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io,
                    EvidenceDialog::tr("“%1” can't be read: %2.").arg(path, file.errorString()).toStdString());
    }
    const auto bytes = file.read(static_cast<qint64>(catalog::kMaxEvidenceBytes) + 1);
    return catalog::verifyEvidence({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

EvidenceDialog::EvidenceDialog(PageContext& context, const AboutChoice& choice, QWidget* parent)
    : AboutDialog(
          context, choice, tr("Export Evidence"),
          tr("One file with the entries, the keys, the chain's hashes and the access control lists, signed with "
             "your key. “meshctl evidence verify” checks it anywhere."),
          tr("Export"), parent) {
    setObjectName(QStringLiteral("evidenceDialog"));
    m_path = new QLineEdit(suggestedPath(choice), this);
    m_path->setObjectName(QStringLiteral("evidencePath"));
    addField(tr("File"), m_path);
    auto* browse = new Button(tr("Browse…"), ButtonKind::Link, this);
    browse->setObjectName(QStringLiteral("evidenceBrowse"));
    content()->addWidget(browse);
    connect(browse, &Button::clicked, this, [this] {
        const auto path =
            QFileDialog::getSaveFileName(this, tr("Export Evidence"), m_path->text(), tr("Evidence (*.jsonl)"));
        if (!path.isEmpty()) {
            m_path->setText(path);
        }
    });
}

void EvidenceDialog::take(const AboutChoice& choice) {
    const auto path = m_path->text().trimmed();
    if (path.isEmpty()) {
        sayError(tr("Say where the file is to be."));
        return;
    }
    verb()->setEnabled(false);
    context().jobs.run(
        this, {.title = tr("Gathering the evidence"), .key = QStringLiteral("evidence")},
        [&services = context().services, choice, path](const JobContext& job) {
            return write(services, choice, path, job);
        },
        [this](const Result<EvidenceWritten>& done) {
            verb()->setEnabled(true);
            if (!done) {
                sayError(text(done.error().message));
                return;
            }
            emit written(*done);
            accept();
        });
}

} // namespace meshbone::ui
