// SPDX-License-Identifier: Apache-2.0
#include "access/policies_view.h"

#include "access/policies_model.h"
#include "access/policies_panel.h"
#include "access/policy_form.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QMenu>

namespace meshbone::ui {

namespace {
constexpr int kPanelWidth = 380;
} // namespace

PoliciesView::PoliciesView(PageContext& context, QWidget* parent)
    : AccessView(context, parent) {
    m_model = new PoliciesModel(this);
    registerCommands();
    buildList();
    m_panel = new PoliciesPanel(context);
    m_panel->setFixedWidth(kPanelWidth);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_panel);
    connect(m_panel, &PoliciesPanel::classifyAsked, this, [this](const catalog::Classified& known) {
        const auto reason = whyNoEntry(this->context());
        reason.isEmpty() ? open(new ClassifyForm(this->context(), known, this)) : say(Tone::Warn, reason);
    });
}

void PoliciesView::buildList() {
    m_list = new ListPanel(QStringLiteral("policies"));
    m_list->table()->setAccessibleName(tr("Policies"));
    m_list->setSource(m_model);
    m_list->emptyView()->setMessage(
        QStringLiteral("shield"), tr("No policies yet"),
        tr("Without one the owner of each product agrees to every request for it, the admins to the rest, and a grant "
           "may last for ever. A policy approves some by itself, asks for further people, or limits how long."));
    m_list->emptyView()->setAction(tr("New Policy"), [this] { context().commands.run(QStringLiteral("policy.new")); });
    m_list->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(menu, {QStringLiteral("policy.edit"), QStringLiteral("policy.remove")});
    });
    connect(m_list, &ListPanel::currentChanged, this, [this] { context().commands.refresh(); });
    connect(m_list, &ListPanel::activated, this, [this] { context().commands.run(QStringLiteral("policy.edit")); });
}

void PoliciesView::registerCommands() {
    const auto add = [this](const QString& id, const QString& title, const QString& icon, std::function<void()> run,
                            bool onCurrent) {
        context().commands.add(this, {id,
                                      title,
                                      tr("Access"),
                                      {},
                                      icon,
                                      kAccessPage,
                                      std::move(run),
                                      [this, onCurrent] {
                                          const auto reason = whyNoEntry(context());
                                          return reason.isEmpty() && onCurrent && !current()
                                                     ? tr("No policy is selected.")
                                                     : reason;
                                      },
                                      onCurrent});
    };
    add(
        QStringLiteral("policy.new"), tr("New Policy"), QStringLiteral("plus"),
        [this] { open(new PolicyForm(context(), {}, this)); }, false);
    add(
        QStringLiteral("policy.roles"), tr("Name Admins…"), QStringLiteral("people"),
        [this] { open(new RolesForm(context(), this)); }, false);
    add(
        QStringLiteral("policy.classify"), tr("Classify…"), QStringLiteral("shield"),
        [this] { open(new ClassifyForm(context(), {}, this)); }, false);
    add(
        QStringLiteral("policy.edit"), tr("Edit Policy…"), QStringLiteral("edit"),
        [this] { open(new PolicyForm(context(), current(), this)); }, true);
    add(
        QStringLiteral("policy.remove"), tr("Remove Policy"), QStringLiteral("trash"), [this] { remove(); }, true);
}

std::optional<catalog::Policy> PoliciesView::current() const {
    const auto row = m_list == nullptr ? -1 : m_list->currentSourceRow(); // commands ask while the view is being built
    return row < 0 ? std::nullopt : std::optional(m_model->at(row).policy);
}

bool PoliciesView::isSettled() const {
    return context().feed.isCatalogLoaded() && m_panel->isSettled();
}

QStringList PoliciesView::headerCommands() const {
    return {QStringLiteral("policy.new")};
}

void PoliciesView::entered() {
    m_isShown = true;
}

void PoliciesView::refresh() {
    const auto& catalog = *context().feed.catalog();
    const auto count = catalog.access.policies.size();
    emit counterChanged(count == 0 ? QString() : formatCount(static_cast<qint64>(count)), Tone::Neutral);
    if (!m_isShown) {
        return;
    }
    m_model->setRows(policyRows(catalog));
    if (const auto row = m_model->rowOf(m_wanted); row >= 0) {
        m_list->selectSourceRow(row);
        m_wanted.clear();
    }
    m_panel->refresh();
    context().commands.refresh();
}

void PoliciesView::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void PoliciesView::open(CatalogForm* form) {
    connect(form, &CatalogForm::submitted, this, [this](const QString& id) { m_wanted = id; });
    form->show();
}

void PoliciesView::say(Tone tone, const QString& sentence) {
    auto* bar = m_list->messageBar();
    bar->clearActions();
    bar->say(tone, sentence);
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
}

/// Not asked about first: it is put back by one click.
void PoliciesView::remove() {
    const auto policy = *current();
    submitEntries(context(), this, tr("Removing a policy"), {{catalog::RemovePolicy{policy.id}, {}, policy.revision}},
                  [this, policy](const Result<catalog::LedgerEntry>& entry) {
                      if (!entry) {
                          say(Tone::Danger, text(entry.error().message));
                          return;
                      }
                      auto* bar = m_list->messageBar();
                      bar->clearActions();
                      bar->addAction(tr("Undo"), [this, policy] { restore(policy); })
                          ->setObjectName(QStringLiteral("undoRemoval"));
                      bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
                      bar->say(Tone::Ok,
                               tr("Policy “%1” is removed. What was granted under it stays.").arg(text(policy.name)));
                  });
}

void PoliciesView::restore(const catalog::Policy& policy) {
    submitEntries(context(), this, tr("Putting a policy back"),
                  {{catalog::PutPolicy{policy}, tr("The removal is undone").toStdString(), {}}},
                  [this, policy](const Result<catalog::LedgerEntry>& entry) {
                      entry ? say(Tone::Ok, tr("Policy “%1” is back.").arg(text(policy.name)))
                            : say(Tone::Danger, text(entry.error().message));
                      m_wanted = text(policy.id);
                  });
}

} // namespace meshbone::ui
