// SPDX-License-Identifier: Apache-2.0
#include "shell/profile_form.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/dialog.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/segmented.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kFormWidth = 520, kSettingsHeight = 64;
constexpr int kProductionIndex = 1;

QLayout* sideBySide(QLayout* left, QLayout* right) {
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    return row;
}

void choose(Choice& choice, const std::string& value) {
    choice.setCurrentIndex(std::max(0, choice.findText(text(value))));
}

std::string entered(const QLineEdit& line) {
    return line.text().trimmed().toStdString();
}

} // namespace

QString settingLines(const std::map<std::string, std::string>& properties) {
    QStringList lines;
    for (const auto& [name, value] : properties) {
        lines << text(name) + u'=' + text(value);
    }
    return lines.join(u'\n');
}

Result<std::map<std::string, std::string>> settingsIn(const QString& lines) {
    std::map<std::string, std::string> settings;
    for (const auto& line : lines.split(u'\n', Qt::SkipEmptyParts)) {
        const auto trimmed = line.trimmed();
        const auto equals = trimmed.indexOf(u'=');
        if (trimmed.isEmpty()) {
            continue;
        }
        if (equals <= 0) {
            return fail(
                ErrorCode::InvalidArgument,
                ProfileForm::tr("Write each further setting as NAME=VALUE; “%1” is not.").arg(trimmed).toStdString());
        }
        settings[trimmed.left(equals).trimmed().toStdString()] = trimmed.mid(equals + 1).trimmed().toStdString();
    }
    return settings;
}

ProfileForm::ProfileForm(const backbone::KnownCluster& edited, bool isNew, const QString& file, QWidget* parent)
    : QWidget(parent)
    , m_edited(edited) {
    setFixedWidth(kFormWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_name = line("profileName", tr("Name"), m_edited.profile.name);
    m_name->setEnabled(isNew);
    m_stake = new Segmented({tr("Test"), tr("Production")}, tr("What is at stake"));
    m_stake->setObjectName(QStringLiteral("profileStake"));
    m_stake->setCurrent(m_edited.production ? kProductionIndex : 0);
    m_stake->setToolTip(tr("On production, what can't be undone asks for the name to be typed."));
    layout->addLayout(
        sideBySide(Dialog::labelled(tr("Name"), m_name), Dialog::labelled(tr("What is at stake"), m_stake)));
    m_bootstrap = line("profileBootstrap", tr("Bootstrap servers"), m_edited.profile.bootstrap);
    m_bootstrap->setPlaceholderText(QStringLiteral("kafka-1.example.org:9093, kafka-2.example.org:9093"));
    layout->addLayout(Dialog::labelled(tr("Bootstrap servers"), m_bootstrap));
    addLogin(*layout, file);
    addTls(*layout);
    addRegistry(*layout);
    addProperties(*layout);
    layout->addStretch(1);
    follow();
    setFocusProxy(isNew ? m_name : m_bootstrap);
}

QLineEdit* ProfileForm::line(const char* name, const QString& label, const std::string& value) {
    auto* field = new QLineEdit(text(value));
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    return field;
}

void ProfileForm::addLogin(QVBoxLayout& layout, const QString& file) {
    m_protocol = new Choice(tr("Security protocol"));
    m_protocol->setObjectName(QStringLiteral("profileProtocol"));
    m_protocol->addItems({QStringLiteral("SASL_SSL"), QStringLiteral("SASL_PLAINTEXT"), QStringLiteral("SSL"),
                          QStringLiteral("PLAINTEXT")});
    choose(*m_protocol, m_edited.profile.securityProtocol);
    m_mechanism = new Choice(tr("Mechanism"));
    m_mechanism->setObjectName(QStringLiteral("profileMechanism"));
    m_mechanism->addItems({QStringLiteral("SCRAM-SHA-512"), QStringLiteral("SCRAM-SHA-256"), QStringLiteral("PLAIN")});
    choose(*m_mechanism, m_edited.profile.saslMechanism);
    layout.addLayout(sideBySide(Dialog::labelled(tr("Security protocol"), m_protocol),
                                Dialog::labelled(tr("Mechanism"), m_mechanism)));
    m_user = line("profileUser", tr("User"), m_edited.profile.user);
    m_password = line("profilePassword", tr("Password"), m_edited.profile.password);
    m_password->setEchoMode(QLineEdit::Password);
    layout.addLayout(sideBySide(Dialog::labelled(tr("User"), m_user), Dialog::labelled(tr("Password"), m_password)));
    auto* kept =
        new Label(tr("The password is kept in %1, which only you may read.").arg(file), TextStyle::Small, Token::Text3);
    kept->setObjectName(QStringLiteral("profileKept"));
    kept->setWordWrap(true);
    layout.addWidget(kept);
    connect(m_protocol, &QComboBox::currentIndexChanged, this, &ProfileForm::follow);
}

QWidget* ProfileForm::fileField(const char* name, const QString& label, const std::string& value, QLineEdit*& into) {
    auto* row = new QWidget;
    auto* box = new QHBoxLayout(row);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(4);
    into = line(name, label, value);
    row->setFocusProxy(into);
    row->setAccessibleName(label);
    auto* browse = Button::iconButton(QStringLiteral("file"), tr("Choose the file: %1").arg(label));
    box->addWidget(into, 1);
    box->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this, into, label] {
        const auto path =
            QFileDialog::getOpenFileName(this, label, into->text(), tr("PEM (*.pem *.crt *.key);;All (*)"));
        if (!path.isEmpty()) {
            into->setText(path);
        }
    });
    return row;
}

