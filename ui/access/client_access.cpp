// SPDX-License-Identifier: Apache-2.0
#include "access/client_access.h"

#include "access/access_words.h"
#include "access/scope_editor.h"
#include "access/until_field.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_presets.h>
#include <catalog/request_id.h>

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kPolicyDays = 90;
constexpr auto kPolicyId = "automatic-internal";

Label* wrapped(const char* name, Token ink) {
    auto* label = new Label({}, TextStyle::Secondary, ink);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    return label;
}

void addField(QVBoxLayout* layout, const QString& title, QWidget* field) {
    auto* name = new Label(title, TextStyle::Secondary, Token::Text2);
    name->setBuddy(field);
    field->setAccessibleName(title);
    auto* box = new QVBoxLayout;
    box->setSpacing(4);
    box->addWidget(name);
    box->addWidget(field);
    layout->addLayout(box);
}

catalog::Policy automaticPolicy() {
    catalog::Policy policy;
    policy.id = kPolicyId;
    policy.name = ClientAccess::tr("Internal data by itself, for %1 days").arg(kPolicyDays).toStdString();
    policy.approval = catalog::Approval::Automatic;
    policy.maxDays = kPolicyDays;
    return policy;
}

} // namespace

ClientAccess::ClientAccess(PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_editor = new ScopeEditor(topicNames(*context.health.facts()));
    layout->addWidget(m_editor);
    addTerms();
    m_verdict = wrapped("accessVerdict", Token::Text2);
    layout->addWidget(m_verdict);
    addOffer();
    auto* row = new QHBoxLayout;
    m_send = new Button(tr("Send the Request"), ButtonKind::Primary);
    m_send->setObjectName(QStringLiteral("sendRequest"));
    m_send->setReason(whyNoEntry(context));
    row->addStretch(1);
    row->addWidget(m_send);
    layout->addLayout(row);
    layout->addStretch(1);
    catalog::AccessScope scope;
    if (const auto& selection = context.navigator.selection(); selection.kind == SelectionKind::Topic) {
        scope.reads = {{selection.name.toStdString()}};
    }
    m_editor->setScope(scope);
    connect(m_editor, &ScopeEditor::changed, this, [this] {
        review();
        emit changed();
    });
    connect(m_until, &UntilField::changed, this, &ClientAccess::review);
    connect(m_send, &Button::clicked, this, &ClientAccess::send);
    review();
}

void ClientAccess::addTerms() {
    auto* box = qobject_cast<QVBoxLayout*>(layout());
    m_purpose = new QLineEdit;
    m_purpose->setObjectName(QStringLiteral("requestPurpose"));
    m_purpose->setPlaceholderText(tr("What the data is used for"));
    addField(box, tr("Purpose"), m_purpose);
    m_until = new UntilField;
    addField(box, tr("Ends"), m_until);
}

void ClientAccess::addOffer() {
    m_offer = new QCheckBox(tr("Add a policy that approves requests for internal data by itself"));
    m_offer->setObjectName(QStringLiteral("offerPolicy"));
    m_offerWords = wrapped("offerWords", Token::Text3);
    m_offerWords->setText(
        tr("Nobody but you is enrolled here, and nobody approves their own request. With this policy whoever is "
           "enrolled gets what they ask for at once, for at most %1 days. Confidential and restricted data, Kafka's "
           "own "
           "topics and patterns that match everything still need a second person. It can be changed under Access, "
           "Policies.")
            .arg(kPolicyDays));
    auto* box = qobject_cast<QVBoxLayout*>(layout());
    box->addWidget(m_offer);
    box->addWidget(m_offerWords);
    m_offer->hide();
    m_offerWords->hide();
}

void ClientAccess::setUser(const std::string& user) {
    auto scope = m_editor->draft();
    if (scope.group.name.empty() || scope.group.name == m_user) {
        scope.group = {user}; // what its configuration says
    }
    m_user = user;
    scope.principal = "User:" + user;
    m_editor->setScope(scope);
}

catalog::AccessScope ClientAccess::scope() const {
    return m_editor->draft();
}

bool ClientAccess::nobodyElse() const {
    return m_context.feed.catalog()->people.size() <= 1;
}

