// SPDX-License-Identifier: Apache-2.0
#include "access/principals_view.h"

#include "access/password_dialog.h"
#include "access/principal_form.h"
#include "access/principal_panel.h"
#include "access/principals_model.h"
#include "access/remove_principal.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"

#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace meshbone::ui {

namespace {

constexpr int kPrincipalPanelWidth = 360;

QString whyNoPassword(const PageContext& context, const PrincipalRow& row) {
    return userOf(row.known.principal).empty()
               ? PrincipalsView::tr("A principal of this type doesn't log in with a SCRAM user.")
               : whyNoUsers(context);
}

} // namespace

PrincipalsView::PrincipalsView(PageContext& context, QWidget* parent)
    : AccessView(context, parent)
    , m_loading(
          context.jobs, this, [this] { return makeLoaded(); },
          [this](Loaded loaded) { showLoaded(std::move(loaded)); }) {
    m_model = new PrincipalsModel(this);
    registerLedgerCommands();
    registerUserCommands();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList(), 1);
    m_panel = new PrincipalPanel(context);
    m_panel->setFixedWidth(kPrincipalPanelWidth);
    layout->addWidget(m_panel);
    connect(m_panel, &Inspector::closeAsked, this, [this] { m_list->table()->clearSelection(); });
    connect(m_panel, &PrincipalPanel::endPasswordAsked, this, &PrincipalsView::endPassword);
}

ListPanel* PrincipalsView::buildList() {
    m_list = new ListPanel(QStringLiteral("principals"));
    m_list->table()->setAccessibleName(tr("Principals"));
    m_list->addFilter(buildFilter());
    m_list->setSource(m_model);
    m_list->setLoading(true, tr("Asking the backbone who is there…"));
    m_list->rowFilter()->setCondition([this](int row) { return passes(m_model->at(row)); });
    m_list->emptyView()->setMessage(
        QStringLiteral("people"), tr("Nobody may do anything yet"),
        tr("No principal is registered, none has a user, and no ACL names one. Connect a client, or register the "
           "principal of a program that is to come."));
    m_list->emptyView()->setAction(tr("Connect a Client…"),
                                   [this] { context().commands.run(QStringLiteral("client.connect")); });
    m_list->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(menu, {QStringLiteral("principal.edit"), QStringLiteral("principal.password"),
                                            QStringLiteral("principal.config"), QStringLiteral("-"),
                                            QStringLiteral("principal.disable"), QStringLiteral("principal.enable"),
                                            QStringLiteral("principal.remove")});
    });
    connect(m_list, &ListPanel::currentChanged, this, [this](int row) {
        if (row >= 0 && !m_isFollowing) {
            context().navigator.select({SelectionKind::Principal, m_model->key(m_model->at(row))});
        }
        showCurrent();
    });
    connect(m_list, &ListPanel::activated, this, [this] { context().commands.run(QStringLiteral("principal.edit")); });
    return m_list;
}

Button* PrincipalsView::buildFilter() {
    auto* button = new Button(tr("Any state"));
    button->setObjectName(QStringLiteral("principalState"));
    auto* menu = new QMenu(button);
    button->setMenu(menu);
    for (const auto& [only, title] :
         {std::pair{Only::All, tr("Any state")}, std::pair{Only::Enabled, tr("Enabled")},
          std::pair{Only::Disabled, tr("Disabled")}, std::pair{Only::NotRegistered, tr("Not registered")},
          std::pair{Only::WithUser, tr("With a SCRAM user")}}) {
        menu->addAction(title, this, [this, button, only = only, title = title] {
            m_only = only;
            button->setText(title);
            m_list->rowFilter()->invalidateCondition();
        });
    }
    return button;
}

bool PrincipalsView::passes(const PrincipalRow& row) const {
    switch (m_only) {
    case Only::All:
        return true;
    case Only::Enabled:
        return row.isRegistered && !row.known.disabled;
    case Only::Disabled:
        return row.known.disabled;
    case Only::NotRegistered:
        return !row.isRegistered;
    case Only::WithUser:
        return !row.credentials.empty();
    }
    return true;
}

