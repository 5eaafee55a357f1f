// SPDX-License-Identifier: Apache-2.0
#include "access/request_panel.h"

#include "access/covered_table.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/property_list.h"

#include <catalog/access_presets.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kMargin = 24;
constexpr int kTermLabelWidth = 88;

Label* wrapped(const QString& sentence, TextStyle style, Token ink) {
    auto* label = new Label(sentence, style, ink);
    label->setWordWrap(true);
    return label;
}
} // namespace

RequestPanel::RequestPanel(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::LeftEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("requestPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_sheet = new QWidget;
    m_body = new QVBoxLayout(m_sheet);
    m_body->setContentsMargins(kMargin, 14, kMargin, 16);
    m_body->setSpacing(8);
    scroll->setWidget(m_sheet);
    layout->addWidget(scroll, 1);
    m_foot = new QVBoxLayout;
    m_foot->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(m_foot);
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, [this] {
        if (!m_request.id.empty()) {
            fill();
        }
    });
}

void RequestPanel::clear() {
    while (auto* item = m_body->takeAt(0)) {
        if (auto* inner = item->layout()) {
            while (auto* part = inner->takeAt(0)) {
                delete part->widget();
                delete part;
            }
        }
        delete item->widget();
        delete item;
    }
}

void RequestPanel::showNothing(const QString& sentence) {
    m_request = {};
    m_facts.reset();
    clear();
    m_body->addWidget(wrapped(sentence, TextStyle::Body, Token::Text3));
    m_body->addStretch(1);
}

void RequestPanel::show(const catalog::AccessRequest& request) {
    if (request.id != m_request.id) {
        m_facts.reset();
        m_draft.clear();
    }
    m_request = request;
    fill();
    load();
}

void RequestPanel::load() {
    auto* services = &m_context.services;
    if (services->catalog == nullptr) {
        return;
    }
    const RequestCase request{m_request.scope,          m_request.product,        m_request.untilMs,    m_request.id,
                              m_context.feed.catalog(), m_context.health.facts(), m_request.submittedMs};
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("facts")},
        [services, request](const JobContext& job) -> Result<RequestFacts> {
            return requestFacts(*services, request, job);
        },
        [this](Result<RequestFacts> facts) {
            m_facts = std::move(*facts);
            fill();
            emit factsChanged();
        });
}

void RequestPanel::fill() {
    const auto* line = findChild<QLineEdit*>(QStringLiteral("requestComment"));
    m_isCommenting = line != nullptr && line->hasFocus();
    clear();
    addHead();
    addTerms();
    addChanges();
    addBindings();
    addReach();
    addAdvice();
    addRemarks();
    m_body->addStretch(1);
}

