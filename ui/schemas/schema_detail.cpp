// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_detail.h"

#include "schemas/code_view.h"
#include "schemas/difference_tab.h"
#include "schemas/fields_model.h"
#include "schemas/fields_tab.h"
#include "schemas/impact_list.h"
#include "schemas/schema_words.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/later_stack.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QMenu>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kVersionsShown = 4;
constexpr std::chrono::milliseconds kFetchesPatience{3'000}; // what they tell is worth no more waiting
} // namespace

SchemaDetail::SchemaDetail(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("schemaDetail"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHead();
    buildVersions();
    buildTabs();
}

void SchemaDetail::buildHead() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 10, 12, 2);
    row->setSpacing(8);
    m_title = new Label({}, TextStyle::DetailTitle, Token::Text1, this);
    m_title->setObjectName(QStringLiteral("schemaTitle"));
    m_title->setElided(true);
    m_chipRow = new QWidget(this);
    m_chips = new QHBoxLayout(m_chipRow);
    m_chips->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_title);
    row->addWidget(m_chipRow);
    row->addStretch();
    row->addWidget(m_context.commands.makeButton(QStringLiteral("schema.register"), this));
    auto* more = Button::iconButton(QStringLiteral("more"), tr("More"), this);
    more->setObjectName(QStringLiteral("schemaMore"));
    auto* menu = new QMenu(more);
    m_context.commands.addToMenu(*menu, {QStringLiteral("schema.settings"), QStringLiteral("schema.registrySettings"),
                                         QStringLiteral("schema.restore"), QStringLiteral("schema.restoreIds"),
                                         QStringLiteral("schema.unused"), QStringLiteral("-"),
                                         QStringLiteral("schema.deleteVersion"), QStringLiteral("schema.delete")});
    more->setMenu(menu);
    row->addWidget(more);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(16, 0, 16, 6);
    m_about = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_about->setObjectName(QStringLiteral("schemaAbout"));
    m_about->setElided(true);
    below->addWidget(m_about, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    static_cast<QVBoxLayout*>(layout())->addLayout(below);
}

void SchemaDetail::buildVersions() {
    m_versionTable = new TableView(this);
    m_versionTable->setObjectName(QStringLiteral("versionsTable"));
    m_versionTable->setAccessibleName(tr("Versions"));
    m_versionTable->setModel(&m_versions);
    m_versionTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_versionTable->setLayoutKey(QStringLiteral("schemaVersions"));
    m_versionTable->setHeightByRows(kVersionsShown);
    m_versionTable->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_versionTable->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_versionTable, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_context.commands.addToMenu(*menu, {QStringLiteral("schema.restore"), QStringLiteral("schema.deleteVersion")});
        menu->popup(m_versionTable->viewport()->mapToGlobal(at));
    });
    connect(m_versionTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const auto rows = m_versionTable->selectionModel()->selectedRows();
        if (!m_isFilling && !rows.isEmpty()) {
            m_version = m_versions.at(rows.front().row()).version;
            showVersion();
        }
    });
    layout()->addWidget(m_versionTable);
}

void SchemaDetail::buildTabs() {
    m_tabs = new Tabs(tr("Parts of the schema"), this);
    m_tabs->setObjectName(QStringLiteral("schemaTabs"));
    for (const auto& title : {tr("Fields"), tr("Text"), tr("Difference"), tr("Used by"), tr("Who breaks")}) {
        m_tabs->addTab(title);
    }
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 4, 16, 0);
    row->addWidget(m_tabs, 1);
    auto* outer = static_cast<QVBoxLayout*>(layout());
    outer->addLayout(row);
    m_stack = new LaterStack(this);
    m_fields = new FieldsTab(m_stack);
    m_fields->setContextMenu(
        [this](QMenu& menu) { m_context.commands.addToMenu(menu, {QStringLiteral("schema.impact")}); });
    connect(m_fields, &FieldsTab::activated, this, &SchemaDetail::showImpact);
    row->addWidget(m_fields->form());
    m_stack->add(m_fields);
    m_stack->add(buildText());
    m_stack->addLater([this] { return makeDifference(); });
    m_stack->add(buildUses());
    m_stack->addLater([this] { return makeImpact(); });
    outer->addWidget(m_stack, 1);
    connect(m_tabs, &Tabs::currentChanged, this, [this](int tab) {
        m_stack->showPage(tab);
        m_fields->form()->setVisible(tab == Fields);
    });
}

