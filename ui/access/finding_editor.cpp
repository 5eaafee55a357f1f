// SPDX-License-Identifier: Apache-2.0
#include "access/finding_editor.h"

#include "access/drift_words.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/segmented.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kMargin = 16;
constexpr int kLabelWidth = 64;
constexpr qint64 kEditorDayMs = 86'400'000;
constexpr std::array kDays{7, 30, 90, 365};
constexpr int kUsualDays = 30;

QWidget* fieldRow(const QString& label, QWidget* field) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* name = new Label(label, TextStyle::Secondary, Token::Text2);
    name->setFixedWidth(kLabelWidth);
    name->setBuddy(field);
    layout->addWidget(name);
    layout->addWidget(field, 1);
    return row;
}

} // namespace

FindingEditor::FindingEditor(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("findingEditor"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, 10, kMargin, 12);
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    m_title = new Label({}, TextStyle::SmallStrong, Token::Text2);
    m_title->setObjectName(QStringLiteral("findingTitle"));
    m_title->setElided(true);
    m_state = new Label({}, TextStyle::Body);
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    layout->addLayout(head);
    m_meaning = new Label({}, TextStyle::Body, Token::Text2);
    m_meaning->setObjectName(QStringLiteral("findingMeaning"));
    m_meaning->setWordWrap(true);
    layout->addWidget(m_meaning);
    m_segments = new QHBoxLayout;
    m_segments->addStretch(1);
    layout->addLayout(m_segments);
    buildFields();
    layout->addWidget(m_ownerRow);
    layout->addWidget(m_untilRow);
    showNothing();
}

void FindingEditor::buildFields() {
    m_owner = new Choice(tr("Owner"));
    m_owner->setObjectName(QStringLiteral("findingOwner"));
    m_ownerRow = fieldRow(tr("Owner"), m_owner);
    m_until = new Choice(tr("Until"));
    m_until->setObjectName(QStringLiteral("findingUntil"));
    m_untilRow = fieldRow(tr("Until"), m_until);
    connect(m_owner, &QComboBox::activated, this, &FindingEditor::tell);
    connect(m_until, &QComboBox::activated, this, &FindingEditor::tell);
}

void FindingEditor::showNothing() {
    m_finding.reset();
    m_look.reset();
    m_title->setText(tr("No finding is selected"));
    m_state->setText({});
    m_meaning->setText(tr("Choose a finding to see what it means and what may safely be done."));
    delete std::exchange(m_act, nullptr);
    m_ownerRow->hide();
    m_untilRow->hide();
}

void FindingEditor::show(DriftLookPtr look, std::size_t finding, const DriftChoice* choice) {
    m_look = std::move(look);
    m_finding = finding;
    const auto& use = m_look->uses[finding];
    m_title->setText(tr("Selected: %1").arg(whoWords(found())));
    const auto kind = driftTitle(found().kind).toLower();
    m_state->setText(use.isUsed() ? tr("%1, in use").arg(kind) : kind);
    m_state->setInk(toneInk(driftTone(found().kind)));
    auto meaning = text(catalog::meaningOf(found()));
    if (const auto evidence = evidenceSentence(found(), use, *m_look); !evidence.isEmpty()) {
        meaning += u' ' + evidence;
    }
    m_meaning->setText(meaning);
    fillActs(choice);
    fillOwners(choice != nullptr ? choice->team : likelyOwner());
    fillTimes(choice);
    fillFields();
}

void FindingEditor::fillActs(const DriftChoice* choice) {
    delete std::exchange(m_act, nullptr);
    m_acts = catalog::actsOn(found(), m_look->survey);
    if (m_acts.empty()) {
        return;
    }
    QStringList words;
    const bool byItself = catalog::isMendedByItself(found().kind);
    if (!byItself) {
        words << tr("Leave");
    }
    for (const auto act : m_acts) {
        words << actTitle(act);
    }
    m_act = new Segmented(words, tr("What is done about it"));
    m_act->setObjectName(QStringLiteral("findingAct"));
    if (choice != nullptr && !byItself) {
        m_act->setCurrent(static_cast<int>(std::ranges::find(m_acts, choice->act) - m_acts.begin()) + 1);
    }
    m_segments->insertWidget(0, m_act);
    connect(m_act, &Segmented::currentChanged, this, &FindingEditor::actChosen);
}