void RequestPanel::addHead() {
    const auto now = nowMs();
    const auto state = m_request.stateAt(now);
    const auto& pending = m_context.feed.catalog()->access.pending;
    auto words = wordsOf(state);
    if (std::ranges::find(pending, m_request.id) != pending.end()) {
        words.word = tr("waits for you");
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    auto* title = new Label(scopeTitle(m_request.scope), TextStyle::DetailTitle);
    title->setObjectName(QStringLiteral("requestTitle"));
    title->setElided(true);
    row->addWidget(title);
    row->addWidget(new Chip({words.word, words.tone, words.icon, {}}));
    if (m_facts && m_facts->review.level != catalog::Classification::Internal) {
        const auto level = wordsOf(m_facts->review.level);
        row->addWidget(new Chip({level.word, level.tone, level.icon, {}}));
    }
    row->addStretch(1);
    auto* id = new Label(text(m_request.id), TextStyle::Mono, Token::Text3);
    id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(id);
    m_body->addLayout(row);
    const auto& catalog = *m_context.feed.catalog();
    const auto team = teamsText(catalog, m_request.author);
    auto asked = tr("Asked by %1%2 on %3.")
                     .arg(text(catalog.personName(m_request.author)),
                          team.isEmpty() ? QString() : tr(" of %1").arg(team), formatTime(m_request.submittedMs));
    if (m_request.changedMs > m_request.submittedMs) {
        asked += tr(" Changed since, on %1; what was decided before is void.").arg(formatTime(m_request.changedMs));
    }
    if (!m_request.renews.empty()) {
        asked += tr(" It renews the grant %1.").arg(text(m_request.renews));
    }
    m_body->addWidget(wrapped(asked, TextStyle::Secondary, Token::Text2));
    m_body->addWidget(new Rule);
}

void RequestPanel::addTerms() {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    auto* left = new PropertyList;
    left->setLabelWidth(kTermLabelWidth);
    const auto& scope = m_request.scope;
    left->add(tr("Purpose"), m_request.purpose.empty() ? tr("none was given") : text(m_request.purpose));
    left->add(tr("As"), text(std::string(catalog::roleTitle(scope.role))) +
                            (catalog::isProven(scope.role) ? QString() : tr(" (untested with the real client)")));
    const auto* principal = m_context.feed.catalog()->access.principal(scope.principal);
    left->add(tr("For"),
              principal == nullptr
                  ? tr("%1, which nobody has registered").arg(text(scope.principal))
                  : tr("%1, owned by %2")
                        .arg(text(principal->name.empty() ? scope.principal : principal->name),
                             principal->team.empty() ? tr("nobody")
                                                     : text(m_context.feed.catalog()->teamName(principal->team))));
    auto* right = new PropertyList;
    right->setLabelWidth(kTermLabelWidth);
    const auto now = nowMs();
    const auto end = m_facts ? m_facts->review.endMs : m_request.untilMs;
    right->add(tr("Until"),
               end == catalog::kNoEnd ? tr("no end") : tr("%1, %2").arg(formatDay(end), endWords(end, now).word));
    if (m_facts) {
        const auto& review = m_facts->review;
        right->add(tr("Limited by"), review.endBy.empty() ? tr("nothing") : text(review.endBy));
        QStringList needs;
        for (const auto& need : review.needs) {
            needs << needText(*m_context.feed.catalog(), need);
        }
        right->add(tr("Must agree"), review.automatic
                                         ? tr("nobody: policy %1 approves it").arg(text(review.automaticBy))
                                         : needs.join(tr(", and ")));
        if (review.people > 1) {
            right->add(tr("At least"), tr("%n people", nullptr, static_cast<int>(review.people)));
        }
        right->add(tr("Data"), classText(review.level));
    }
    if (m_request.stateAt(now) == catalog::RequestState::Submitted && m_request.lapsesMs != catalog::kNoEnd) {
        right->add(tr("Lapses"),
                   tr("%1, in %2").arg(formatDay(m_request.lapsesMs), endWords(m_request.lapsesMs, now).word));
    }
    columns->addWidget(left, 1, Qt::AlignTop);
    columns->addWidget(right, 1, Qt::AlignTop);
    m_body->addLayout(columns);
}

void RequestPanel::addChanges() {
    auto* changes = m_facts ? changesWidget(m_facts->changes) : nullptr;
    if (changes != nullptr) {
        addHeading(tr("Changes since asked"));
        m_body->addWidget(changes);
    }
}

void RequestPanel::addHeading(const QString& title, const QString& action, std::function<void()> run) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 6, 0, 0);
    row->addWidget(new Label(title, TextStyle::SmallStrong, Token::Text2));
    row->addStretch(1);
    if (!action.isEmpty()) {
        auto* button = new Button(action, ButtonKind::Link);
        connect(button, &QPushButton::clicked, this, std::move(run));
        row->addWidget(button);
    }
    m_body->addLayout(row);
}

void RequestPanel::addLine(const QString& sentence, Tone tone) {
    m_body->addWidget(wrapped(sentence, TextStyle::Secondary, tone == Tone::Neutral ? Token::Text2 : toneInk(tone)));
}

void RequestPanel::addBindings() {
    const auto bindings = catalog::bindingsOf(m_request.scope);
    addHeading(tr("What it would allow, exactly"), tr("Copy as kafka-acls"),
               [bindings] { QGuiApplication::clipboard()->setText(kafkaAclsText(bindings)); });
    auto* table = new BindingTable;
    std::vector<BindingRow> rows;
    if (m_facts) {
        rows = m_facts->bindings;
    } else {
        std::ranges::transform(bindings, std::back_inserter(rows), [](const backbone::AclBinding& binding) {
            return BindingRow{binding, {}, {}, {}, {}};
        });
    }
    table->setRows(std::move(rows));
    m_body->addWidget(table);
    if (m_facts && !m_facts->bindingsProblem.isEmpty()) {
        addLine(tr("What stands on the backbone isn't known: %1").arg(m_facts->bindingsProblem), Tone::Warn);
    }
}

