// SPDX-License-Identifier: Apache-2.0
#include "replay/manifest_dialog.h"

#include "replay/replay_models.h"
#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/property_list.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

std::int64_t writtenOf(const backbone::Manifest& manifest) {
    std::int64_t written = 0;
    for (const auto& partition : manifest.partitions) {
        written += partition.recordsWritten;
    }
    return written;
}

} // namespace

ManifestDialog::ManifestDialog(const backbone::Manifest& manifest, QWidget* parent)
    : Dialog(tr("Manifest of Run %1").arg(text(manifest.run)), {}, parent)
    , m_json(QString::fromUtf8(
          QJsonDocument::fromJson(QByteArray::fromStdString(backbone::manifestJson(manifest))).toJson()))
    , m_run(text(manifest.run)) {
    setObjectName(QStringLiteral("manifestDialog"));
    resize(720, 640);
    if (manifest.complete) {
        message()->say(Tone::Ok, tr("Complete: all %1 planned events were written, read back and found equal.")
                                     .arg(formatCount(manifest.planned)));
    } else {
        message()->say(Tone::Warn,
                       tr("Not complete: %1 of %2 events were written.")
                           .arg(formatCount(writtenOf(manifest)), formatCount(manifest.planned)),
                       text(manifest.reason));
    }
    message()->show();
    auto* facts = new PropertyList(this);
    facts->add(tr("Source"), text(manifest.request.sourceTopic));
    facts->add(tr("Window"), windowInWords(manifest.request));
    facts->add(tr("Target"), text(manifest.request.targetTopic));
    facts->add(tr("Ran"), tr("%1 to %2").arg(formatTime(manifest.startedMs), formatTime(manifest.endedMs)));
    facts->add(tr("Plan"), text(manifest.planHash), TextStyle::Mono);
    facts->add(tr("Manifest"), QStringLiteral("sha256:") + text(manifest.sha256), TextStyle::Mono);
    content()->addWidget(facts);
    auto* json = new QPlainTextEdit(m_json, this);
    json->setObjectName(QStringLiteral("manifestJson"));
    json->setAccessibleName(tr("Manifest as JSON"));
    json->setReadOnly(true);
    json->setFont(textFont(TextStyle::Mono));
    json->setLineWrapMode(QPlainTextEdit::NoWrap);
    content()->addWidget(json, 1);
    setCancelText(tr("Close"));
    auto* copy = new Button(tr("Copy"), ButtonKind::Plain, this);
    content()->addWidget(copy, 0, Qt::AlignLeft);
    connect(copy, &Button::clicked, this, [this] { QApplication::clipboard()->setText(m_json); });
    connect(addVerb(tr("Save…")), &Button::clicked, this, &ManifestDialog::save);
}

void ManifestDialog::save() {
    const auto path =
        QFileDialog::getSaveFileName(this, tr("Save Manifest"), QStringLiteral("manifest-%1.json").arg(m_run));
    if (path.isEmpty()) {
        return;
    }
    if (const auto written = writeTextFile(path, m_json); !written) {
        sayError(QString::fromStdString(written.error().message));
    }
}

} // namespace meshbone::ui