std::optional<catalog::MendAct> FindingEditor::act() const {
    const int skipped = m_finding && catalog::isMendedByItself(found().kind) ? 0 : 1;
    const int at = m_act == nullptr ? -1 : m_act->current() - skipped;
    return at >= 0 && at < static_cast<int>(m_acts.size()) ? std::optional(m_acts[static_cast<std::size_t>(at)])
                                                           : std::nullopt;
}

bool FindingEditor::takesOwner() const {
    const auto chosen = act();
    const bool isOurs = m_look->survey.agreed.own.contains(found().binding);
    return chosen && (*chosen == catalog::MendAct::Adopt ||
                      (!isOurs && (*chosen == catalog::MendAct::Revoke || *chosen == catalog::MendAct::Narrow)));
}

bool FindingEditor::takesUntil() const {
    const auto chosen = act();
    return chosen && (*chosen == catalog::MendAct::Adopt || *chosen == catalog::MendAct::Ignore);
}

void FindingEditor::fillFields() {
    m_ownerRow->setVisible(takesOwner());
    m_untilRow->setVisible(takesUntil());
}

/// Of the topic's product, else of the principal, else a team of who sits here.
std::string FindingEditor::likelyOwner() const {
    const auto& catalog = *m_context.feed.catalog();
    const auto& binding = found().binding;
    if (const auto* topic = catalog.topic(binding.resource); topic != nullptr && !topic->owner.empty()) {
        return topic->owner;
    }
    for (const auto& principal : catalog.access.principals) {
        if (principal.principal == binding.principal && !principal.team.empty()) {
            return principal.team;
        }
    }
    for (const auto& team : catalog.teams) {
        if (std::ranges::count(team.people, m_context.services.person) > 0) {
            return team.id;
        }
    }
    return {};
}

void FindingEditor::fillOwners(const std::string& chosen) {
    m_owner->clear();
    for (const auto& team : m_context.feed.catalog()->teams) {
        m_owner->addItem(text(team.name.empty() ? team.id : team.name), text(team.id));
    }
    m_owner->setCurrentIndex(m_owner->findData(text(chosen)));
}

void FindingEditor::fillTimes(const DriftChoice* choice) {
    m_until->clear();
    const auto now = QDateTime::currentMSecsSinceEpoch();
    for (const int days : kDays) {
        m_until->addItem(tr("%1, in %n day(s)", nullptr, days).arg(formatDay(now + days * kEditorDayMs)),
                         static_cast<qint64>(now + days * kEditorDayMs));
    }
    m_until->addItem(tr("Without an end"), static_cast<qint64>(catalog::kNoEnd));
    int at = static_cast<int>(std::ranges::find(kDays, kUsualDays) - kDays.begin());
    if (choice != nullptr) {
        at = m_until->findData(static_cast<qint64>(choice->untilMs));
        if (at < 0) {
            m_until->insertItem(0, formatDay(choice->untilMs), static_cast<qint64>(choice->untilMs));
            at = 0;
        }
    }
    m_until->setCurrentIndex(at);
}

void FindingEditor::chooseAct(catalog::MendAct act) {
    const auto at = std::ranges::find(m_acts, act);
    if (m_act != nullptr && at != m_acts.end() && !catalog::isMendedByItself(found().kind)) {
        m_act->setCurrent(static_cast<int>(at - m_acts.begin()) + 1);
    }
}

void FindingEditor::actChosen(int segment) {
    Q_UNUSED(segment)
    fillFields();
    tell();
}

void FindingEditor::tell() {
    if (!m_finding) {
        return;
    }
    const auto chosen = act();
    if (!chosen || catalog::isMendedByItself(found().kind)) {
        emit left(*m_finding);
        return;
    }
    DriftChoice choice;
    choice.act = *chosen;
    choice.team = takesOwner() ? m_owner->currentData().toString().toStdString() : std::string();
    choice.untilMs = takesUntil() ? m_until->currentData().toLongLong() : catalog::kNoEnd;
    emit this->chosen(*m_finding, choice);
}

} // namespace meshbone::ui
