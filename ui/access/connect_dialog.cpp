// SPDX-License-Identifier: Apache-2.0
#include "access/connect_dialog.h"

#include "access/access_words.h"
#include "access/client_access.h"
#include "shell/client_config_view.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kWidth = 680;
constexpr int kStepHeight = 350; // a dialog is given two thirds of a screen; the steps scroll

/// The access step is higher than a small screen.
QScrollArea* scrolling(QWidget* content) {
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    area->setWidget(content);
    return area;
}

} // namespace

ConnectDialog::ConnectDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Connect a client"),
             tr("Any client that speaks Kafka's protocol can write and read here. It needs a user of its own, so that "
                "lineage and access know it by name."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("connectDialog"));
    setMinimumWidth(kWidth);
    const auto& selection = context.navigator.selection();
    m_topic = selection.kind == SelectionKind::Topic ? selection.name : QString();
    const auto& profile = context.services.backbone.profile();
    const bool needsUser = profile.securityProtocol.starts_with("SASL");
    m_credential = {needsUser ? "my-client" : "", {}, usualMechanism(profile)};
    m_steps = new Tabs(tr("Steps"));
    m_steps->setObjectName(QStringLiteral("connectSteps"));
    for (const auto& title : {tr("User"), tr("What it may do"), tr("Configuration")}) {
        m_steps->addTab(title);
    }
    m_stack = new QStackedWidget;
    m_stack->setMinimumHeight(kStepHeight);
    m_access = new ClientAccess(context);
    m_stack->addWidget(buildUser());
    m_stack->addWidget(scrolling(m_access));
    m_stack->addWidget(buildConfiguration());
    content()->addWidget(m_steps);
    content()->addWidget(m_stack, 1);
    setCancelText(tr("Close"));
    connect(m_steps, &Tabs::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_access, &ClientAccess::changed, this, &ConnectDialog::showConfig);
    connect(m_access, &ClientAccess::refused, this, &Dialog::sayError);
    connect(m_access, &ClientAccess::sent, this, [this](bool approved, const QString& sentence) {
        m_isAsked = true;
        message()->say(approved ? Tone::Ok : Tone::Accent, sentence);
        showStanding();
        m_steps->setCurrent(Configuration);
    });
    if (!needsUser) {
        m_steps->hide();
        m_steps->setCurrent(Configuration);
    }
    userChanged();
    readStanding();
}

QWidget* ConnectDialog::buildUser() {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* name = new Label(tr("User"), TextStyle::Secondary, Token::Text2);
    m_user = new QLineEdit(text(m_credential.user));
    m_user->setObjectName(QStringLiteral("clientUser"));
    m_user->setAccessibleName(tr("User"));
    name->setBuddy(m_user);
    m_create = new Button(tr("Create User"), ButtonKind::Primary);
    m_create->setObjectName(QStringLiteral("createUser"));
    m_create->setReason(whyNoUsers(m_context));
    auto* row = new QHBoxLayout;
    row->addWidget(m_user, 1);
    row->addWidget(m_create);
    auto* hint = new Label(tr("It gets a password for %1. A user of this name that exists already gets a new one. The "
                              "password is shown once, under Configuration, and kept nowhere.")
                               .arg(text(std::string(backbone::name(m_credential.mechanism)))),
                           TextStyle::Small, Token::Text3);
    hint->setWordWrap(true);
    layout->addWidget(name);
    layout->addLayout(row);
    layout->addWidget(hint);
    auto* next =
        new Label(tr("Then it asks for what it may do: who owns the data agrees, or a policy does at once. You can "
                     "skip that, but until something is granted the client may do nothing."),
                  TextStyle::Body, Token::Text2);
    next->setWordWrap(true);
    layout->addWidget(next);
    auto* skip = new Button(tr("Go On Without a New User"), ButtonKind::Link);
    skip->setObjectName(QStringLiteral("skipUser"));
    layout->addWidget(skip, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(skip, &Button::clicked, this, [this] { m_steps->setCurrent(Access); });
    connect(m_create, &Button::clicked, this, &ConnectDialog::createUser);
    connect(m_user, &QLineEdit::textChanged, this, &ConnectDialog::userChanged);
    return page;
}

QWidget* ConnectDialog::buildConfiguration() {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_standing = new MessageBar;
    m_standing->setObjectName(QStringLiteral("clientStanding"));
    m_standing->addAction(tr("Ask for Access"), [this] { m_steps->setCurrent(Access); })
        ->setObjectName(QStringLiteral("askForAccess"));
    layout->addWidget(m_standing);
    m_config = new ClientConfigView(m_context.services.backbone.profile());
    layout->addWidget(m_config, 1);
    return page;
}

void ConnectDialog::userChanged() {
    m_credential.user = m_user->text().trimmed().toStdString();
    m_credential.password.clear();
    m_isAsked = false;
    m_access->setUser(m_credential.user);
    showConfig();
    showStanding();
}

void ConnectDialog::showConfig() {
    auto setup = m_credential.setup();
    const auto scope = m_access->scope();
    const auto& topics = scope.reads.empty() ? scope.writes : scope.reads;
    setup.topic = topics.empty() || topics.front().pattern != backbone::PatternType::Literal
                      ? m_topic
                      : text(topics.front().name);
    setup.group = text(scope.group.name);
    if (!topics.empty()) {
        setup.reads = !scope.reads.empty();
        setup.writes = !scope.writes.empty();
    }
    m_config->setSetup(std::move(setup));
}

/// Without an authorizer whoever connects may do everything, and it would be wrong to say otherwise.
void ConnectDialog::readStanding() {
    auto* backbone = &m_context.services.backbone;
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("standing")},
        [backbone](const JobContext& job) {
            backbone::AclFilter filter;
            filter.resourceKind = backbone::ResourceKind::Cluster;
            return backbone->access().acls(filter, job.call());
        },
        [this](const Result<std::vector<backbone::AclBinding>>& acls) {
            m_isEnforced = acls || acls.error().code != ErrorCode::Unsupported;
            showStanding();
        });
}

