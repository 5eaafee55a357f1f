// SPDX-License-Identifier: Apache-2.0
#include "access/principal_panel.h"

#include "access/access_words.h"
#include "access/principals_model.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/property_list.h"

#include <catalog/access_explain.h>

#include <QHBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr std::size_t kShown = 30;

/// What stands at the left and a word about it at the right.
QWidget* lineOf(QWidget* what, QWidget* remark) {
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(what, 1);
    row->addWidget(remark);
    return line;
}

Label* elided(const QString& words, TextStyle style, Token ink = Token::Text1) {
    auto* label = new Label(words, style, ink);
    label->setElided(true);
    return label;
}

/// "READ topic quakes*", "DENY ALL group g from 10.0.0.7".
QString bindingText(const backbone::AclBinding& binding) {
    auto words = QStringLiteral("%1 %2 %3%4")
                     .arg(text(std::string(backbone::name(binding.operation))),
                          text(std::string(backbone::name(binding.resourceKind))).toLower(), text(binding.resource),
                          binding.pattern == backbone::PatternType::Prefixed ? QStringLiteral("*") : QString());
    if (binding.permission == backbone::Permission::Deny) {
        words.prepend(QStringLiteral("DENY "));
    }
    return binding.host == backbone::kAnyHost ? words : PrincipalPanel::tr("%1 from %2").arg(words, text(binding.host));
}

bool isOurs(const CatalogView& catalog, const backbone::AclBinding& binding) {
    return std::ranges::any_of(catalog.access.records, [&](const catalog::BindingRecord& record) {
        return record.binding == binding && record.standing != catalog::BindingStanding::Ignored;
    });
}

} // namespace

PrincipalPanel::PrincipalPanel(PageContext& context, QWidget* parent)
    : Inspector(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("principalPanel"));
    clear();
    connect(&context.abilities, &ClusterAbilities::changed, this, [this] {
        if (m_row) {
            fill(); // what its buttons may do has changed
        }
    });
}

void PrincipalPanel::clear() {
    m_row.reset();
    m_reach.reset();
    showNothing(tr("Choose a principal to see its grants, its ACLs, and what it may read and write."));
}

void PrincipalPanel::show(const PrincipalRow& row, std::shared_ptr<const PrincipalSources> sources) {
    const bool isAnother = !m_row || m_row->known.principal != row.known.principal || m_sources != sources;
    m_row = row;
    m_sources = std::move(sources);
    if (isAnother) {
        m_reach.reset();
        readReach();
    }
    fill();
}

/// Twenty thousand topics take some milliseconds.
void PrincipalPanel::readReach() {
    if (!m_sources->acls) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("reach")},
        [sources = m_sources, mesh = m_context.health.facts(),
         principal = m_row->known.principal](const JobContext&) -> Result<PrincipalReach> {
            std::vector<std::string> topics;
            for (const auto& topic : mesh->topics) {
                topics.push_back(topic.name);
            }
            return reachOf(*sources->acls, principal, topics);
        },
        [this](const Result<PrincipalReach>& reach) {
            if (m_row && reach) {
                m_reach = *reach;
                fill();
            }
        });
}

void PrincipalPanel::fill() {
    begin(tr("Principal"), text(m_row->known.name));
    const auto state = wordsOf(*m_row);
    addChip({state.word, state.tone, state.icon, {}});
    if (m_row->isRegistered) {
        addChip({kindText(*m_row), Tone::Neutral, {}, {}});
    }
    addWho();
    if (!m_row->isEverybody()) {
        addLogin();
    }
    addGrants();
    addAcls();
    if (m_reach) {
        addReach(tr("May read, by the ACLs"), m_reach->reads);
        addReach(tr("May write, by the ACLs"), m_reach->writes);
    }
    addText(text(std::string(catalog::kSuperUsersUnseen)));
    addCommand(QStringLiteral("principal.password"),
               m_row->credentials.empty() ? tr("Create SCRAM User…") : tr("New Password…"), true);
    addCommand(QStringLiteral("access.request"), tr("Request Access…"));
    addCommand(QStringLiteral("principal.config"), tr("Client Configuration…"));
    addCommand(QStringLiteral("principal.edit"), m_row->isRegistered ? tr("Edit…") : tr("Register…"));
    addCommand(m_row->known.disabled ? QStringLiteral("principal.enable") : QStringLiteral("principal.disable"),
               m_row->known.disabled ? tr("Enable Again…") : tr("Disable…"));
}

void PrincipalPanel::addCommand(const QString& id, const QString& words, bool primary) {
    auto* button = addAction(
        words, [this, id] { m_context.commands.run(id); }, primary);
    button->setObjectName(id);
    button->setReason(m_context.commands.whyDisabled(id));
}

