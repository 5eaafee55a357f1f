// SPDX-License-Identifier: Apache-2.0
#include "audit/entry_panel.h"

#include "shell/diff_view.h"
#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/property_list.h"
#include "widgets/segmented.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

constexpr int kMargin = 16;

/// The entry's own JSON, indented where it is JSON; as it stands where it isn't.
QString indented(const std::string& json) {
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json));
    return document.isNull() ? text(json) : QString::fromUtf8(document.toJson());
}

} // namespace

EntryPanel::EntryPanel(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("entryPanel"));
    setAccessibleName(tr("Entry"));
    setMinimumWidth(320);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(buildChanges(), 1);
    layout->addWidget(buildFoot());
    showNothing();
}

QWidget* EntryPanel::buildHead() {
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(kMargin, 10, 8, 12);
    layout->setSpacing(6);
    auto* row = new QHBoxLayout;
    m_title = new Label({}, TextStyle::DetailTitle);
    m_title->setElided(true);
    m_title->setObjectName(QStringLiteral("entryTitle"));
    m_number = new Label({}, TextStyle::Mono, Token::Text2);
    auto* close = Button::iconButton(QStringLiteral("close"), tr("Close the entry"));
    connect(close, &QPushButton::clicked, this, &EntryPanel::closeAsked);
    row->addWidget(m_title, 1);
    row->addWidget(m_number);
    row->addWidget(close);
    layout->addLayout(row);
    auto* subject = new QHBoxLayout;
    subject->setSpacing(8);
    m_subject = new Label({}, TextStyle::Body, Token::Text2);
    m_subject->setElided(true);
    m_domain = new Chip({});
    m_state = new Chip({});
    m_undoable = new Chip({tr("can be undone"), Tone::Neutral, QStringLiteral("undo"), {}});
    m_undoable->setObjectName(QStringLiteral("entryUndoable"));
    m_undoable->hide();
    subject->addWidget(m_subject);
    subject->addWidget(m_domain);
    subject->addWidget(m_state);
    subject->addWidget(m_undoable);
    subject->addStretch(1);
    layout->addLayout(subject);
    layout->addSpacing(4);
    layout->addWidget(new Rule);
    layout->addSpacing(4);
    m_facts = new PropertyList;
    layout->addWidget(m_facts);
    return head;
}

QWidget* EntryPanel::buildChanges() {
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Rule);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(kMargin, 10, kMargin, 10);
    m_view = new Segmented({tr("Changes"), tr("JSON")}, tr("Show the entry as"));
    m_view->setObjectName(QStringLiteral("entryView"));
    m_counts = new Label({}, TextStyle::Secondary, Token::Text2);
    row->addWidget(m_view);
    row->addStretch(1);
    row->addWidget(m_counts);
    layout->addLayout(row);
    m_stack = new QStackedWidget;
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* changes = new QWidget;
    changes->setAutoFillBackground(false);
    auto* inner = new QVBoxLayout(changes);
    inner->setContentsMargins(0, 0, 0, 0);
    m_diff = new DiffView;
    m_noChanges = new Label(tr("This entry changes no field."), TextStyle::Body, Token::Text2);
    m_noChanges->setContentsMargins(kMargin, 0, kMargin, 0);
    inner->addWidget(m_diff);
    inner->addWidget(m_noChanges);
    inner->addStretch(1);
    scroll->setWidget(changes);
    m_json = new QPlainTextEdit;
    m_json->setReadOnly(true);
    m_json->setFont(textFont(TextStyle::Mono));
    m_json->setAccessibleName(tr("Entry as JSON"));
    m_json->setObjectName(QStringLiteral("entryJson"));
    auto* framed = new QWidget;
    auto* frame = new QVBoxLayout(framed);
    frame->setContentsMargins(kMargin, 0, kMargin, 8);
    frame->addWidget(m_json);
    m_stack->addWidget(scroll);
    m_stack->addWidget(framed);
    layout->addWidget(m_stack, 1);
    connect(m_view, &Segmented::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    return part;
}

