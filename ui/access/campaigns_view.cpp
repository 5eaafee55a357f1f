// SPDX-License-Identifier: Apache-2.0
#include "access/campaigns_view.h"

#include "access/campaign_form.h"
#include "access/grant_panel.h"
#include "access/last_use.h"
#include "access/reason_dialog.h"
#include "shell/ledger_entry.h"
#include "shell/open_answers.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kPanelWidth = 340;
} // namespace

CampaignsView::CampaignsView(PageContext& context, QWidget* parent)
    : AccessView(context, parent) {
    setObjectName(QStringLiteral("campaignsView"));
    m_model = new CampaignsModel(this);
    registerCommands();
    buildList();
    m_panel = new GrantPanel(
        context, {{QStringLiteral("campaign.keep"), tr("Keep")}, {QStringLiteral("campaign.drop"), tr("Drop…"), true}});
    m_panel->setObjectName(QStringLiteral("campaignPanel"));
    m_panel->setFixedWidth(kPanelWidth);
    connect(m_panel, &Inspector::closeAsked, m_panel, &QWidget::hide);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_panel);
    showCurrent();
}

void CampaignsView::registerCommands() {
    const auto add = [this](const QString& id, const QString& title, const QKeySequence& key, const QString& icon,
                            std::function<void()> run, std::function<QString()> whyNot) {
        context().commands.add(
            this, {id, title, tr("Access"), key, icon, kAccessPage, std::move(run), std::move(whyNot), true});
    };
    add(
        QStringLiteral("campaign.open"), tr("Recertify a Product…"), {}, QStringLiteral("refresh"),
        [this] { (new CampaignForm(context(), m_product, this))->show(); }, [this] { return whyNoEntry(context()); });
    add(
        QStringLiteral("campaign.keep"), tr("Keep Grant"), QKeySequence(Qt::Key_Y), QStringLiteral("check"),
        [this] { answer(true, {}); }, [this] { return whyNoAnswer(); });
    add(
        QStringLiteral("campaign.drop"), tr("Drop Grant…"), QKeySequence(Qt::Key_N), QStringLiteral("close"),
        [this] { askWhy(); }, [this] { return whyNoAnswer(); });
    add(
        QStringLiteral("campaign.close"), tr("Close Recertification"), {}, QStringLiteral("check"), [this] { close(); },
        [this] {
            const auto reason = whyNoEntry(context());
            const auto* row = m_list == nullptr ? nullptr : current(); // asked while the view is being built
            return !reason.isEmpty()      ? reason
                   : row == nullptr       ? tr("Choose a grant of it first.")
                   : row->campaign.closed ? tr("It is closed.")
                                          : QString();
        });
}

void CampaignsView::buildList() {
    m_list = new ListPanel(QStringLiteral("campaigns"));
    m_list->table()->setAccessibleName(tr("Grants to recertify"));
    addClosedFilter();
    m_list->setSource(m_model);
    m_list->table()->sortByColumn(CampaignsModel::LastUsed, Qt::AscendingOrder); // what is least used is asked first
    for (const int column : {CampaignsModel::Reason, CampaignsModel::Grant}) {
        m_list->table()->setColumnHidden(column, true);
    }
    m_list->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(
            menu, {QStringLiteral("campaign.keep"), QStringLiteral("campaign.drop"), QStringLiteral("campaign.close")});
    });
    // What can be answered are the chosen rows, and they are chosen after one of them has become the current one.
    connect(m_list->table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        context().commands.refresh();
        showCurrent();
    });
    auto* empty = m_list->emptyView();
    empty->setMessage(QStringLiteral("refresh"), tr("Nothing is being recertified"),
                      tr("A recertification asks the owner of a product for each of its grants whether it is still "
                         "needed, and shows when it was last used."));
    empty->setAction(tr("Recertify a Product…"), [this] { context().commands.run(QStringLiteral("campaign.open")); });
}

void CampaignsView::addClosedFilter() {
    auto* button = new Button(tr("Open ones"));
    button->setObjectName(QStringLiteral("campaignsShown"));
    auto* menu = new QMenu(button);
    button->setMenu(menu);
    for (const auto& [title, closed] :
         {std::pair(tr("Open ones"), false), std::pair(tr("The closed ones too"), true)}) {
        menu->addAction(title, this, [this, button, title = title, closed = closed] {
            m_withClosed = closed;
            button->setText(title);
            showRows();
        });
    }
    m_list->addFilter(button);
}

bool CampaignsView::isSettled() const {
    return context().feed.isCatalogLoaded() && context().jobs.isIdle(this);
}

void CampaignsView::entered() {
    readUse();
    context().commands.refresh();
}

QStringList CampaignsView::headerCommands() const {
    return {QStringLiteral("campaign.close"), QStringLiteral("campaign.open")};
}

void CampaignsView::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void CampaignsView::readUse() {
    if (context().feed.catalog()->access.campaigns.empty()) {
        return;
    }
    readLastUse(context(), this, [this](LastUse use) {
        m_use = std::move(use);
        showRows();
    });
}

