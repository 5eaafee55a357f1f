// SPDX-License-Identifier: Apache-2.0
#include "shell/profile_dialog.h"

#include "shell/capability_list.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kWidth = 960, kFormWidth = 520, kSettingsHeight = 64;
constexpr std::chrono::seconds kTestTimeout{20};
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
                ProfileDialog::tr("Write each further setting as NAME=VALUE; “%1” is not.").arg(trimmed).toStdString());
        }
        settings[trimmed.left(equals).trimmed().toStdString()] = trimmed.mid(equals + 1).trimmed().toStdString();
    }
    return settings;
}

ProfileDialog::ProfileDialog(PageContext& context, const std::optional<backbone::KnownCluster>& edited, QWidget* parent)
    : Dialog(edited ? tr("Edit the profile “%1”").arg(text(edited->profile.name)) : tr("New profile"),
             tr("How this desktop reaches a cluster that speaks Kafka's protocol."), parent)
    , m_context(context)
    , m_isNew(!edited) {
    setObjectName(QStringLiteral("profileDialog"));
    setModal(true);
    if (edited) {
        m_edited = *edited;
    } else {
        m_edited.profile.name.clear();
        m_edited.profile.securityProtocol = "SASL_SSL";
        m_edited.profile.saslMechanism = "SCRAM-SHA-512";
    }
    setMinimumWidth(kWidth);
    build();
    addVerbs();
    follow();
    (m_isNew ? m_name : m_bootstrap)->setFocus();
}

QLineEdit* ProfileDialog::line(const char* name, const QString& label, const std::string& value) {
    auto* field = new QLineEdit(text(value));
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(label);
    return field;
}

void ProfileDialog::build() {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    auto* left = new QWidget;
    left->setFixedWidth(kFormWidth);
    auto* form = new QVBoxLayout(left);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(10);
    m_name = line("profileName", tr("Name"), m_edited.profile.name);
    m_name->setEnabled(m_isNew);
    m_stake = new Segmented({tr("Test"), tr("Production")}, tr("What is at stake"));
    m_stake->setObjectName(QStringLiteral("profileStake"));
    m_stake->setCurrent(m_edited.production ? kProductionIndex : 0);
    form->addLayout(sideBySide(labelled(tr("Name"), m_name), labelled(tr("What is at stake"), m_stake)));
    m_stake->setToolTip(tr("On production, what can't be undone asks for the name to be typed."));
    m_bootstrap = line("profileBootstrap", tr("Bootstrap servers"), m_edited.profile.bootstrap);
    m_bootstrap->setPlaceholderText(QStringLiteral("kafka-1.example.org:9093, kafka-2.example.org:9093"));
    form->addLayout(labelled(tr("Bootstrap servers"), m_bootstrap));
    buildLogin(*form);
    buildTls(*form);
    m_properties = new QPlainTextEdit(settingLines(m_edited.profile.properties));
    m_properties->setObjectName(QStringLiteral("profileProperties"));
    m_properties->setFont(textFont(TextStyle::Mono));
    m_properties->setFixedHeight(kSettingsHeight);
    m_properties->setTabChangesFocus(true);
    form->addLayout(labelled(tr("Further settings of librdkafka"), m_properties, tr("NAME=VALUE, one a line.")));
    form->addStretch(1);
    columns->addWidget(left);
    columns->addWidget(buildTest(), 1);
    content()->addLayout(columns, 1);
}

void ProfileDialog::buildLogin(QVBoxLayout& form) {
    m_protocol = new Choice(tr("Security protocol"));
    m_protocol->setObjectName(QStringLiteral("profileProtocol"));
    m_protocol->addItems({QStringLiteral("SASL_SSL"), QStringLiteral("SASL_PLAINTEXT"), QStringLiteral("SSL"),
                          QStringLiteral("PLAINTEXT")});
    choose(*m_protocol, m_edited.profile.securityProtocol);
    m_mechanism = new Choice(tr("Mechanism"));
    m_mechanism->setObjectName(QStringLiteral("profileMechanism"));
    m_mechanism->addItems({QStringLiteral("SCRAM-SHA-512"), QStringLiteral("SCRAM-SHA-256"), QStringLiteral("PLAIN")});
    choose(*m_mechanism, m_edited.profile.saslMechanism);
    form.addLayout(sideBySide(labelled(tr("Security protocol"), m_protocol), labelled(tr("Mechanism"), m_mechanism)));
    m_user = line("profileUser", tr("User"), m_edited.profile.user);
    m_password = line("profilePassword", tr("Password"), m_edited.profile.password);
    m_password->setEchoMode(QLineEdit::Password);
    form.addLayout(sideBySide(labelled(tr("User"), m_user), labelled(tr("Password"), m_password)));
    auto* kept = new Label(
        tr("The password is kept in %1, which only you may read.").arg(text(m_context.services.profiles.file)),
        TextStyle::Small, Token::Text3);
    kept->setObjectName(QStringLiteral("profileKept"));
    kept->setWordWrap(true);
    form.addWidget(kept);
    connect(m_protocol, &QComboBox::currentIndexChanged, this, &ProfileDialog::follow);
}