QWidget* SchemaDetail::makeDifference() {
    m_difference = new DifferenceTab(m_context, m_stack);
    if (version() != nullptr) {
        m_difference->setVersion(m_facts, m_version);
    }
    return m_difference;
}

QWidget* SchemaDetail::makeImpact() {
    m_impact = new ImpactTab(m_context, m_stack);
    offerImpact();
    return m_impact;
}

QWidget* SchemaDetail::buildUses() {
    m_useList = new ListPanel(QStringLiteral("schemaUses"), m_stack);
    m_useList->setSource(&m_uses);
    m_useList->filterLine()->setHint(tr("Filter…"), QStringLiteral("filter"), {});
    m_useList->table()->setAccessibleName(tr("Who uses the schema"));
    m_useList->emptyView()->setMessage(QStringLiteral("people"), tr("Nobody is known to use it"),
                                       tr("It carries no topic's name, and no other schema refers to it."));
    connect(m_useList, &ListPanel::activated, this, [this](int use) {
        const auto place = m_uses.at(use).place;
        m_context.navigator.goTo(place.page, place.selection);
    });
    return m_useList;
}

QWidget* SchemaDetail::buildText() {
    auto* page = new QWidget(m_stack);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 8, 16, 12);
    auto* row = new QHBoxLayout;
    auto* hint =
        new Label(tr("Laid out for reading; copied as it was registered."), TextStyle::Secondary, Token::Text3, page);
    hint->setElided(true);
    auto* copy = new Button(tr("Copy"), ButtonKind::Plain, page);
    copy->setIconName(QStringLiteral("copy"));
    copy->setObjectName(QStringLiteral("schemaCopy"));
    copy->setToolTip(tr("Copies the text as the registry has it."));
    row->addWidget(hint, 1);
    row->addWidget(copy);
    layout->addLayout(row);
    m_text = new CodeView(tr("Text of the schema"), page);
    m_text->setObjectName(QStringLiteral("schemaText"));
    m_text->setReadOnly(true);
    layout->addWidget(m_text, 1);
    connect(copy, &Button::clicked, this, [this] {
        if (const auto* one = version()) {
            QGuiApplication::clipboard()->setText(text(one->version.definition->text));
        }
    });
    return page;
}

void SchemaDetail::setSubject(const QString& subject, const QString& topic, const QString& field, int version) {
    m_wantedField = field;
    m_wantedVersion = version;
    m_topic = topic;
    if (subject != m_subject) {
        m_subject = subject;
        m_version = 0;
        m_facts.reset();
        m_versions.setRows({});
        m_fields->setVersion(nullptr);
        m_uses.setRows({});
        m_text->clear();
        if (m_difference != nullptr) {
            m_difference->clear();
        }
        updateHead();
        reload();
    } else if (m_facts != nullptr) {
        chooseVersion(version == 0 ? m_version : version);
        chooseField();
    }
}

void SchemaDetail::chooseVersionSoon(const QString& subject, int version) {
    if (subject == m_subject) {
        m_wantedVersion = version;
    }
}

void SchemaDetail::reload() {
    if (m_subject.isEmpty()) {
        return;
    }
    m_fields->setLoading(m_facts == nullptr, tr("Reading the schema…"));
    UseSources sources{m_context.schemas.book(),
                       m_context.feed.catalog(),
                       m_context.services.lineage,
                       QDateTime::currentMSecsSinceEpoch(),
                       {}};
    m_context.jobs.run(
        this, {.title = tr("Reading %1").arg(m_subject), .key = QStringLiteral("schemaFacts")},
        [sources, registry = m_context.schemas.registry(), subject = m_subject.toStdString(),
         topic = m_topic.toStdString()](const JobContext& job) mutable -> Result<Loaded> {
            auto facts = subjectFacts(*sources.book, subject, job.stopToken());
            if (!facts) {
                return std::unexpected(facts.error());
            }
            if (auto fetches = registry == nullptr ? fail(ErrorCode::Unsupported, {})
                                                   : registry->fetches(job.call(kFetchesPatience))) {
                sources.fetches = std::move(*fetches);
            } // others can't tell
            return Loaded{std::move(*facts), usesOf(sources, subject, topic)};
        },
        [this](Result<Loaded> loaded) {
            m_fields->setLoading(false, {});
            if (loaded) {
                fill(std::move(*loaded));
            }
        });
}

void SchemaDetail::setUsage(const UsageAnswerPtr& usage) {
    m_usage = usage;
    if (m_facts != nullptr) {
        fillVersions();
    }
}

