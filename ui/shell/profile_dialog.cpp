// SPDX-License-Identifier: Apache-2.0
#include "shell/profile_dialog.h"

#include "shell/capability_list.h"
#include "shell/profile_form.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kWidth = 960;
constexpr std::chrono::seconds kTestTimeout{20};

} // namespace

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
    m_form->setFocus();
}

void ProfileDialog::build() {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    m_form = new ProfileForm(m_edited, m_isNew, text(m_context.services.profiles.file));
    columns->addWidget(m_form);
    columns->addWidget(buildTest(), 1);
    content()->addLayout(columns, 1);
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

void ProfileDialog::test() {
    const auto asked = m_form->cluster();
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
    const auto asked = m_form->cluster();
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
