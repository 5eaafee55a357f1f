// SPDX-License-Identifier: Apache-2.0
#include "access/password_dialog.h"

#include "access/access_words.h"
#include "shell/client_config_view.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace meshbone::ui {

using backbone::ScramMechanism;

namespace {

constexpr int kWidth = 640;
constexpr std::array kMechanisms{ScramMechanism::Sha256, ScramMechanism::Sha512};

QString nameOf(ScramMechanism mechanism) {
    return text(std::string(backbone::name(mechanism)));
}

Label* wrapped(const QString& words, Token ink) {
    auto* label = new Label(words, TextStyle::Secondary, ink);
    label->setWordWrap(true);
    return label;
}

/// The mechanism that its clients can use, in a configuration that is shown without a new password.
ScramMechanism mechanismOf(const PrincipalRow& row, ScramMechanism usual) {
    const bool hasUsual = std::ranges::any_of(
        row.credentials, [&](const backbone::ScramUser::Credential& one) { return one.mechanism == usual; });
    return row.credentials.empty() || hasUsual ? usual : row.credentials.front().mechanism;
}

} // namespace

ClientSetup setupOf(const CatalogView& catalog, const std::string& principal) {
    ClientSetup setup;
    setup.user = userOf(principal);
    setup.reads = setup.writes = false;
    for (const auto& grant : catalog.access.grants) {
        if (grant.scope.principal != principal || !grant.inForceAt(nowMs())) {
            continue;
        }
        const auto& topics = grant.scope.reads.empty() ? grant.scope.writes : grant.scope.reads;
        if (setup.topic.isEmpty() && !topics.empty() && topics.front().pattern == backbone::PatternType::Literal) {
            setup.topic = text(topics.front().name);
        }
        setup.group = setup.group.isEmpty() ? text(grant.scope.group.name) : setup.group;
        setup.reads = setup.reads || !grant.scope.reads.empty();
        setup.writes = setup.writes || !grant.scope.writes.empty();
    }
    if (!setup.reads && !setup.writes) {
        setup.reads = setup.writes = true; // nothing is granted yet: both, as examples
    }
    return setup;
}

PasswordDialog::PasswordDialog(PageContext& context, const PrincipalRow& row, QWidget* parent)
    : Dialog(
          row.credentials.empty() ? tr("A SCRAM user for %1").arg(text(row.known.name))
                                  : tr("A new password for %1").arg(text(row.known.name)),
          row.credentials.empty()
              ? tr("The password is made here, shown once, and kept nowhere.")
              : tr("SCRAM-SHA-256 and SCRAM-SHA-512 are two credentials of one user. A new password for one of them "
                   "leaves the other one's valid, so clients can move one after the other. It is the same principal: "
                   "its grants and ACLs stay, while a second user would have to ask for its own."),
          parent)
    , m_context(context)
    , m_row(row) {
    setObjectName(QStringLiteral("passwordDialog"));
    setMinimumWidth(kWidth);
    m_mechanism = new Choice(tr("The password is for"));
    m_mechanism->setObjectName(QStringLiteral("mechanism"));
    for (const auto one : kMechanisms) {
        m_mechanism->addItem(nameOf(one), static_cast<int>(one));
    }
    m_mechanism->setCurrentIndex(m_mechanism->findData(static_cast<int>(proposed())));
    addField(tr("The password is for"), m_mechanism);
    m_effect = wrapped({}, Token::Text2);
    m_effect->setObjectName(QStringLiteral("passwordEffect"));
    content()->addWidget(m_effect);
    m_config = new ClientConfigView(context.services.backbone.profile());
    m_config->hide();
    content()->addWidget(m_config, 1);
    m_checked = wrapped({}, Token::Text2);
    m_checked->setObjectName(QStringLiteral("passwordChecked"));
    m_checked->hide();
    content()->addWidget(m_checked);
    m_verb = addVerb(row.credentials.empty() ? tr("Create User") : tr("Set the New Password"));
    connect(m_verb, &Button::clicked, this, &PasswordDialog::put);
    connect(m_mechanism, &QComboBox::currentIndexChanged, this, &PasswordDialog::tellEffect);
    tellEffect();
}

ScramMechanism PasswordDialog::mechanism() const {
    return static_cast<ScramMechanism>(m_mechanism->currentData().toInt());
}