void ConnectDialog::showStanding() {
    const auto principal = "User:" + m_credential.user;
    QStringList has;
    for (const auto& grant : m_context.feed.catalog()->access.grants) {
        if (grant.scope.principal == principal && grant.inForceAt(nowMs())) {
            has << scopeTitle(grant.scope);
        }
    }
    if (!m_isEnforced) {
        m_standing->say(Tone::Neutral, tr("This backbone runs without an authorizer: every client may do everything."));
    } else if (!has.isEmpty()) {
        m_standing->say(Tone::Ok, tr("It is granted something already."), has.join(QStringLiteral("; ")));
    } else if (!m_isAsked) {
        m_standing->say(Tone::Warn, tr("This client may do nothing yet: nobody has granted it anything."));
    } else {
        m_standing->hide();
    }
    m_standing->findChild<Button*>(QStringLiteral("askForAccess"))->setVisible(m_isEnforced && has.isEmpty());
}

void ConnectDialog::createUser() {
    if (m_credential.user.empty()) {
        sayError(tr("Name the user first, for example after the program: “svc-orders”."));
        m_user->setFocus();
        return;
    }
    m_create->setReason(tr("The user is being created."));
    m_user->setEnabled(false);
    auto credential = m_credential;
    credential.password = backbone::randomPassword();
    putClientUser(m_context, this, credential, [this, credential](const Result<ActOutcome>& made) {
        m_create->setReason({});
        m_user->setEnabled(true);
        if (!made) {
            sayError(text(made.error().message));
            return;
        }
        m_credential = credential;
        message()->say(Tone::Ok,
                       tr("User “%1” is ready. Its password stands under Configuration and is not shown again.")
                           .arg(text(credential.user)),
                       made->notRecorded);
        showConfig();
        m_steps->setCurrent(m_isEnforced ? Access : Configuration);
    });
}

void installConnectCommand(PageContext& context) {
    context.commands.add(context.commands.window(),
                         {QStringLiteral("client.connect"),
                          ConnectDialog::tr("Connect a Client…"),
                          ConnectDialog::tr("Backbone"),
                          {},
                          QStringLiteral("plug"),
                          {},
                          [&context] { (new ConnectDialog(context, context.commands.window()))->show(); },
                          [&context] {
                              return context.feed.isHealthy()
                                         ? QString()
                                         : ConnectDialog::tr(
                                               "The backbone can't be reached, so a client can't either.");
                          },
                          false});
}

} // namespace meshbone::ui
