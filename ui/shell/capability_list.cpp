// SPDX-License-Identifier: Apache-2.0
#include "shell/capability_list.h"

#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kIcon = 16;
constexpr int kSpacing = 10;
} // namespace

QString featureText(backbone::Feature feature) {
    switch (feature) {
    case backbone::Feature::ReadAcls:
        return CapabilityList::tr("Read access control lists");
    case backbone::Feature::AlterAcls:
        return CapabilityList::tr("Change access control lists");
    case backbone::Feature::TopicConfigs:
        return CapabilityList::tr("Settings of topics");
    case backbone::Feature::Transactions:
        return CapabilityList::tr("Transactions");
    case backbone::Feature::Quotas:
        return CapabilityList::tr("Quotas");
    case backbone::Feature::ScramUsers:
        return CapabilityList::tr("Make users (SCRAM)");
    }
    return {};
}

CapabilityList::CapabilityList(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_lines = new QVBoxLayout;
    m_lines->setSpacing(kSpacing);
    layout->addLayout(m_lines);
    layout->addStretch(1);
}

void CapabilityList::clear() {
    const auto old = findChildren<QWidget*>(QStringLiteral("capability"), Qt::FindDirectChildrenOnly);
    for (auto* line : old) {
        m_lines->removeWidget(line);
        line->hide();
        line->deleteLater();
    }
}

void CapabilityList::addLine(Sign sign, const QString& title, const QString& sentence) {
    struct Look {
        QString icon;
        Token ink;
        QString word; ///< nothing relies on colour and shape alone
    };
    const auto look = sign == Sign::Good      ? Look{QStringLiteral("check"), Token::Ok, tr("yes")}
                      : sign == Sign::Missing ? Look{QStringLiteral("minus"), Token::Text2, tr("no")}
                      : sign == Sign::Bad     ? Look{QStringLiteral("close"), Token::Danger, tr("no")}
                                              : Look{QStringLiteral("person"), Token::Text2, {}};
    auto* line = new QWidget;
    line->setObjectName(QStringLiteral("capability"));
    line->setAccessibleName(look.word.isEmpty() ? QStringLiteral("%1. %2").arg(title, sentence)
                                                : tr("%1: %2. %3").arg(title, look.word, sentence));
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpacing);
    auto* mark = new QLabel;
    mark->setPixmap(icon(look.icon, look.ink).pixmap(kIcon, kIcon));
    mark->setAccessibleName(look.word.isEmpty() ? title : look.word);
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(new Label(title, TextStyle::BodyStrong));
    auto* below = new Label(sentence, TextStyle::Secondary, Token::Text2);
    below->setWordWrap(true);
    words->addWidget(below);
    row->addLayout(words, 1);
    m_lines->addWidget(line);
}

void CapabilityList::showFound(const backbone::Capabilities& found) {
    clear();
    for (const auto& broker : found.brokers) {
        addLine(broker.answered ? Sign::Good : Sign::Bad,
                tr("Broker %1 at %2:%3").arg(broker.node.id).arg(text(broker.node.host)).arg(broker.node.port),
                text(broker.sentence));
    }
    addLine(Sign::Info, found.principal.empty() ? tr("As whom") : text(found.principal), text(found.whoSentence));
    for (const auto& feature : found.features) {
        addLine(feature.available ? Sign::Good : Sign::Missing, featureText(feature.feature), text(feature.sentence));
    }
}

void CapabilityList::showProblem(const QString& sentence) {
    clear();
    addLine(Sign::Bad, tr("No connection"), sentence);
}

} // namespace meshbone::ui