void PrincipalsView::registerLedgerCommands() {
    const auto add = [this](const QString& id, const QString& title, const QString& icon, std::function<void()> run,
                            std::function<QString(const PrincipalRow&)> more) {
        context().commands.add(this, {id,
                                      title,
                                      tr("Access"),
                                      {},
                                      icon,
                                      kAccessPage,
                                      std::move(run),
                                      [this, more = std::move(more)] {
                                          const auto reason = whyNoEntry(context());
                                          return reason.isEmpty() ? whyNot(more) : reason;
                                      },
                                      true});
    };
    context().commands.add(this, {QStringLiteral("principal.register"),
                                  tr("Register Principal"),
                                  tr("Access"),
                                  {},
                                  QStringLiteral("plus"),
                                  kAccessPage,
                                  [this] { openForm({}); },
                                  [this] { return whyNoEntry(context()); },
                                  false});
    const auto isOwn = [this](const PrincipalRow& row) {
        return userOf(row.known.principal) == context().services.backbone.profile().user
                   ? tr("This window logs in as this principal and would lock itself out.")
                   : QString();
    };
    add(
        QStringLiteral("principal.edit"), tr("Register or Edit Principal…"), QStringLiteral("edit"),
        [this] { openForm(current()); },
        [](const PrincipalRow& row) {
            return row.isEverybody() ? tr("User:* is everybody, and nobody's own.") : QString();
        });
    add(
        QStringLiteral("principal.disable"), tr("Disable Principal…"), QStringLiteral("pause"),
        [this] { openState(true); },
        [isOwn](const PrincipalRow& row) {
            return row.isEverybody()    ? tr("User:* is everybody; take away what it is granted instead.")
                   : row.known.disabled ? tr("It is disabled.")
                                        : isOwn(row);
        });
    add(
        QStringLiteral("principal.enable"), tr("Enable Principal Again…"), QStringLiteral("play"),
        [this] { openState(false); },
        [](const PrincipalRow& row) { return row.known.disabled ? QString() : tr("It is not disabled."); });
    add(
        QStringLiteral("principal.remove"), tr("Remove Principal…"), QStringLiteral("trash"), [this] { openRemoval(); },
        [isOwn](const PrincipalRow& row) {
            return row.isRegistered ? isOwn(row) : tr("It isn't registered, so there is nothing to remove here.");
        });
}

void PrincipalsView::registerUserCommands() {
    const auto add = [this](const QString& id, const QString& title, const QString& icon, std::function<void()> run,
                            std::function<QString(const PrincipalRow&)> more) {
        context().commands.add(this, {id,
                                      title,
                                      tr("Access"),
                                      {},
                                      icon,
                                      kAccessPage,
                                      std::move(run),
                                      [this, more = std::move(more)] { return whyNot(more); },
                                      true});
    };
    add(
        QStringLiteral("principal.password"), tr("Create SCRAM User or New Password…"), QStringLiteral("access"),
        [this] { openPassword(); },
        [this](const PrincipalRow& row) {
            if (row.known.disabled) {
                return tr("It is disabled; enable it first.");
            }
            return userOf(row.known.principal) == context().services.backbone.profile().user
                       ? tr("This window logs in as this user and would lock itself out.")
                       : whyNoPassword(context(), row);
        });
    add(
        QStringLiteral("principal.config"), tr("Client Configuration…"), QStringLiteral("plug"),
        [this] {
            auto* dialog = new ConfigurationDialog(context(), *current(), this);
            dialog->show();
        },
        [](const PrincipalRow& row) {
            return userOf(row.known.principal).empty() ? tr("A client of this principal logs in otherwise.")
                                                       : QString();
        });
}

QString PrincipalsView::whyNot(const std::function<QString(const PrincipalRow&)>& more) const {
    const auto row = current();
    return row ? more(*row) : tr("No principal is selected.");
}

std::optional<PrincipalRow> PrincipalsView::current() const {
    const auto row = m_list == nullptr ? -1 : m_list->currentSourceRow(); // commands ask while the view is being built
    return row < 0 ? std::nullopt : std::optional(m_model->at(row));
}

bool PrincipalsView::isSettled() const {
    return context().jobs.isIdle(this) && m_panel->isSettled() && (!m_isShown || m_sources != nullptr);
}

QStringList PrincipalsView::headerCommands() const {
    return {QStringLiteral("client.connect"), QStringLiteral("principal.register")};
}

void PrincipalsView::entered() {
    m_isShown = true;
    load(true);
}

void PrincipalsView::refresh() {
    const auto count = context().feed.catalog()->access.principals.size();
    emit counterChanged(count == 0 ? QString() : formatCount(static_cast<qint64>(count)), Tone::Neutral);
    if (m_isShown && isCurrent()) { // when it is shown again it loads anyway
        load(false);
    }
}

/// The ACLs change by what the ledger says, so news of the one ask for the other; the users only by what is done here.
void PrincipalsView::load(bool askBackbone) {
    m_asksAll = m_asksAll || askBackbone || m_sources == nullptr;
    m_loading.ask();
}

NewestJob<PrincipalsView::Loaded>::Work PrincipalsView::makeLoaded() {
    return [&services = context().services, catalog = context().feed.catalog(),
            before = std::exchange(m_asksAll, false) ? nullptr : m_sources](const JobContext& job) {
        Loaded loaded;
        loaded.sources =
            before == nullptr ? readPrincipalSources(services, *catalog, job) : withAclsAnew(services, before, job);
        loaded.rows = principalRows(*catalog, *loaded.sources, nowMs());
        return loaded;
    };
}