bool PasswordDialog::has(ScramMechanism mechanism) const {
    return std::ranges::any_of(m_row.credentials,
                               [&](const backbone::ScramUser::Credential& one) { return one.mechanism == mechanism; });
}

/// The one that leaves what clients use now as it is, as far as that shows.
ScramMechanism PasswordDialog::proposed() const {
    const auto usual = usualMechanism(m_context.services.backbone.profile());
    return has(usual) ? otherMechanism(usual) : usual;
}

void PasswordDialog::tellEffect() {
    const auto fresh = mechanism(), other = otherMechanism(fresh);
    if (m_row.credentials.empty()) {
        m_effect->setText(tr("The other mechanism stays free, for a later change of the password without a gap."));
    } else if (!has(fresh)) {
        m_effect->setText(
            tr("With an overlap: the password for %1 stays valid until you end it. A client that moves "
               "changes its password and sets sasl.mechanism to %2, both in the configuration shown next.")
                .arg(nameOf(other), nameOf(fresh)));
    } else if (has(other)) {
        m_effect->setText(tr("Clients that log in by %1 fail at their next login until they have the new password; the "
                             "password for %2 stays valid. Choose the mechanism that your clients don't use, and the "
                             "change has no gap.")
                              .arg(nameOf(fresh), nameOf(other)));
    } else {
        m_effect->setText(tr("Without an overlap: clients fail at their next login until they have the new password. "
                             "Connections that are open stay open."));
    }
}

void PasswordDialog::put() {
    m_verb->setReason(tr("The password is being set."));
    const ClientCredential credential{userOf(m_row.known.principal), backbone::randomPassword(), mechanism()};
    putClientUser(m_context, this, credential, [this, credential](const Result<ActOutcome>& done) {
        m_verb->setReason({});
        if (!done) {
            sayError(text(done.error().message));
            return;
        }
        showSecret(credential, done->notRecorded);
        check(credential);
        emit changed();
    });
}

void PasswordDialog::showSecret(const ClientCredential& credential, const QString& notRecorded) {
    m_verb->hide();
    m_mechanism->setEnabled(false);
    setCancelText(tr("Close"));
    auto setup = setupOf(*m_context.feed.catalog(), m_row.known.principal);
    setup.password = credential.password;
    setup.mechanism = backbone::name(credential.mechanism);
    m_config->setSetup(std::move(setup));
    m_config->show();
    const auto then = has(otherMechanism(credential.mechanism))
                          ? tr(" Once every client has moved, end the password for %1.")
                                .arg(nameOf(otherMechanism(credential.mechanism)))
                          : QString();
    message()->say(Tone::Ok, tr("The password is set. It stands above and is not shown again.") + then,
                   notRecorded.isEmpty() ? QString() : tr("It is not in the ledger: %1").arg(notRecorded));
}

/// A listener may not offer the mechanism, which only a login shows.
void PasswordDialog::check(const ClientCredential& credential) {
    m_checked->setText(tr("A login is being tried."));
    m_checked->show();
    tryLogin(m_context, this, credential, [this, mechanism = credential.mechanism](const Status& status) {
        m_checked->setInk(status ? Token::Ok : Token::Warn);
        m_checked->setText(
            status
                ? tr("Tried: the backbone lets it in by %1.").arg(nameOf(mechanism))
                : tr("Tried, and it could not log in by %1: %2").arg(nameOf(mechanism), text(status.error().message)));
    });
}

ConfigurationDialog::ConfigurationDialog(PageContext& context, const PrincipalRow& row, QWidget* parent)
    : Dialog(tr("Configuration for %1").arg(text(row.known.name)),
             tr("Its password isn't known here: it was shown once, when it was set."), parent) {
    setObjectName(QStringLiteral("configurationDialog"));
    setMinimumWidth(kWidth);
    auto setup = setupOf(*context.feed.catalog(), row.known.principal);
    setup.mechanism = backbone::name(mechanismOf(row, usualMechanism(context.services.backbone.profile())));
    auto* config = new ClientConfigView(context.services.backbone.profile());
    config->setSetup(std::move(setup));
    content()->addWidget(config, 1);
    setCancelText(tr("Close"));
}

} // namespace meshbone::ui
