// SPDX-License-Identifier: Apache-2.0
#include "schemas/schemas_page.h"

#include "schemas/schema_acts.h"
#include "schemas/schema_detail.h"
#include "schemas/schema_verbs.h"
#include "schemas/schema_words.h"
#include "schemas/subject_list.h"
#include "shell/violation_feed.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kListWidth = 320;
constexpr int kListWidthLeast = 230;
} // namespace

SchemasPage::SchemasPage(PageContext& context)
    : Page(context, kSchemasPage, tr("Schemas")) {
    setObjectName(QStringLiteral("schemasPage"));
    m_verbs = new SchemaVerbs(context, messageBar(), this);
    connect(m_verbs, &SchemaVerbs::said, this, [this] { m_saysProblem = false; });
    addHeaderCommand(QStringLiteral("schema.new"))->setKind(ButtonKind::Primary);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_list = new SubjectList(context, m_splitter);
    m_list->setMinimumWidth(kListWidthLeast);
    m_right = new QStackedWidget(m_splitter);
    m_detail = new SchemaDetail(context, m_right);
    m_verbs->setDetail(m_detail);
    connect(m_verbs, &SchemaVerbs::usageKnown, m_detail, &SchemaDetail::setUsage);
    m_nothing = new EmptyView(m_right);
    m_right->addWidget(m_nothing);
    m_right->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kListWidth, 4 * kListWidth});
    content()->addWidget(m_splitter, 1);
    connect(m_list, &SubjectList::chosen, this, [this](const QString& subject, const QString& field, int version) {
        openSubject(subject, field, version);
        this->context().navigator.select({SelectionKind::Schema, subject});
    });
    follow(&context.schemas, &SchemaFeed::changed, &SchemasPage::update);
    follow(&context.feed, &LiveFeed::catalogChanged, &SchemasPage::update);
    connect(&context.violations, &ViolationFeed::changed, m_list, &SubjectList::update);
}

QString SchemasPage::current() const {
    return m_detail == nullptr ? QString() : m_detail->subject();
}

bool SchemasPage::isSettled() const {
    const auto& schemas = context().schemas;
    const bool isRead = schemas.isLoaded() || !schemas.problem().isEmpty() || schemas.registry() == nullptr;
    return isRead && m_list->isSettled() && m_detail->isSettled();
}

void SchemasPage::focusFilter() {
    m_list->focusFilter();
}

void SchemasPage::entered() {
    update();
}

void SchemasPage::updateEmptyView() {
    auto& view = *m_nothing;
    const auto& schemas = context().schemas;
    const bool isReading = !schemas.isLoaded() && schemas.problem().isEmpty() && schemas.registry() != nullptr;
    const bool hasSome = !schemas.book()->versions().empty();
    m_list->setVisible(isReading || hasSome); // else there is nothing to choose from
    m_splitter->refresh();                    // it doesn't notice by itself while the page isn't seen
    const auto why = whyNoRegistry(context());
    const auto problem = context().schemas.problem();
    if (isReading || hasSome) {
        view.setMessage(QStringLiteral("schema"), tr("No subject is chosen"),
                        tr("Choose one at the left to see its versions, fields and who uses it."));
        view.setAction({}, {});
    } else if (!why.isEmpty()) {
        view.setMessage(QStringLiteral("plug"), tr("No schema registry"),
                        tr("%1 Name its address in the cluster's profile, or serve one from here.").arg(why));
        view.setAction({}, {});
    } else if (!problem.isEmpty()) {
        view.setMessage(QStringLiteral("schema"), tr("The schemas can't be read"), problem);
        view.setAction(tr("Try again"), [this] { context().schemas.reload(); });
    } else {
        view.setMessage(QStringLiteral("schema"), tr("No schemas yet"),
                        tr("A schema says what the events of a topic hold. Register the first one, or start a client "
                           "that does."));
        view.setAction(tr("New Subject…"), [this] { m_verbs->registerVersion({}); });
    }
}

/// While something older is shown, what went wrong stands above it.
void SchemasPage::updateProblem() {
    const auto problem = context().schemas.problem();
    if (context().schemas.isLoaded() && !problem.isEmpty()) {
        messageBar()->clearActions();
        messageBar()->say(Tone::Warn, tr("The schemas were read some time ago and may be others now."), problem);
        messageBar()->addAction(tr("Try again"), [this] { context().schemas.reload(); });
        m_saysProblem = true;
    } else if (const auto contradiction = context().schemas.contradiction(); !contradiction.isEmpty()) {
        messageBar()->clearActions();
        messageBar()->say(Tone::Warn, tr("Two registries write to the topic of the schemas."), contradiction);
        m_saysProblem = true;
    } else if (std::exchange(m_saysProblem, false)) {
        messageBar()->hide();
    }
}

void SchemasPage::update() {
    const auto& book = *context().schemas.book();
    updateEmptyView();
    updateProblem();
    m_list->update();
    const auto live = std::ranges::count(book.versions(), false, &catalog::SchemaVersion::isDeleted);
    setRemark(book.subjects().empty()
                  ? QString()
                  : QStringLiteral("%1, %2").arg(tr("%n subject(s)", nullptr, static_cast<int>(book.subjects().size())),
                                                 tr("%n version(s)", nullptr, static_cast<int>(live))));
    if (!m_wanted.isEmpty() && !book.versionsOf(m_wanted.toStdString()).empty()) {
        openSubject(std::exchange(m_wanted, {}));
    } else if (!current().isEmpty() && book.versionsOf(current().toStdString()).empty()) {
        m_detail->setSubject({}, {}); // it is gone for good
        m_right->setCurrentWidget(m_nothing);
    } else {
        m_detail->reload();
    }
    if (current().isEmpty() && m_wanted.isEmpty()) {
        openFirst();
    }
    m_verbs->refresh();
}

/// One subject stands open, so that the page shows at once what it can do.
void SchemasPage::openFirst() {
    const auto& selection = context().navigator.selection();
    if (selection.kind == SelectionKind::Schema || selection.kind == SelectionKind::Topic) {
        showSelection(selection);
    }
    if (current().isEmpty() && m_wanted.isEmpty() && !m_list->first().isEmpty()) {
        openSubject(m_list->first());
    }
}

void SchemasPage::showSelection(const Selection& selection) {
    if (selection.kind == SelectionKind::Schema) {
        if (selection.name != current()) {
            openSubject(selection.name);
        }
    } else if (selection.kind == SelectionKind::Topic) {
        const auto topic = selection.name.toStdString();
        for (const auto& subject : context().schemas.book()->subjectsOfTopic(topic)) {
            if (m_list->topicOf(subject) == topic) {
                openSubject(text(subject));
                return;
            }
        }
    }
}

void SchemasPage::openSubject(const QString& subject, const QString& field, int version) {
    const auto& book = *context().schemas.book();
    if (book.versionsOf(subject.toStdString()).empty()) {
        m_wanted = subject; // it was just registered, or the schemas aren't read yet
        return;
    }
    if (!book.latest(subject.toStdString()) && !m_list->has(subject)) {
        m_list->setShowDeleted(true);
    }
    m_right->setCurrentWidget(m_detail);
    m_detail->setSubject(subject, text(m_list->topicOf(subject.toStdString())), field, version);
    m_list->select(subject);
    m_verbs->refresh();
}

} // namespace meshbone::ui