void RequestPanel::addReach() {
    if (!m_facts) {
        return;
    }
    addHeading(tr("Topics it covers now, %1").arg(formatCount(m_facts->topicCount)), tr("Show on Graph"), [this] {
        if (m_facts && !m_facts->topics.empty()) {
            m_context.navigator.goTo(QStringLiteral("lineage"), {SelectionKind::Topic, m_facts->topics.front().topic});
        }
    });
    if (!m_facts->topics.empty()) {
        auto* table = new CoveredTable;
        table->setRows(m_facts->topics);
        m_body->addWidget(table);
    }
    for (const auto& sentence : m_facts->coverage) {
        addLine(sentence);
    }
    if (!m_facts->carriesOn.isEmpty()) {
        addLine(tr("%1 writes %2, so what it reads may go on there.")
                    .arg(shortPrincipal(m_request.scope.principal), m_facts->carriesOn.join(QStringLiteral(", "))));
    }
    if (!m_facts->has.isEmpty()) {
        addHeading(tr("What it has already"));
        addLine(m_facts->has.join(QStringLiteral("; ")));
    }
}

void RequestPanel::addAdvice() {
    if (!m_facts) {
        return;
    }
    const auto say = [this](Tone tone, const QString& sentence, const QString& detail) {
        auto* bar = new MessageBar;
        m_body->addWidget(bar); // before it shows itself: it is no window
        bar->say(tone, sentence, detail);
        return bar;
    };
    QStringList mind = m_facts->conflicts;
    for (const auto& warning : m_facts->review.warnings) {
        mind << text(warning);
    }
    if (!mind.isEmpty()) {
        say(Tone::Warn, tr("Mind"), mind.join(u' '));
    }
    const auto& pending = m_context.feed.catalog()->access.pending;
    if (m_facts->smaller && std::ranges::find(pending, m_request.id) != pending.end()) {
        auto* bar = say(Tone::Accent, tr("Smaller would do."), m_facts->smallerWhy);
        bar->addAction(tr("Use the Smaller One"), [this] { emit smallerAsked(); })
            ->setObjectName(QStringLiteral("useSmaller"));
    }
}

void RequestPanel::addRemarks() {
    const auto& catalog = *m_context.feed.catalog();
    if (!m_request.decisions.empty()) {
        const bool granted = catalog.access.grant(m_request.id) != nullptr;
        addHeading(tr("Decided"), granted ? tr("Show Grant") : QString(), [this] {
            m_context.navigator.goTo(QStringLiteral("access"), {SelectionKind::Grant, text(m_request.id)});
        });
        for (const auto& decision : m_request.decisions) {
            const auto why = decision.approved ? decision.conditions : decision.reason;
            addLine(tr("%1 %2 on %3%4")
                        .arg(text(catalog.personName(decision.person)),
                             decision.approved ? tr("agreed") : tr("declined"), formatTime(decision.atMs),
                             why.empty() ? QString(u'.') : QStringLiteral(": ") + text(why)));
        }
    }
    addHeading(tr("Comments"));
    for (const auto& remark : m_request.remarks) {
        addLine(QStringLiteral("%1, %2").arg(text(catalog.personName(remark.person)), formatTime(remark.atMs)) +
                (remark.reminder ? tr(" (reminder)") : QString()));
        m_body->addWidget(wrapped(text(remark.text), TextStyle::Body, Token::Text1));
    }
    auto* line = new QLineEdit;
    line->setObjectName(QStringLiteral("requestComment"));
    line->setAccessibleName(tr("Comment"));
    line->setPlaceholderText(tr("Write a comment, Enter sends it"));
    const auto reason = whyNoEntry(m_context);
    line->setEnabled(reason.isEmpty());
    line->setToolTip(reason);
    line->setText(m_draft); // what was begun outlives news of the catalog
    connect(line, &QLineEdit::textChanged, this, [this](const QString& words) { m_draft = words; });
    if (m_isCommenting) {
        line->setFocus();
    }
    connect(line, &QLineEdit::returnPressed, this, [this, line] {
        const auto words = line->text().trimmed();
        if (words.isEmpty()) {
            return;
        }
        line->setEnabled(false);
        submitEntries(m_context, this, tr("Commenting"),
                      {{catalog::CommentRequest{m_request.id, words.toStdString(), false}, {}, {}}},
                      [this](const Result<catalog::LedgerEntry>& entry) {
                          if (entry) {
                              m_draft.clear();
                          }
                          fill();
                          if (!entry) {
                              addLine(text(entry.error().message), Tone::Danger);
                          }
                      });
    });
    m_body->addWidget(line);
}

} // namespace meshbone::ui