void PrincipalPanel::addWho() {
    auto* facts = addProperties();
    facts->add(tr("Principal"), text(m_row->known.principal), TextStyle::Mono);
    if (m_row->isRegistered) {
        facts->add(tr("Team"), m_row->team.isEmpty() ? tr("none: the admins answer for it") : m_row->team);
        facts->add(tr("Person"), m_row->person.isEmpty() ? tr("nobody's in particular") : m_row->person);
    }
    facts->add(tr("Last seen"), m_row->lastSeenMs < 0 ? tr("not seen by lineage") : formatTime(m_row->lastSeenMs));
    if (m_row->isEverybody()) {
        addText(tr("Whatever is allowed to User:* is allowed to every principal, of whatever type."));
    } else if (!m_row->isRegistered) {
        addText(tr("Nobody has said whose it is. Register it, so that somebody answers for it."));
    }
}

void PrincipalPanel::addLogin() {
    addSection(tr("Logs in by"));
    if (userOf(m_row->known.principal).empty()) {
        addText(tr("A principal of this type doesn't log in with a SCRAM user."));
        return;
    }
    if (!m_row->areUsersKnown) {
        addText(text(m_sources->usersProblem));
        return;
    }
    for (const auto& credential : m_row->credentials) {
        const auto mechanism = text(std::string(backbone::name(credential.mechanism)));
        auto* end = new Button(tr("End…"), ButtonKind::Link);
        end->setObjectName(QStringLiteral("endPassword-") + mechanism);
        end->setAccessibleName(tr("End the password for %1").arg(mechanism));
        end->setReason(m_context.commands.whyDisabled(QStringLiteral("principal.password")));
        connect(end, &Button::clicked, this, [this, which = credential.mechanism] { emit endPasswordAsked(which); });
        addWidget(lineOf(
            elided(tr("%1, %2 iterations").arg(mechanism, formatCount(credential.iterations)), TextStyle::Body), end));
    }
    if (m_row->credentials.empty()) {
        addText(
            tr("It has no SCRAM user. A certificate, or a password in the broker's configuration, doesn't show here."));
    }
}

void PrincipalPanel::addGrants() {
    const auto& catalog = *m_context.feed.catalog();
    const auto now = nowMs();
    std::vector<const catalog::Grant*> grants;
    for (const auto& grant : catalog.access.grants) {
        if (grant.scope.principal == m_row->known.principal && grant.stateAt(now) != catalog::GrantState::Removed) {
            grants.push_back(&grant);
        }
    }
    addSection(tr("Grants"), formatCount(static_cast<qint64>(grants.size())));
    for (const auto* grant : grants) {
        auto* link =
            new Button(QStringLiteral("%1 %2").arg(mayText(grant->scope), topicsText(grant->scope)), ButtonKind::Link);
        link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        link->setToolTip(text(grant->purpose));
        connect(link, &Button::clicked, this, [this, id = text(grant->id)] {
            m_context.navigator.goTo(QStringLiteral("access"), {SelectionKind::Grant, id});
        });
        auto words = grant->suspended ? StateWords{tr("suspended"), Tone::Neutral, QStringLiteral("pause")}
                                      : wordsOf(*grant, now);
        addWidget(lineOf(link, new Chip({words.word, words.tone, words.icon, {}})));
    }
    if (grants.empty()) {
        addText(tr("Nobody has granted it anything."));
    }
}

void PrincipalPanel::addAcls() {
    if (!m_sources->acls) {
        addSection(tr("ACLs as they stand"), tr("not known"));
        addText(text(m_sources->aclsProblem));
        return;
    }
    const auto bindings = m_sources->acls->table().of(m_row->known.principal);
    addSection(tr("ACLs as they stand"), formatCount(static_cast<qint64>(bindings.size())));
    for (const auto* binding : std::span(bindings).first(std::min(kShown, bindings.size()))) {
        const bool ours = isOurs(*m_context.feed.catalog(), *binding);
        auto* words = elided(bindingText(*binding), TextStyle::Mono);
        words->setToolTip(text(backbone::describe(*binding)));
        addWidget(lineOf(words, new Label(ours ? tr("granted") : tr("nobody granted it"), TextStyle::Small,
                                          ours ? Token::Text3 : Token::Warn)));
    }
    if (bindings.size() > kShown) {
        addText(tr("and %n more", nullptr, static_cast<int>(bindings.size() - kShown)));
    }
}

void PrincipalPanel::addReach(const QString& title, const std::vector<std::string>& topics) {
    addSection(title, tr("%n topic(s)", nullptr, static_cast<int>(topics.size())));
    for (const auto& topic : std::span(topics).first(std::min(kShown, topics.size()))) {
        auto* link = new Button(text(topic), ButtonKind::Link);
        link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(link, &Button::clicked, this, [this, name = text(topic)] {
            m_context.navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, name});
        });
        addWidget(link);
    }
    if (topics.size() > kShown) {
        addText(tr("and %n more", nullptr, static_cast<int>(topics.size() - kShown)));
    }
}

} // namespace meshbone::ui
