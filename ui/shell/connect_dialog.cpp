// SPDX-License-Identifier: Apache-2.0
#include "shell/connect_dialog.h"

#include "widgets/button.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kWidth = 640;
constexpr int kConfigHeight = 250;
} // namespace

ConnectDialog::ConnectDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Connect a client"),
             tr("Any client that speaks Kafka's protocol can write and read here. It needs a user of its own, so that "
                "lineage and access know it by name; the password is shown once."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("connectDialog"));
    setMinimumWidth(kWidth);
    const auto& profile = context.services.backbone.profile();
    const bool needsUser = profile.securityProtocol.starts_with("SASL");
    m_credential.user = needsUser ? "my-client" : "";
    if (needsUser) {
        auto* row = new QWidget;
        auto* box = new QHBoxLayout(row);
        box->setContentsMargins(0, 0, 0, 0);
        m_user = new QLineEdit(text(m_credential.user));
        m_user->setObjectName(QStringLiteral("clientUser"));
        m_user->setAccessibleName(tr("User"));
        m_create = new Button(tr("Create User"), ButtonKind::Primary);
        m_create->setObjectName(QStringLiteral("createUser"));
        if (!context.services.createClient) {
            m_create->setReason(tr("This profile's users are made by the cluster's administrator."));
        }
        box->addWidget(m_user, 1);
        box->addWidget(m_create);
        addField(tr("User"), row, tr("A user of this name that exists already gets a new password."));
        connect(m_create, &QPushButton::clicked, this, &ConnectDialog::createUser);
        connect(m_user, &QLineEdit::textChanged, this, [this](const QString& user) {
            m_credential = {user.trimmed().toStdString(), {}};
            showConfig();
        });
    }
    m_kind = new Segmented({tr("kcat"), tr("Java"), tr("Python"), tr("librdkafka")}, tr("Client"));
    m_kind->setObjectName(QStringLiteral("clientKind"));
    content()->addWidget(m_kind);
    m_config = new QPlainTextEdit;
    m_config->setObjectName(QStringLiteral("clientConfig"));
    m_config->setAccessibleName(tr("Configuration"));
    m_config->setReadOnly(true);
    m_config->setFont(textFont(TextStyle::Mono));
    m_config->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_config->setMinimumHeight(kConfigHeight);
    content()->addWidget(m_config, 1);
    connect(m_kind, &Segmented::currentChanged, this, &ConnectDialog::showConfig);
    setCancelText(tr("Close"));
    auto* copy = addVerb(tr("Copy"));
    copy->setObjectName(QStringLiteral("copyConfig"));
    copy->setKind(ButtonKind::Plain);
    copy->setIconName(QStringLiteral("copy"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_config->toPlainText()); });
    showConfig();
}

void ConnectDialog::showConfig() {
    const auto& selection = m_context.navigator.selection();
    const auto topic = selection.kind == SelectionKind::Topic ? selection.name : QStringLiteral("my-topic");
    m_config->setPlainText(clientConfig(static_cast<ClientKind>(m_kind->current()),
                                        m_context.services.backbone.profile(), m_credential, topic));
}

void ConnectDialog::createUser() {
    const auto user = m_user->text().trimmed().toStdString();
    if (user.empty()) {
        sayError(tr("Name the user first, for example after the program: “svc-orders”."));
        m_user->setFocus();
        return;
    }
    m_create->setReason(tr("The user is being created."));
    const auto create = m_context.services.createClient;
    m_context.jobs.run(
        this, {.title = tr("Creating user %1").arg(text(user)), .key = QStringLiteral("user")},
        [create, user](const JobContext&) { return create(user); },
        [this](const Result<ClientCredential>& made) {
            m_create->setReason({});
            if (!made) {
                sayError(text(made.error().message));
                return;
            }
            m_credential = *made;
            message()->say(
                Tone::Ok,
                tr("User “%1” is ready. Its password stands below and is not shown again.").arg(text(made->user)));
            showConfig();
        });
}

} // namespace meshbone::ui
