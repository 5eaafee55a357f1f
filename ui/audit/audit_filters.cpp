// SPDX-License-Identifier: Apache-2.0
#include "audit/audit_filters.h"

#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/list_panel.h"

#include <QDateTime>
#include <QMenu>

namespace meshbone::ui {

namespace {
constexpr qint64 kDayMs = 86'400'000;
constexpr qsizetype kShownName = 24; // of a topic, on the button
} // namespace

AuditFilters::AuditFilters(PageContext& context, ListPanel& list, QWidget* page)
    : QObject(page)
    , m_context(context)
    , m_page(page) {
    m_who = addMenu(list, QStringLiteral("auditWho"), tr("Who"), tr("Anyone"));
    m_act = addMenu(list, QStringLiteral("auditAct"), {}, tr("Any act"));
    m_about = addMenu(list, QStringLiteral("auditAbout"), {}, tr("Any topic"));
    m_when = addMenu(list, QStringLiteral("auditWhen"), {}, tr("Any time"));
    m_when->setIconName(QStringLiteral("clock"));
    buildAbout();
    buildTimes();
    fillAuthors();
    fillActs();
}

Button* AuditFilters::addMenu(ListPanel& list, const QString& name, const QString& prefix, const QString& any) {
    auto* button = new Button(any);
    button->setObjectName(name);
    button->setPrefix(prefix);
    button->setMenu(new QMenu(button));
    list.addFilter(button);
    return button;
}

void AuditFilters::buildAbout() {
    auto* menu = m_about->menu();
    menu->addAction(tr("Any topic"), this, [this] {
        auto choice = about();
        choice.topic.clear();
        choice.product.clear();
        setAbout(choice);
    });
    menu->addAction(tr("A Topic or Product…"), this, &AuditFilters::choose);
}

void AuditFilters::buildTimes() {
    auto* menu = m_when->menu();
    for (const auto& [days, title] : {std::pair(0, tr("Any time")), std::pair(1, tr("Last 24 hours")),
                                      std::pair(7, tr("Last 7 days")), std::pair(30, tr("Last 30 days"))}) {
        menu->addAction(title, this, [this, days, title] { setDays(days, title); });
    }
    menu->addAction(tr("Between…"), this, &AuditFilters::choose);
}

void AuditFilters::choose() {
    auto* dialog = new AboutDialog(m_context, about(), tr("Filter the Ledger"), {}, tr("Show"), m_page);
    connect(dialog, &AboutDialog::chosen, this, &AuditFilters::setAbout);
    dialog->open();
}

void AuditFilters::setDays(int days, const QString& title) {
    m_query.fromMs = days == 0 ? std::nullopt : std::optional(QDateTime::currentMSecsSinceEpoch() - days * kDayMs);
    m_query.toMs.reset();
    m_when->setText(title);
    emit changed();
}

void AuditFilters::setAbout(const AboutChoice& choice) {
    const bool samePeriod = choice.fromMs == m_query.fromMs && choice.toMs == m_query.toMs;
    m_query.topic = choice.topic;
    m_query.product = choice.product;
    m_query.fromMs = choice.fromMs;
    m_query.toMs = choice.toMs;
    const auto words = choice.words();
    const bool isLong = words.size() > kShownName;
    m_about->setText(words.isEmpty() ? tr("Any topic") : isLong ? words.left(kShownName - 1) + u'…' : words);
    m_about->setToolTip(isLong ? words : QString());
    if (!samePeriod) {
        const auto from = choice.fromMs ? formatDay(*choice.fromMs) : QString();
        const auto to = choice.toMs ? formatDay(*choice.toMs) : QString();
        m_when->setText(from.isEmpty() && to.isEmpty() ? tr("Any time")
                        : to.isEmpty()                 ? tr("Since %1").arg(from)
                        : from.isEmpty()               ? tr("Until %1").arg(to)
                                                       : tr("%1 to %2").arg(from, to));
    }
    emit changed();
}

void AuditFilters::setContains(const QString& text) {
    m_query.contains = text.toStdString();
    emit changed();
}

void AuditFilters::fillAuthors() {
    auto* menu = m_who->menu();
    menu->clear();
    const auto choose = [this](const std::string& author, const QString& title) {
        m_who->setText(title);
        m_query.author = author;
        emit changed();
    };
    menu->addAction(tr("Anyone"), this, [choose] { choose({}, tr("Anyone")); });
    menu->addSeparator();
    for (const auto& person : m_context.feed.catalog()->people) {
        const auto title = text(person.name.empty() ? person.id : person.name);
        menu->addAction(title, this, [choose, id = person.id, title] { choose(id, title); });
    }
}

void AuditFilters::addActs(const std::vector<catalog::LedgerEntry>& entries) {
    const auto known = m_acts.size();
    for (const auto& entry : entries) {
        m_acts.insert(text(entry.act));
    }
    if (m_acts.size() != known) {
        fillActs();
    }
}

void AuditFilters::fillActs() {
    auto* menu = m_act->menu();
    menu->clear();
    const auto choose = [this](const QString& act, const QString& title) {
        m_act->setText(title);
        m_query.act = act.toStdString();
        emit changed();
    };
    menu->addAction(tr("Any act"), this, [choose] { choose({}, tr("Any act")); });
    menu->addSeparator();
    QStringList acts(m_acts.begin(), m_acts.end());
    acts.sort();
    for (const auto& act : acts) {
        const auto title = actTitle(act.toStdString());
        menu->addAction(icon(actIcon(act.toStdString())), title, this, [choose, act, title] { choose(act, title); });
    }
}

} // namespace meshbone::ui