void SchemaDetail::fillVersions() {
    m_isFilling = true;
    m_versions.setRows(versionRows(*m_facts, m_usage.get()));
    m_isFilling = false;
}

void SchemaDetail::fill(Loaded loaded) {
    m_facts = std::move(loaded.facts);
    fillVersions();
    m_versionTable->updateGeometry();
    m_tabs->setCounter(UsedBy, loaded.uses.empty() ? QString() : QString::number(loaded.uses.size()));
    m_uses.setRows(std::move(loaded.uses));
    offerImpact();
    int wanted = m_wantedVersion == 0 ? m_version : m_wantedVersion;
    if (m_facts->version(wanted) == nullptr) {
        const auto* latest = m_facts->latest();
        wanted = latest != nullptr           ? latest->version.version
                 : m_facts->versions.empty() ? 0
                                             : m_facts->versions.back().version.version;
    }
    if (wanted == m_wantedVersion) {
        m_wantedVersion = 0; // else it isn't there yet
    }
    chooseVersion(wanted);
    chooseField();
}

void SchemaDetail::chooseVersion(int version) {
    m_version = version;
    m_isFilling = true;
    if (const int row = m_versions.rowOf(QString::number(version)); row >= 0) {
        m_versionTable->selectRow(row);
    }
    m_isFilling = false;
    showVersion();
}

const VersionFacts* SchemaDetail::version() const {
    return m_facts == nullptr ? nullptr : m_facts->version(m_version);
}

int SchemaDetail::usedBySchemas() const {
    return static_cast<int>(std::ranges::count_if(
        m_uses.rows(), [](const UseRow& row) { return row.place.selection.kind == SelectionKind::Schema; }));
}

void SchemaDetail::showVersion() {
    updateHead();
    const auto* one = version();
    if (one == nullptr) {
        return;
    }
    m_fields->setVersion(one);
    m_tabs->setCounter(Fields, QString::number(m_fields->count()));
    m_text->setPlainText(text(one->pretty.text()));
    if (m_difference != nullptr) {
        m_difference->setVersion(m_facts, m_version);
    }
    m_context.commands.refresh();
}

void SchemaDetail::showImpact() {
    const auto field = m_tabs->current() == Fields ? m_fields->current() : QString();
    m_tabs->setCurrent(Impact);
    if (!field.isEmpty()) {
        m_impact->chooseField(field);
    }
}

/// Only what the latest version has can still be taken away.
void SchemaDetail::offerImpact() {
    if (m_impact == nullptr || m_facts == nullptr) {
        return; // it is offered when both are there
    }
    QStringList paths;
    if (const auto* latest = m_facts->latest()) {
        for (const auto& field : withoutDoubles(latest->fields)) {
            paths << text(field.path);
        }
    }
    m_impact->setSubject(m_facts->latest() == nullptr ? QString() : m_subject, paths);
}

void SchemaDetail::updateHead() {
    m_title->setText(m_subject);
    while (auto* item = m_chips->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const ChipSpec& chip) { m_chips->addWidget(new Chip(chip, m_chipRow)); };
    const auto& catalog = *m_context.feed.catalog();
    if (const auto* about = catalog.topic(m_topic.toStdString()); about != nullptr && !about->domain.empty()) {
        add({text(catalog.domainName(about->domain)), Tone::Neutral, {}, text(about->domain)});
    }
    const auto* one = version();
    m_about->setText(m_subject.isEmpty() ? QString() : tr("Reading the schema…"));
    if (one == nullptr) {
        return;
    }
    add({languageWord(one->version.definition->type), Tone::Neutral, {}, {}});
    add({levelWord(m_facts->level), Tone::Neutral, {}, {}});
    if (m_facts->latest() == nullptr) {
        add({tr("deleted"), Tone::Warn, {}, {}});
    }
    QStringList about;
    if (!one->name.empty()) {
        about << text(one->name);
    }
    about << tr("version %1").arg(m_version) << tr("id %1").arg(one->version.id.value())
          << text(catalog::levelWords(m_facts->level));
    m_about->setText(about.join(QStringLiteral("  ·  ")));
}

void SchemaDetail::chooseField() {
    if (const auto field = std::exchange(m_wantedField, {}); !field.isEmpty() && m_fields->choose(field)) {
        m_tabs->setCurrent(Fields);
    }
}

bool SchemaDetail::isSettled() const {
    return m_context.jobs.isIdle(this) && m_stack->isComplete() && m_difference->isSettled() && m_impact->isSettled();
}

} // namespace meshbone::ui
