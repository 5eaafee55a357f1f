// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_tab.h"

#include "contracts/contract_panes.h"
#include "contracts/contract_verbs.h"
#include "schemas/schema_acts.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QDateTime>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kEdge = 16;
} // namespace

ContractTab::ContractTab(PageContext& context, bool ofProducts, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_subject{ofProducts, {}} {
    setObjectName(ofProducts ? QStringLiteral("productContractTab") : QStringLiteral("topicContractTab"));
    m_verbs = new ContractVerbs(context, this); // before the buttons, which are made from its commands
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    m_said = new MessageBar(this);
    m_said->setObjectName(QStringLiteral("contractSaid"));
    auto* said = new QVBoxLayout;
    said->setContentsMargins(kEdge, 0, kEdge, 0);
    said->addWidget(m_said);
    layout->addLayout(said);
    m_stack = new QStackedLayout;
    layout->addLayout(m_stack, 1);
    m_loading = new LoadingView(tr("Reading the contract…"), this);
    m_empty = new EmptyView(this);
    m_empty->setObjectName(QStringLiteral("contractNone"));
    m_empty->extra()->addWidget(m_context.commands.makeButton(m_verbs->id("draft"), m_empty), 0, Qt::AlignHCenter);
    m_body = buildBody();
    for (auto* page : std::initializer_list<QWidget*>{m_loading, m_empty, m_body}) {
        m_stack->addWidget(page);
    }
    connect(&m_context.feed, &LiveFeed::catalogChanged, this, &ContractTab::update);
    connect(&m_context.schemas, &SchemaFeed::changed, this, &ContractTab::update);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, &ContractTab::showHead);
}

QWidget* ContractTab::buildBody() {
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kEdge, 0, kEdge, 0);
    head->setSpacing(8);
    m_title = new Label({}, TextStyle::BodyStrong, Token::Text1, body);
    m_title->setObjectName(QStringLiteral("contractTitle"));
    m_title->setElided(true);
    m_status = new Chip({}, body);
    m_about = new Label({}, TextStyle::Secondary, Token::Text2, body);
    m_about->setObjectName(QStringLiteral("contractAbout"));
    m_about->setElided(true);
    head->addWidget(m_title);
    head->addWidget(m_status);
    head->addWidget(m_about, 1);
    for (const auto* verb : {"check", "import", "export"}) {
        head->addWidget(m_context.commands.makeButton(m_verbs->id(verb), body));
    }
    auto* more = Button::iconButton(QStringLiteral("more"), tr("More about the contract"), body);
    more->setObjectName(QStringLiteral("contractMore"));
    auto* menu = new QMenu(more);
    m_context.commands.addToMenu(*menu, {m_verbs->id("draft"), QStringLiteral("-"), m_verbs->id("remove")});
    more->setMenu(menu);
    head->addWidget(more);
    layout->addLayout(head);
    m_panes = new ContractPanes(m_subject.product ? QStringLiteral("productContract") : QStringLiteral("topicContract"),
                                body);
    m_panes->setMargin(kEdge);
    layout->addWidget(m_panes, 1);
    return body;
}

void ContractTab::setSubject(const QString& name) {
    if (m_subject.name == name.toStdString()) {
        return; // what is new of it is told by the feeds
    }
    m_subject.name = name.toStdString();
    m_look = {};
    m_said->hide();
    m_stack->setCurrentWidget(m_loading);
    emit counted({}, false);
    update();
}

/// Why the schemas can't say whether it is kept.
QString ContractTab::whyNotChecked() const {
    const auto why = whyNoRegistry(m_context);
    if (!why.isEmpty() || m_context.schemas.isLoaded()) {
        return why;
    }
    const auto problem = m_context.schemas.problem();
    return problem.isEmpty() ? tr("The schemas are being read.") : problem;
}

void ContractTab::update() {
    if (m_subject.name.empty()) {
        return;
    }
    if (m_context.services.catalog == nullptr) {
        show({});
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("contract")},
        [catalog = m_context.services.catalog, book = m_context.schemas.book(), subject = m_subject,
         why = whyNotChecked()](const JobContext&) { return lookAtContract(*catalog, *book, subject, why); },
        [this](Result<ContractLook> look) { show(std::move(*look)); });
}

void ContractTab::show(ContractLook look) {
    m_look = std::move(look);
    m_lookedMs = QDateTime::currentMSecsSinceEpoch();
    const bool isAgreed = m_look.agreed.has_value();
    isAgreed ? showHead() : showEmpty();
    if (isAgreed) {
        m_panes->setText(text(m_look.agreed->text));
        auto rows = m_look.contract ? findingRows(m_look.findings) : problemRows(m_look.problems);
        sortByEffect(rows);
        m_panes->setRows(std::move(rows));
    }
    m_stack->setCurrentWidget(isAgreed ? m_body : m_empty);
    const auto version = m_look.contract ? text(m_look.contract->version) : QString();
    emit counted(isAgreed && version.isEmpty() ? QStringLiteral("1") : version,
                 isAgreed && (!m_look.contract || m_look.breaking() > 0));
    m_context.commands.refresh();
}

void ContractTab::showHead() {
    if (!m_look.agreed) {
        return;
    }
    QStringList about;
    const auto* contract = m_look.contract ? &*m_look.contract : nullptr;
    m_title->setText(contract == nullptr ? tr("Not a contract") : contractWord(*contract));
    m_status->setVisible(contract != nullptr && !contract->status.empty());
    if (contract != nullptr) {
        m_status->setChip(statusChip(contract->status));
        about << standardWord(*contract);
    }
    if (m_look.agreedMs >= 0) {
        const auto author = text(m_context.feed.catalog()->personName(m_look.author));
        about << tr("agreed by %1 at %2").arg(author, formatTime(m_look.agreedMs).left(19));
    }
    if (!m_look.why.empty()) {
        about << QStringLiteral("“%1”").arg(text(m_look.why).simplified());
    }
    m_about->setText(about.join(QStringLiteral(", ")));
    m_panes->say(verdictOf(m_look, m_subject, m_lookedMs));
}

void ContractTab::showEmpty() {
    const auto why = m_verbs->whyNoImport();
    auto sentence = m_subject.product
                        ? tr("A contract says what the product offers and who answers for it, in a form that other "
                             "tools read too: YAML by the Open Data Product Standard.")
                        : tr("A contract says what the events look like, how good they are and who answers for them, "
                             "in a form that other tools read too: YAML by the Open Data Contract Standard.");
    m_empty->setMessage(QStringLiteral("contract"),
                        m_subject.product ? tr("No contract is agreed for this product")
                                          : tr("No contract is agreed for this topic"),
                        why.isEmpty() ? sentence : why);
    m_empty->setAction(why.isEmpty() ? tr("Import a Contract…") : QString(),
                       [this] { m_context.commands.run(m_verbs->id("import")); });
}

void ContractTab::say(Tone tone, const QString& sentence, const QString& detail) {
    m_said->clearActions();
    m_said->say(tone, sentence, detail);
    m_said->addAction(tr("Dismiss"), [this] { m_said->hide(); });
    emit wanted();
}

void ContractTab::sayAgreed(const QString& sentence, qint64 entry) {
    say(Tone::Ok, sentence, tr("It stands in the ledger with entry #%1.").arg(entry));
    m_said->addAction(tr("Show Entry"), [this, entry] {
        m_context.navigator.goTo(QStringLiteral("audit"), {SelectionKind::Entry, QString::number(entry)});
    });
}

} // namespace meshbone::ui
