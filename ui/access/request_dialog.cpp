// SPDX-License-Identifier: Apache-2.0
#include "access/request_dialog.h"

#include "access/binding_table.h"
#include "access/scope_editor.h"
#include "access/until_field.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <catalog/access_presets.h>
#include <catalog/request_id.h>

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kTextHeight = 56;
constexpr int kWidth = 760;
constexpr int kSettleMs = 250;

QString titleOf(RequestDialog::Purpose purpose, const catalog::AccessRequest& request) {
    switch (purpose) {
    case RequestDialog::Purpose::Amend:
        return RequestDialog::tr("Change the request");
    case RequestDialog::Purpose::Approve:
        return RequestDialog::tr("Approve “%1” with changes").arg(scopeTitle(request.scope));
    case RequestDialog::Purpose::Ask:
        break;
    }
    return RequestDialog::tr("Request access");
}

QString sentenceOf(RequestDialog::Purpose purpose) {
    switch (purpose) {
    case RequestDialog::Purpose::Amend:
        return RequestDialog::tr("Who must agree decides again: what was decided so far is void.");
    case RequestDialog::Purpose::Approve:
        return RequestDialog::tr("Agree to less than was asked for, or for a shorter time. More can't be agreed to.");
    case RequestDialog::Purpose::Ask:
        break;
    }
    return RequestDialog::tr("Who owns the data decides. The topic need not exist yet.");
}

QString verbOf(RequestDialog::Purpose purpose) {
    return purpose == RequestDialog::Purpose::Amend     ? RequestDialog::tr("Save Changes")
           : purpose == RequestDialog::Purpose::Approve ? RequestDialog::tr("Approve This")
                                                        : RequestDialog::tr("Send Request");
}

} // namespace

RequestDialog::RequestDialog(PageContext& context, Purpose purpose, catalog::AccessRequest request, QWidget* parent)
    : Dialog(titleOf(purpose, request), sentenceOf(purpose), parent)
    , m_context(context)
    , m_purpose(purpose)
    , m_request(std::move(request)) {
    setObjectName(QStringLiteral("requestDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(kWidth);
    buildFields();
    buildPreview();
    m_verb = addVerb(verbOf(purpose));
    m_verb->setObjectName(QStringLiteral("requestVerb"));
    connect(m_verb, &QPushButton::clicked, this, &RequestDialog::send);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &RequestDialog::preview);
    connect(m_scope, &ScopeEditor::changed, this, &RequestDialog::previewSoon);
    connect(m_principal, &QComboBox::currentTextChanged, this, &RequestDialog::previewSoon);
    connect(m_until, &UntilField::changed, this, &RequestDialog::previewSoon);
    preview();
}

void RequestDialog::buildFields() {
    m_principal = new QComboBox;
    m_principal->setObjectName(QStringLiteral("requestPrincipal"));
    m_principal->setAccessibleName(tr("For"));
    m_principal->setEditable(true);
    m_principal->setInsertPolicy(QComboBox::NoInsert);
    fillPrincipals();
    m_principal->setEnabled(m_purpose != Purpose::Approve);
    addField(tr("For"), m_principal, tr("A user of the backbone, as it logs in. It need not exist yet."));
    m_scope = new ScopeEditor(topicNames(*m_context.health.facts()));
    m_scope->setScope(m_request.scope);
    content()->addWidget(m_scope);
    m_why = new QPlainTextEdit(text(m_request.purpose));
    m_why->setObjectName(QStringLiteral("requestPurpose"));
    m_why->setTabChangesFocus(true);
    m_why->setFixedHeight(kTextHeight);
    if (m_purpose == Purpose::Approve) {
        m_why->clear();
        addField(tr("Conditions"), m_why, tr("What goes with it; may stay empty."));
    } else {
        addField(tr("Purpose"), m_why, tr("What it is for; who decides reads it."));
    }
    m_until = new UntilField;
    if (m_purpose != Purpose::Ask || m_request.untilMs >= 0) {
        m_until->setUntil(m_request.untilMs);
    }
    addField(tr("Ends"), m_until);
}

void RequestDialog::fillPrincipals() {
    for (const auto& principal : m_context.feed.catalog()->access.principals) {
        m_principal->addItem(shortPrincipal(principal.principal));
    }
    m_principal->setCurrentText(shortPrincipal(m_request.scope.principal));
    m_principal->lineEdit()->setPlaceholderText(tr("svc-claims"));
}

void RequestDialog::buildPreview() {
    content()->addWidget(new Label(tr("What it would allow, exactly"), TextStyle::SmallStrong, Token::Text2));
    m_bindings = new BindingTable;
    content()->addWidget(m_bindings);
    m_needs = new Label({}, TextStyle::Secondary, Token::Text2);
    m_needs->setObjectName(QStringLiteral("requestNeeds"));
    m_needs->setWordWrap(true);
    content()->addWidget(m_needs);
    m_mind = new Label({}, TextStyle::Secondary, Token::Warn);
    m_mind->setObjectName(QStringLiteral("requestMind"));
    m_mind->setWordWrap(true);
    content()->addWidget(m_mind);
}

catalog::AccessScope RequestDialog::draft() const {
    auto scope = m_scope->draft();
    const auto name = m_principal->currentText().trimmed().toStdString();
    scope.principal = name.empty() || name.find(':') != std::string::npos ? name : "User:" + name;
    return scope;
}

void RequestDialog::previewSoon() {
    m_settle.start();
}

void RequestDialog::preview() {
    const auto scope = draft();
    const auto until = m_until->until();
    const auto checked = catalog::checkScope(scope);
    if (!checked || !until) {
        // Half a form: what it comes to so far, without asking anybody.
        std::vector<BindingRow> rows;
        std::ranges::transform(catalog::bindingsOf(scope), std::back_inserter(rows),
                               [](const backbone::AclBinding& binding) {
                                   return BindingRow{binding, {}, {}, {}, {}};
                               });
        m_bindings->setRows(std::move(rows));
        m_needs->setText(text(!checked ? checked.error().message : until.error().message));
        m_mind->clear();
        return;
    }
    auto* services = &m_context.services;
    if (services->catalog == nullptr) {
        return;
    }
    const RequestCase request{scope,        m_request.product,        *until,
                              m_request.id, m_context.feed.catalog(), m_context.health.facts()};
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("preview")},
        [services, request](const JobContext& job) -> Result<RequestFacts> {
            return requestFacts(*services, request, job);
        },
        [this](const Result<RequestFacts>& facts) { showFacts(*facts); });
}