QWidget* EntryPanel::buildFoot() {
    auto* foot = new QWidget;
    auto* layout = new QVBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(8);
    layout->addWidget(new Rule);
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(kMargin, 2, kMargin, 4);
    inner->setSpacing(4);
    inner->addWidget(new Label(tr("Chain"), TextStyle::SmallStrong, Token::Text2));
    m_chain = new Label({}, TextStyle::Mono, Token::Text2);
    m_chain->setElided(true);
    m_chain->setObjectName(QStringLiteral("entryChain"));
    inner->addWidget(m_chain);
    auto* meaning = new Label(tr("SHA-256 over the entry's bytes and the hash of the one before."),
                              TextStyle::Secondary, Token::Text3);
    meaning->setWordWrap(true);
    inner->addWidget(meaning);
    layout->addLayout(inner);
    layout->addWidget(new Rule);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(kMargin, 4, kMargin, 0);
    m_copy = new Button(tr("Copy as JSON"));
    m_copy->setObjectName(QStringLiteral("copyEntry"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_entry) {
            QGuiApplication::clipboard()->setText(text(m_entry->json));
        }
    });
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(m_context.commands.makeButton(QStringLiteral("audit.undo"), foot));
    layout->addLayout(buttons);
    return foot;
}

void EntryPanel::show(const catalog::LedgerEntry& entry) {
    m_entry = entry;
    m_title->setText(entryTitle(entry));
    m_number->setText(QStringLiteral("#%1").arg(formatCount(entry.number)));
    m_subject->setText(entrySubject(entry, &m_context.feed.catalog()->access));
    const auto* topic = m_context.feed.catalog()->topic(entry.subject);
    const bool hasDomain = topic != nullptr && !topic->domain.empty();
    m_domain->setVisible(hasDomain);
    if (hasDomain) {
        m_domain->setChip(
            {text(m_context.feed.catalog()->domainName(topic->domain)), Tone::Neutral, {}, text(topic->domain)});
    }
    m_state->setVisible(true);
    m_state->setChip(entry.accepted ? ChipSpec{tr("accepted"), Tone::Ok, QStringLiteral("check"), {}}
                                    : ChipSpec{tr("rejected"), Tone::Warn, QStringLiteral("warning"), {}});
    fillFacts(entry);
    m_counts->setText(tr("%n changed", nullptr, static_cast<int>(entry.changes.size())));
    m_diff->setChanges(entry.changes);
    m_diff->setVisible(!entry.changes.empty());
    m_noChanges->setVisible(entry.changes.empty());
    m_json->setPlainText(indented(entry.json));
    const auto before = entry.number > 0
                            ? tr("#%1 %2 → ").arg(formatCount(entry.number - 1), shortHash(entry.previousHash))
                            : tr("beginning → ");
    m_chain->setText(before + QStringLiteral("#%1 %2").arg(formatCount(entry.number), shortHash(entry.hash)));
    m_chain->setToolTip(text(entry.hash));
    m_copy->setEnabled(true);
}

void EntryPanel::fillFacts(const catalog::LedgerEntry& entry) {
    m_facts->clear();
    m_facts->add(tr("When"), TimeZoneSwitch::instance().isUtc() ? isoTime(entry.timeMs) : formatTime(entry.timeMs),
                 TextStyle::Mono);
    auto author = text(entry.author);
    for (const auto& person : m_context.feed.catalog()->people) {
        if (person.id == entry.author && !person.name.empty()) {
            author = tr("%1 (%2)").arg(text(person.name), author);
        }
    }
    m_facts->add(tr("By"), author);
    m_facts->add(tr("Why"), entry.why.empty() ? tr("no reason given") : text(entry.why));
    m_facts->add(tr("Act"), text(entry.act), TextStyle::Mono);
    if (!entry.accepted) {
        m_facts->add(tr("Rejected"), text(entry.rejection));
    }
}

void EntryPanel::setUndoable(bool undoable) {
    m_undoable->setVisible(undoable);
}

void EntryPanel::showNothing() {
    m_entry.reset();
    m_title->setText(tr("No entry selected"));
    m_number->setText({});
    m_subject->setText(tr("Choose an entry to see what it changed."));
    m_domain->hide();
    m_state->hide();
    m_undoable->hide();
    m_facts->clear();
    m_counts->setText({});
    m_diff->setChanges({});
    m_diff->hide();
    m_noChanges->hide();
    m_json->clear();
    m_chain->setText(QStringLiteral("–"));
    m_copy->setEnabled(false);
}

} // namespace meshbone::ui