void CampaignsView::refresh() {
    const auto& campaigns = context().feed.catalog()->access.campaigns;
    qint64 waiting = 0;
    bool late = false;
    for (const auto& campaign : campaigns) {
        waiting += openAnswers(campaign);
        late = late || isOverdue(campaign, nowMs());
    }
    emit counterChanged(waiting == 0 ? QString() : formatCount(waiting), late ? Tone::Warn : Tone::Accent);
    m_list->setLoading(!context().feed.isCatalogLoaded(), tr("Reading the catalog…"));
    if (isCurrent()) { // another tab's rows are made when it is shown
        readUse();
        showRows();
    }
}

void CampaignsView::showRows() {
    m_model->setRows(campaignRows(*context().feed.catalog(), m_use, m_withClosed, nowMs()));
    showCurrent();
}

void CampaignsView::showSelection(const Selection& selection) {
    if (selection.kind == SelectionKind::Product) {
        m_product = selection.name;
    }
    if (selection.kind != SelectionKind::Campaign) {
        return;
    }
    const auto& rows = m_model->rows();
    const auto found = std::ranges::find_if(
        rows, [&](const CampaignRow& row) { return row.isOpen() && text(row.campaign.id) == selection.name; });
    if (found != rows.end()) {
        m_list->selectSourceRow(static_cast<int>(found - rows.begin()));
    }
}

const CampaignRow* CampaignsView::current() const {
    const auto row = m_list->currentSourceRow();
    return row < 0 ? nullptr : &m_model->at(row);
}

std::vector<CampaignRow> CampaignsView::open() const {
    std::vector<CampaignRow> rows;
    for (const auto row : m_list->selectedSourceRows()) {
        if (m_model->at(row).isOpen()) {
            rows.push_back(m_model->at(row));
        }
    }
    return rows;
}

void CampaignsView::showCurrent() {
    if (const auto* row = current()) {
        m_panel->show(row->grant);
    } else {
        m_panel->showNothing(tr("Choose a grant to see what it allows and who agreed to it."));
    }
}

QString CampaignsView::whyNoAnswer() const {
    if (m_list == nullptr || !isVisible()) {
        return tr("Open the recertifications first.");
    }
    if (const auto reason = whyNoEntry(context()); !reason.isEmpty()) {
        return reason;
    }
    if (m_isWriting) {
        return tr("The answer is being written to the ledger.");
    }
    return !open().empty()        ? QString()
           : current() == nullptr ? tr("Choose a grant first.")
                                  : tr("It is answered, or its recertification is closed.");
}

void CampaignsView::answer(bool keep, const QString& why) {
    std::vector<catalog::Submission> answers;
    for (const auto& row : open()) {
        answers.push_back({catalog::AnswerCampaign{row.campaign.id, row.item.grant, keep}, why.toStdString(), {}});
    }
    if (answers.empty()) {
        return; // somebody else has answered while the reason was typed
    }
    m_isWriting = true;
    context().commands.refresh();
    const auto count = static_cast<int>(answers.size());
    submitEntries(context(), this, keep ? tr("Keeping grants") : tr("Dropping grants"), std::move(answers),
                  [this, keep, count](const Result<catalog::LedgerEntry>& entry) {
                      m_isWriting = false;
                      context().commands.refresh();
                      showCurrent();
                      entry ? say(Tone::Ok, keep ? tr("%n grant(s) kept.", nullptr, count)
                                                 : tr("%n grant(s) dropped and revoked.", nullptr, count))
                            : say(Tone::Danger, text(entry.error().message));
                  });
}

void CampaignsView::askWhy() {
    const auto rows = open();
    const auto title = rows.size() == 1 ? tr("Drop “%1”?").arg(scopeTitle(rows.front().grant.grant.scope))
                                        : tr("Drop %n grant(s)?", nullptr, static_cast<int>(rows.size()));
    auto* dialog =
        new ReasonDialog(title,
                         rows.size() == 1 ? endEffectText(*context().feed.catalog(), rows.front().grant.grant,
                                                          rows.front().grant.lastUsedMs)
                                          : tr("Each is revoked: what no other grant wants goes from the backbone, and "
                                               "clients that use it stop."),
                         tr("Drop"), this);
    connect(dialog, &ReasonDialog::given, this, [this](const QString& why) { answer(false, why); });
    dialog->open();
}

/// What isn't answered stays in force, and the record says so.
void CampaignsView::close() {
    const auto campaign = current()->campaign;
    submitEntries(context(), this, tr("Closing a recertification"),
                  {{catalog::CloseCampaign{campaign.id}, {}, campaign.revision}},
                  [this, campaign](const Result<catalog::LedgerEntry>& entry) {
                      entry ? say(Tone::Ok,
                                  tr("“%1” is closed. What wasn't answered stays in force.").arg(text(campaign.name)))
                            : say(Tone::Danger, text(entry.error().message));
                  });
}

void CampaignsView::say(Tone tone, const QString& sentence) {
    auto* bar = m_list->messageBar();
    bar->clearActions();
    bar->say(tone, sentence);
    bar->addAction(tr("Dismiss"), [bar] { bar->hide(); });
}

} // namespace meshbone::ui