/// The offer is for internal data of which no policy says who must approve.
bool ClientAccess::policyWouldHelp(const catalog::AccessReview& review) const {
    const auto& policies = m_context.feed.catalog()->access.policies;
    return !review.automatic && review.level == catalog::Classification::Internal && !review.everything &&
           std::ranges::none_of(policies, [&](const catalog::Policy& policy) {
               const bool applies = std::ranges::find(review.policies, policy.id) != review.policies.end();
               return policy.id == kPolicyId ||
                      (applies && (policy.approval != catalog::Approval::Unsaid || policy.people > 0));
           });
}

void ClientAccess::review() {
    auto* catalog = m_context.services.catalog;
    const auto scope = m_editor->scope();
    const auto until = m_until->until();
    if (catalog == nullptr || !scope || !until) {
        m_verdict->setText(catalog == nullptr ? text(m_context.services.catalogProblem)
                           : !scope           ? text(scope.error().message)
                                              : text(until.error().message));
        m_offer->hide();
        m_offerWords->hide();
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("review")},
        [catalog, scope = *scope, until = *until, now = nowMs()](const JobContext&) -> Result<catalog::AccessReview> {
            return catalog->reviewAccess(scope, {}, until, now);
        },
        [this](const Result<catalog::AccessReview>& review) {
            if (review) {
                showReview(*review);
            }
        });
}

void ClientAccess::showReview(const catalog::AccessReview& review) {
    QStringList words{text(catalog::describe(m_editor->draft())), deciderText(*m_context.feed.catalog(), review)};
    if (review.endMs != catalog::kNoEnd) {
        words << tr("It ends on %1. %2").arg(formatDay(review.endMs), text(review.endBy));
    }
    m_verdict->setText(words.join(u'\n'));
    const bool offered = nobodyElse() && policyWouldHelp(review);
    m_offer->setVisible(offered);
    m_offerWords->setVisible(offered);
}

std::vector<catalog::Submission> ClientAccess::submissions(const catalog::SubmitRequest& request) const {
    std::vector<catalog::Submission> all;
    if (!m_offer->isHidden() && m_offer->isChecked()) {
        all.push_back({catalog::PutPolicy{automaticPolicy()}, tr("Nobody else is enrolled yet").toStdString(), {}});
    }
    all.push_back({request, {}, {}});
    return all;
}

void ClientAccess::send() {
    const auto scope = m_editor->scope();
    const auto until = m_until->until();
    const auto purpose = m_purpose->text().trimmed();
    if (!scope || !until || purpose.isEmpty()) {
        emit refused(!scope   ? text(scope.error().message)
                     : !until ? text(until.error().message)
                              : tr("Say what the access is for; who approves it reads that first."));
        return;
    }
    const catalog::SubmitRequest request{catalog::newRequestId(), *scope, {}, {}, purpose.toStdString(), *until};
    m_send->setReason(tr("The request is being written to the ledger."));
    submitEntries(m_context, this, tr("Asking for access"), submissions(request),
                  [this, id = request.id](const Result<catalog::LedgerEntry>& entry) {
                      if (entry) {
                          tell(id);
                      } else {
                          m_send->setReason({});
                          emit refused(text(entry.error().message));
                      }
                  });
}

/// What became of it stands in the catalog once the entry is applied, which it is.
void ClientAccess::tell(const std::string& id) {
    m_send->setReason(tr("The request is sent; Access shows what becomes of it."));
    auto* catalog = m_context.services.catalog;
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("outcome")},
        [catalog, id](const JobContext&) -> Result<bool> {
            const auto all = catalog->accessRequests();
            const auto found = std::ranges::find(all, id, &catalog::AccessRequest::id);
            return found != all.end() && found->state == catalog::RequestState::Approved;
        },
        [this](const Result<bool>& approved) {
            const bool isIn = approved && *approved;
            emit sent(isIn,
                      isIn ? tr("Approved at once by a policy. It is applied to the backbone now; Access, Grants "
                                "shows when it is enforced.")
                      : nobodyElse()
                          ? tr("Sent, but nobody else is enrolled who could agree; until somebody does, the client "
                               "may do nothing.")
                          : tr("Sent. Until it is approved the client may do nothing; Access, Inbox shows who "
                               "must agree."));
        });
}

} // namespace meshbone::ui