void ProfileForm::addTls(QVBoxLayout& layout) {
    const auto& profile = m_edited.profile;
    const auto ca = tr("Certificate authority (PEM)");
    layout.addLayout(Dialog::labelled(ca, fileField("profileCaFile", ca, profile.caFile, m_caFile),
                                      tr("Empty: those that the system trusts.")));
    const auto certificate = tr("Client certificate (PEM)"), key = tr("Its key (PEM)");
    layout.addLayout(sideBySide(Dialog::labelled(certificate, fileField("profileCertificateFile", certificate,
                                                                        profile.certificateFile, m_certificateFile)),
                                Dialog::labelled(key, fileField("profileKeyFile", key, profile.keyFile, m_keyFile))));
}

void ProfileForm::addRegistry(QVBoxLayout& layout) {
    const auto& registry = m_edited.registry;
    const auto url = tr("Schema registry (URL)"), user = tr("User there"), password = tr("Password there");
    m_registryUrl = line("profileRegistryUrl", url, registry.url);
    m_registryUrl->setPlaceholderText(QStringLiteral("https://registry.example.org:8081"));
    layout.addLayout(Dialog::labelled(url, m_registryUrl));
    m_registryUser = line("profileRegistryUser", user, registry.user);
    m_registryPassword = line("profileRegistryPassword", password, registry.password);
    m_registryPassword->setEchoMode(QLineEdit::Password);
    layout.addLayout(
        sideBySide(Dialog::labelled(user, m_registryUser), Dialog::labelled(password, m_registryPassword)));
}

void ProfileForm::addProperties(QVBoxLayout& layout) {
    m_properties = new QPlainTextEdit(settingLines(m_edited.profile.properties));
    m_properties->setObjectName(QStringLiteral("profileProperties"));
    m_properties->setFont(textFont(TextStyle::Mono));
    m_properties->setFixedHeight(kSettingsHeight);
    m_properties->setTabChangesFocus(true);
    layout.addLayout(
        Dialog::labelled(tr("Further settings of librdkafka"), m_properties, tr("NAME=VALUE, one a line.")));
}

/// What the security protocol has no use for can't be filled in.
void ProfileForm::follow() {
    const bool sasl = m_protocol->currentText().startsWith(QStringLiteral("SASL"));
    const bool tls = m_protocol->currentText().endsWith(QStringLiteral("SSL"));
    for (QWidget* field : std::initializer_list<QWidget*>{m_mechanism, m_user, m_password}) {
        field->setEnabled(sasl);
    }
    for (QWidget* field : {m_caFile, m_certificateFile, m_keyFile}) {
        field->setEnabled(tls);
    }
}

Result<backbone::KnownCluster> ProfileForm::cluster() const {
    auto known = m_edited; // keeps what has no field
    auto& profile = known.profile;
    profile.name = entered(*m_name);
    profile.bootstrap = entered(*m_bootstrap);
    profile.securityProtocol = m_protocol->currentText().toStdString();
    const bool sasl = m_user->isEnabled(), tls = m_caFile->isEnabled();
    profile.saslMechanism = sasl ? m_mechanism->currentText().toStdString() : "";
    profile.user = sasl ? entered(*m_user) : "";
    profile.password = sasl ? m_password->text().toStdString() : "";
    profile.caFile = tls ? entered(*m_caFile) : "";
    profile.certificateFile = tls ? entered(*m_certificateFile) : "";
    profile.keyFile = tls ? entered(*m_keyFile) : "";
    const auto properties = settingsIn(m_properties->toPlainText());
    if (!properties) {
        return std::unexpected(properties.error());
    }
    profile.properties = *properties;
    known.registry.url = entered(*m_registryUrl);
    known.registry.user = entered(*m_registryUser);
    known.registry.password = m_registryPassword->text().toStdString();
    known.production = m_stake->current() == kProductionIndex;
    return known;
}

} // namespace meshbone::ui