void PrincipalsView::showLoaded(Loaded loaded) {
    m_sources = std::move(loaded.sources);
    m_model->setRows(std::move(loaded.rows));
    m_list->setLoading(false);
    const auto problem = text(m_sources->aclsProblem.empty() ? m_sources->usersProblem : m_sources->aclsProblem);
    if (problem != m_problem && !problem.isEmpty()) {
        say(Tone::Warn, problem);
    }
    m_problem = problem;
    if (const auto row = m_wanted.isEmpty() ? -1 : m_model->rowOf(m_wanted); row >= 0) {
        m_isFollowing = true;
        m_list->selectSourceRow(row);
        m_isFollowing = false;
        m_wanted.clear();
    }
    showCurrent();
}

void PrincipalsView::showCurrent() {
    const auto row = current();
    if (row && m_sources != nullptr) {
        m_panel->show(*row, m_sources);
    } else {
        m_panel->clear();
    }
    context().commands.refresh();
}

void PrincipalsView::showSelection(const Selection& selection) {
    if (selection.kind != SelectionKind::Principal) {
        return;
    }
    const auto row = m_model->rowOf(selection.name);
    if (row < 0) {
        m_wanted = selection.name;
        return;
    }
    m_isFollowing = true;
    m_list->selectSourceRow(row);
    m_isFollowing = false;
}

void PrincipalsView::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void PrincipalsView::say(Tone tone, const QString& sentence) {
    auto* bar = m_list->messageBar();
    bar->clearActions();
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
    bar->say(tone, sentence);
}

void PrincipalsView::openForm(const std::optional<PrincipalRow>& row) {
    QStringList open;
    for (const auto& one : m_model->rows()) {
        if (!one.isRegistered && !one.isEverybody()) {
            open << text(one.known.principal);
        }
    }
    auto* form = new PrincipalForm(context(), row, open, this);
    connect(form, &CatalogForm::submitted, this, [this](const QString& principal) {
        m_wanted = principal;
        load(false);
    });
    form->show();
}

void PrincipalsView::openState(bool disable) {
    const auto row = *current();
    auto* form = new PrincipalStateForm(context(), row, disable, whyNoUsers(context()), this);
    connect(form, &CatalogForm::submitted, this, [this, form, row, disable] {
        if (disable && form->removesUser()) {
            takeUser(row, {});
        } else {
            say(Tone::Ok, disable ? tr("“%1” is disabled.").arg(text(row.known.name))
                                  : tr("“%1” is enabled again.").arg(text(row.known.name)));
        }
        load(false);
    });
    form->show();
}

void PrincipalsView::openPassword() {
    auto* dialog = new PasswordDialog(context(), *current(), this);
    connect(dialog, &PasswordDialog::changed, this, [this] { load(true); });
    dialog->show();
}

void PrincipalsView::openRemoval() {
    const auto row = *current();
    auto* dialog = new RemovePrincipalDialog(context(), row, whyNoUsers(context()), this);
    connect(dialog, &RemovePrincipalDialog::removed, this, [this, row](bool withUser) {
        if (withUser) {
            takeUser(row, {});
        } else {
            say(Tone::Ok, tr("“%1” is no longer in the catalog.").arg(text(row.known.name)));
        }
        load(false);
    });
    dialog->show();
}

void PrincipalsView::endPassword(backbone::ScramMechanism mechanism) {
    const auto row = current();
    if (!row) {
        return;
    }
    const auto title = text(std::string(backbone::name(mechanism)));
    const bool last = row->credentials.size() == 1;
    const auto effect =
        !last
            ? tr("Clients that log in by %1 fail at their next login. The other password stays valid, and connections "
                 "that are open stay open.")
                  .arg(title)
        : context().services.embedded
            ? tr("It is the last password of this user: nobody can log in as it any more, and the broker closes its "
                 "open "
                 "connections at once.")
            : tr("It is the last password of this user: nobody can log in as it any more. A cluster leaves open "
                 "connections open until the client reconnects.");
    confirmAction(this, tr("End the password of %1 for %2").arg(text(row->known.name), title), effect,
                  tr("End the Password"), {}, [this, row = *row, mechanism] { takeUser(row, {mechanism}); });
}

/// Empty: every password that it has.
void PrincipalsView::takeUser(const PrincipalRow& row, std::vector<backbone::ScramMechanism> mechanisms) {
    const bool whole = mechanisms.empty() || row.credentials.size() == mechanisms.size();
    if (mechanisms.empty()) {
        std::ranges::transform(row.credentials, std::back_inserter(mechanisms),
                               &backbone::ScramUser::Credential::mechanism);
    }
    removeClientUser(
        context(), this, userOf(row.known.principal), std::move(mechanisms),
        [this, name = text(row.known.name), whole](const Result<ActOutcome>& done) {
            if (!done) {
                say(Tone::Danger,
                    tr("The user of “%1” could not be removed: %2").arg(name, text(done.error().message)));
            } else if (!whole) {
                say(Tone::Ok, tr("That password of “%1” is no longer valid.").arg(name));
            } else {
                say(Tone::Ok,
                    context().services.embedded
                        ? tr("“%1” can't log in any more; its open connections are closed.").arg(name)
                        : tr("“%1” can't log in any more; the cluster leaves connections that are open as they "
                             "are.")
                              .arg(name));
            }
            load(true);
        });
}

} // namespace meshbone::ui
