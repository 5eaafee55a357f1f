// SPDX-License-Identifier: Apache-2.0
#include "replay/findings_list.h"

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

Tone toneOf(backbone::ReplayFinding::Severity severity) {
    using Severity = backbone::ReplayFinding::Severity;
    switch (severity) {
    case Severity::Ok:
        return Tone::Ok;
    case Severity::Info:
        return Tone::Accent;
    case Severity::Warning:
        return Tone::Warn;
    case Severity::Blocking:
        return Tone::Danger;
    }
    return Tone::Neutral;
}

QWidget* row(const backbone::ReplayFinding& finding, QWidget* parent) {
    auto* widget = new QWidget(parent);
    auto* layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(8);
    const auto tone = toneOf(finding.severity);
    auto* mark = new QLabel(widget);
    mark->setPixmap(icon(toneIcon(tone), toneInk(tone)).pixmap(16, 16));
    mark->setFixedWidth(16);
    auto* sentence = new Label(text(finding.sentence), TextStyle::Body, Token::Text1, widget);
    sentence->setWordWrap(true);
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addWidget(sentence, 1);
    return widget;
}

} // namespace

FindingsList::FindingsList(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("replayFindings"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void FindingsList::setFindings(const std::vector<backbone::ReplayFinding>& findings) {
    while (auto* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& finding : findings) {
        m_layout->addWidget(row(finding, this));
    }
}

} // namespace meshbone::ui
