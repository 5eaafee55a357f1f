// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/about_dialog.h"

#include <catalog/evidence.h>

namespace meshbone::ui {

/// What became of an export.
struct EvidenceWritten {
    QString path;
    catalog::EvidenceReport report; ///< of the file, checked as a stranger would
};
/// "212 entries …": what is in the file, and that it holds.
QString evidenceWords(const catalog::EvidenceReport& report);

/// Writes a file of evidence about a topic or a product and a period: see catalog/evidence.h.
class EvidenceDialog : public AboutDialog {
    Q_OBJECT
public:
    EvidenceDialog(PageContext& context, const AboutChoice& choice, QWidget* parent);

signals:
    void written(const meshbone::ui::EvidenceWritten& written);

protected:
    void take(const AboutChoice& choice) override;

private:
    QLineEdit* m_path = nullptr;
};

/// Reads and checks a file. Blocks: called from a job.
Result<catalog::EvidenceReport> checkEvidenceFile(const QString& path);

} // namespace meshbone::ui