QWidget* ProfileDialog::fileField(const char* name, const QString& label, const std::string& value, QLineEdit*& into) {
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

void ProfileDialog::buildTls(QVBoxLayout& form) {
    const auto& profile = m_edited.profile;
    const auto ca = tr("Certificate authority (PEM)");
    form.addLayout(labelled(ca, fileField("profileCaFile", ca, profile.caFile, m_caFile),
                            tr("Empty: those that the system trusts.")));
    const auto certificate = tr("Client certificate (PEM)"), key = tr("Its key (PEM)");
    form.addLayout(sideBySide(labelled(certificate, fileField("profileCertificateFile", certificate,
                                                              profile.certificateFile, m_certificateFile)),
                              labelled(key, fileField("profileKeyFile", key, profile.keyFile, m_keyFile))));
}

QWidget* ProfileDialog::buildTest() {
    auto* right = new QWidget;
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Connection test"), TextStyle::BodyStrong));
    head->addStretch(1);
    m_test = new Button(tr("Test Connection"));
    m_test->setObjectName(QStringLiteral("profileTest"));
    m_test->setIconName(QStringLiteral("plug"));
    head->addWidget(m_test);
    layout->addLayout(head);
    m_found = new CapabilityList;
    m_found->setObjectName(QStringLiteral("profileFound"));
    auto* area = new QScrollArea;
    area->setObjectName(QStringLiteral("profileFoundArea"));
    area->setAccessibleName(tr("What the test found"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(m_found);
    layout->addWidget(area, 1);
    if (!m_context.services.profiles.test) {
        m_test->setReason(tr("This program can't test connections."));
    }
    connect(m_test, &QPushButton::clicked, this, &ProfileDialog::test);
    return right;
}

void ProfileDialog::addVerbs() {
    if (!m_isNew) {
        auto* remove = new Button(tr("Remove Profile…"), ButtonKind::Link);
        remove->setObjectName(QStringLiteral("profileRemove"));
        if (m_edited.profile.name == m_context.services.backbone.profile().name) {
            remove->setReason(tr("This profile is open; open another one first."));
        }
        connect(remove, &QPushButton::clicked, this, &ProfileDialog::remove);
        content()->addWidget(remove, 0, Qt::AlignLeft);
    }
    m_save = addVerb(tr("Save"));
    m_save->setObjectName(QStringLiteral("profileSave"));
    m_save->setKind(ButtonKind::Plain);
    m_save->setDefault(false);
    m_open = addVerb(tr("Save and Open"));
    m_open->setObjectName(QStringLiteral("profileOpen"));
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_open, &QPushButton::clicked, this, [this] { save(true); });
}

/// What the security protocol has no use for can't be filled in.
void ProfileDialog::follow() {
    const bool sasl = m_protocol->currentText().startsWith(QStringLiteral("SASL"));
    const bool tls = m_protocol->currentText().endsWith(QStringLiteral("SSL"));
    for (QWidget* field : std::initializer_list<QWidget*>{m_mechanism, m_user, m_password}) {
        field->setEnabled(sasl);
    }
    for (QWidget* field : {m_caFile, m_certificateFile, m_keyFile}) {
        field->setEnabled(tls);
    }
}

Result<backbone::KnownCluster> ProfileDialog::cluster() const {
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
    known.production = m_stake->current() == kProductionIndex;
    return known;
}

void ProfileDialog::test() {
    const auto asked = cluster();
    if (!asked) {
        sayError(text(asked.error().message));
        return;
    }
    message()->hide();
    m_found->clear();
    m_test->setReason(tr("The cluster is being asked."));
    m_context.jobs.run(
        this,
        {.title = tr("Testing the connection to %1").arg(text(asked->profile.bootstrap)),
         .key = QStringLiteral("test")},
        [test = m_context.services.profiles.test, profile = asked->profile](const JobContext& job) {
            return test(profile, job.call(kTestTimeout));
        },
        [this](const Result<backbone::Capabilities>& found) {
            m_test->setReason({});
            if (found) {
                m_found->showFound(*found);
            } else {
                m_found->showProblem(text(found.error().message));
            }
        });
}

void ProfileDialog::save(bool open) {
    const auto asked = cluster();
    if (!asked) {
        sayError(text(asked.error().message));
        return;
    }
    const auto reason = tr("The profile is being saved.");
    m_save->setReason(reason);
    m_open->setReason(reason);
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("save"), .cancellable = false},
        [save = m_context.services.profiles.save, isNew = m_isNew, clusters = m_context.services.profiles.clusters,
         known = *asked](const JobContext&) -> Status {
            const auto there = isNew ? clusters() : Result<std::vector<backbone::KnownCluster>>();
            const auto sameName = [&](const backbone::KnownCluster& one) {
                return one.profile.name == known.profile.name;
            };
            if (there && std::ranges::any_of(*there, sameName)) {
                return fail(ErrorCode::AlreadyExists,
                            tr("There is a profile “%1” already; edit that one, or choose another name.")
                                .arg(text(known.profile.name))
                                .toStdString());
            }
            return save(known);
        },
        [this, open, name = text(asked->profile.name)](const Status& done) {
            m_save->setReason({});
            m_open->setReason({});
            if (!done) {
                sayError(text(done.error().message));
                return;
            }
            accept();
            emit saved(name, open);
        });
}

void ProfileDialog::remove() {
    const auto name = text(m_edited.profile.name);
    confirmAction(this, tr("Remove the profile “%1”?").arg(name),
                  tr("Its password is forgotten. The cluster itself, and what this desktop knows about it, stay."),
                  tr("Remove"), {}, [this, name] {
                      m_context.jobs.run(
                          this, {.title = {}, .key = QStringLiteral("save"), .cancellable = false},
                          [remove = m_context.services.profiles.remove, name = name.toStdString()](const JobContext&) {
                              return remove(name);
                          },
                          [this, name](const Status& done) {
                              if (!done) {
                                  sayError(text(done.error().message));
                                  return;
                              }
                              accept();
                              emit removed(name);
                          });
                  });
}

} // namespace meshbone::ui