void RequestDialog::showFacts(const RequestFacts& facts) {
    m_bindings->setRows(facts.bindings);
    const auto& review = facts.review;
    auto sentence = deciderText(*m_context.feed.catalog(), review);
    if (!review.endBy.empty()) {
        sentence += QStringLiteral(" ") + text(review.endBy);
    }
    if (review.level != catalog::Classification::Internal) {
        sentence += tr(" The data is %1.").arg(classText(review.level));
    }
    m_needs->setText(sentence);
    auto mind = facts.conflicts + facts.coverage;
    for (const auto& warning : review.warnings) {
        mind << text(warning);
    }
    if (!facts.bindingsProblem.isEmpty()) {
        mind << tr("What stands on the backbone isn't known: %1").arg(facts.bindingsProblem);
    }
    m_mind->setText(mind.join(u' '));
}

Result<catalog::Submission> RequestDialog::submission() const {
    const auto scope = draft();
    if (const auto checked = catalog::checkScope(scope); !checked) {
        return std::unexpected(checked.error());
    }
    const auto until = m_until->until();
    if (!until) {
        return std::unexpected(until.error());
    }
    const auto words = m_why->toPlainText().trimmed().toStdString();
    if (m_purpose == Purpose::Approve) {
        return catalog::Submission{catalog::ApproveRequest{m_request.id, scope, *until, words}, {}, {}};
    }
    if (words.empty()) {
        return fail(ErrorCode::InvalidArgument, tr("Say what it is for: who decides reads it.").toStdString());
    }
    if (m_purpose == Purpose::Amend) {
        return catalog::Submission{catalog::AmendRequest{m_request.id, scope, words, *until}, {}, {}};
    }
    return catalog::Submission{
        catalog::SubmitRequest{m_request.id, scope, m_request.product, m_request.renews, words, *until}, {}, {}};
}

void RequestDialog::send() {
    if (m_request.id.empty()) {
        m_request.id = catalog::newRequestId();
    }
    const auto submission = this->submission();
    if (!submission) {
        sayError(text(submission.error().message));
        return;
    }
    m_verb->setReason(tr("The entry is being written to the ledger."));
    submitEntries(m_context, this, tr("Writing to the ledger"), {*submission},
                  [this](const Result<catalog::LedgerEntry>& entry) {
                      m_verb->setReason({});
                      if (!entry) {
                          sayError(text(entry.error().message));
                          return;
                      }
                      emit sent(m_purpose == Purpose::Approve ? tr("Approved with changes.")
                                : m_purpose == Purpose::Amend ? tr("The request is changed.")
                                                              : tr("The request is sent."),
                                text(m_request.id));
                      accept();
                  });
}

} // namespace meshbone::ui
