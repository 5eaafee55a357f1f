// SPDX-License-Identifier: Apache-2.0
#include "shell/client_config_view.h"

#include "widgets/button.h"
#include "widgets/fonts.h"
#include "widgets/segmented.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kConfigHeight = 250;
} // namespace

ClientConfigView::ClientConfigView(backbone::Profile profile, QWidget* parent)
    : QWidget(parent)
    , m_profile(std::move(profile)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_kind = new Segmented({tr("kcat"), tr("Java"), tr("Python"), tr("librdkafka")}, tr("Client"));
    m_kind->setObjectName(QStringLiteral("clientKind"));
    auto* copy = new Button(tr("Copy"));
    copy->setObjectName(QStringLiteral("copyConfig"));
    copy->setIconName(QStringLiteral("copy"));
    row->addWidget(m_kind);
    row->addStretch(1);
    row->addWidget(copy);
    layout->addLayout(row);
    m_config = new QPlainTextEdit;
    m_config->setObjectName(QStringLiteral("clientConfig"));
    m_config->setAccessibleName(tr("Configuration"));
    m_config->setReadOnly(true);
    m_config->setUndoRedoEnabled(false); // an earlier text may hold a password
    m_config->setFont(textFont(TextStyle::Mono));
    m_config->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_config->setMinimumHeight(kConfigHeight);
    layout->addWidget(m_config, 1);
    connect(m_kind, &Segmented::currentChanged, this, &ClientConfigView::showConfig);
    connect(copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_config->toPlainText()); });
    showConfig();
}

void ClientConfigView::setSetup(ClientSetup setup) {
    m_setup = std::move(setup);
    showConfig();
}

void ClientConfigView::showConfig() {
    m_config->setPlainText(clientConfig(static_cast<ClientKind>(m_kind->current()), m_profile, m_setup));
}

} // namespace meshbone::ui
