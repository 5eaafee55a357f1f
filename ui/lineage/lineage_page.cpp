// SPDX-License-Identifier: Apache-2.0
#include "lineage/lineage_page.h"

#include "access/drift_watch.h"
#include "lineage/graph_view.h"
#include "lineage/jump_field.h"
#include "lineage/legend.h"
#include "lineage/lineage_inspector.h"
#include "lineage/time_slider.h"

#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QDateTime>
#include <QFileDialog>
#include <QMenu>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace meshbone::ui {

namespace {

constexpr int kRefreshMs = 2000;
constexpr std::array kHopChoices{1, 2, 3, -1};
constexpr double kZoomStep = 1.2;
/// Shares what it is of.
AclsInForce aclsOf(const DriftLookPtr& look) {
    AclsInForce acls;
    if (look && look->survey.actual) {
        acls.table = {look, &look->survey.actual->table()};
        acls.wanted = {look, &look->survey.agreed.wanted};
    }
    return acls;
}

constexpr int kWideHeader = 940; // px of the page; below, the header keeps to what has no other way

} // namespace

LineagePage::LineagePage(PageContext& context)
    : Page(context, QStringLiteral("lineage"), tr("Lineage"))
    , m_loader(context.services, context.jobs)
    , m_acls(DriftWatch::of(context)) {
    addCommands();
    buildTools();
    buildBody();
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] { load(true); });
    connect(&context.feed, &LiveFeed::lineageChanged, this, [this] {
        // A picture of the past does not change; a page that isn't shown need not follow.
        if (isVisible() && !m_time->moment() && !m_refresh.isActive()) {
            m_refresh.start(m_stack->currentWidget() == m_graph ? kRefreshMs : 0); // the first picture at once
        }
    });
    connect(&context.feed, &LiveFeed::catalogChanged, this, [this] {
        if (isVisible() && m_loadedOnce) {
            load(false); // domains may have changed: groups need new places
        }
    });
    connect(&m_acls, &DriftWatch::changed, this, [this] {
        if (isVisible() && m_loadedOnce && m_overlay == AccessOverlay::MayUse) {
            load(true);
        }
    });
    connect(&m_loader, &LineageLoader::loaded, this, &LineagePage::showView);
    connect(&m_loader, &LineageLoader::refined, this, &LineagePage::showRefined);
    connect(&m_loader, &LineageLoader::failed, this, &LineagePage::showFailure);
}

void LineagePage::buildTools() {
    m_jump = new JumpField(context().services.lineage, context().jobs, this);
    connect(m_jump, &JumpField::chosen, this, &LineagePage::jump);
    m_hopsButton = new Button(tr("%n hop(s)", nullptr, m_hops), ButtonKind::Plain, this);
    m_hopsButton->setObjectName(QStringLiteral("lineageHops"));
    m_hopsButton->setPrefix(tr("Show"));
    auto* hopsMenu = new QMenu(m_hopsButton);
    for (const int hops : kHopChoices) {
        hopsMenu->addAction(hops < 0 ? tr("everything") : tr("%n hop(s)", nullptr, hops), this,
                            [this, hops] { setHops(hops); });
    }
    m_hopsButton->setMenu(hopsMenu);
    m_evidenceButton = new Button(tr("All evidence"), ButtonKind::Plain, this);
    m_evidenceButton->setObjectName(QStringLiteral("lineageEvidence"));
    auto* evidenceMenu = new QMenu(m_evidenceButton);
    const QStringList kinds{tr("All evidence"), tr("Observed by the broker"), tr("Consumer groups"),
                            tr("Declared in the catalog")};
    for (int i = 0; i < kinds.size(); ++i) {
        evidenceMenu->addAction(kinds[i], this, [this, i] { setEvidence(i); });
    }
    buildOverlays(*evidenceMenu);
    m_evidenceButton->setMenu(evidenceMenu);
    auto* minus = Button::iconButton(QStringLiteral("minus"), tr("Zoom out"), this);
    auto* plus = Button::iconButton(QStringLiteral("plus"), tr("Zoom in"), this);
    auto* fit = Button::iconButton(QStringLiteral("fit"), tr("Fit the graph into the window"), this);
    m_zoomLabel = new Button(QStringLiteral("100 %"), ButtonKind::Ghost, this);
    m_zoomLabel->setAccessibleName(tr("Zoom; press for 100 %"));
    auto* exportButton = new Button(tr("Export"), ButtonKind::Plain, this);
    exportButton->setObjectName(QStringLiteral("lineageExport"));
    exportButton->setIconName(QStringLiteral("export"));
    auto* exportMenu = new QMenu(exportButton);
    context().commands.addToMenu(*exportMenu,
                                 {QStringLiteral("lineage.export.svg"), QStringLiteral("lineage.export.png"),
                                  QStringLiteral("lineage.export.dot"), QStringLiteral("lineage.export.json")});
    exportButton->setMenu(exportMenu);
    for (auto* widget : std::initializer_list<QWidget*>{m_jump, m_hopsButton, m_evidenceButton, minus, m_zoomLabel,
                                                        plus, fit, exportButton}) {
        addHeaderWidget(widget);
    }
    m_wideOnly = {minus, m_zoomLabel, plus};
    connect(minus, &Button::clicked, this, [this] { m_graph->zoomBy(1 / kZoomStep); });
    connect(plus, &Button::clicked, this, [this] { m_graph->zoomBy(kZoomStep); });
    connect(fit, &Button::clicked, this, [this] { m_graph->fitAll(); });
    connect(m_zoomLabel, &Button::clicked, this, [this] { m_graph->setZoom(1); });
}

/// One button for both: what is shown by how it is known, or by whether it is granted.
void LineagePage::buildOverlays(QMenu& menu) {
    menu.addSection(tr("Access"));
    for (const auto& [overlay, title] :
         {std::pair(AccessOverlay::MayUse, tr("Who may")), std::pair(AccessOverlay::DoesUse, tr("Who does")),
          std::pair(AccessOverlay::Unused, tr("Granted, unused")),
          std::pair(AccessOverlay::NotGranted, tr("Used, not granted"))}) {
        menu.addAction(title, this, [this, overlay = overlay, title = title] {
            m_overlay = overlay;
            m_evidence.reset();
            m_evidenceButton->setText(title);
            load(false);
        });
    }
}

/// In a narrow window the graph is zoomed by the wheel and the keys, so that nothing in the header is cut.
void LineagePage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    const bool wide = width() >= kWideHeader;
    for (auto* widget : m_wideOnly) {
        widget->setVisible(wide);
    }
    m_hopsButton->setPrefix(wide ? tr("Show") : QString());
}

void LineagePage::buildBody() {
    m_graph = new GraphView(this);
    m_loading = new LoadingView(tr("Reading lineage…"), this);
    m_empty = new EmptyView(this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_loading);
    m_stack->addWidget(m_graph);
    m_stack->addWidget(m_empty);
    m_time = new TimeSlider(this);
    content()->addWidget(m_stack, 1);
    m_legend = new Legend(this);
    content()->addWidget(m_legend);
    content()->addWidget(m_time);
    m_inspector = new LineageInspector(context());
    m_inspector->setParent(this);
    m_inspector->hide();
    connect(m_graph, &GraphView::zoomChanged, this,
            [this](double scale) { m_zoomLabel->setText(tr("%1 %").arg(qRound(scale * 100))); });
    connect(m_graph, &GraphView::nodeChosen, this, &LineagePage::chooseNode);
    connect(m_graph, &GraphView::nodeActivated, this, &LineagePage::focusOn);
    connect(m_graph, &GraphView::contextMenuAsked, this, &LineagePage::showMenu);
    connect(m_graph, &GraphView::domainFoldAsked, this, &LineagePage::toggleDomain);
    connect(m_graph, &GraphView::growAsked, this, [this](int id) {
        m_folded.remove(id);
        m_expanded.insert(id);
        load(true);
    });
    connect(m_graph, &GraphView::foldAsked, this, [this](int id) {
        m_expanded.remove(id);
        load(true);
    });
    connect(m_time, &TimeSlider::momentChanged, this, [this] {
        load(true);
        m_inspector->show(context().navigator.selection().name, m_time->moment());
    });
    connect(m_inspector, &LineageInspector::focusAsked, this, &LineagePage::focusOn);
}

void LineagePage::addCommands() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& shortcut, const char* icon,
                            std::function<void()> run) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.hint = tr("Lineage");
        command.shortcut = shortcut;
        command.icon = QString::fromLatin1(icon);
        command.page = QStringLiteral("lineage");
        command.run = std::move(run);
        context().commands.add(this, command);
    };
    add("lineage.jump", tr("Jump to a Node"), QKeySequence(QStringLiteral("Ctrl+F")), "search",
        [this] { focusFilter(); });
    add("lineage.fit", tr("Fit the Graph into the Window"), QKeySequence(QStringLiteral("Ctrl+0")), "fit",
        [this] { m_graph->fitAll(); });
    add("lineage.live", tr("Show the Graph as It Is Now"), {}, "clock", [this] {
        m_time->setMoment({});
        load(true);
        m_inspector->show(context().navigator.selection().name, std::nullopt);
    });
    add("lineage.export.svg", tr("Export as SVG…"), {}, "export", [this] { exportAs(QStringLiteral("svg")); });
    add("lineage.export.png", tr("Export as PNG…"), {}, "export", [this] { exportAs(QStringLiteral("png")); });
    add("lineage.export.dot", tr("Export as DOT…"), {}, "export", [this] { exportAs(QStringLiteral("dot")); });
    add("lineage.export.json", tr("Export as JSON…"), {}, "export", [this] { exportAs(QStringLiteral("json")); });
}

bool LineagePage::isSettled() const {
    return m_loadedOnce && m_loader.isIdle();
}

QWidget* LineagePage::inspector() {
    return m_inspector;
}

void LineagePage::focusFilter() {
    m_jump->setFocus(Qt::ShortcutFocusReason);
    m_jump->selectAll();
}

void LineagePage::entered() {
    load(m_loadedOnce);
}

void LineagePage::left() {
    m_refresh.stop();
}

void LineagePage::showSelection(const Selection& selection) {
    const bool onGraph = selection.kind == SelectionKind::Topic || selection.kind == SelectionKind::Client;
    const auto name = onGraph ? selection.name : QString();
    m_inspector->show(name, m_time->moment());
    if (!name.isEmpty() && m_graph->picture().indexOf(name) < 0) {
        focusOn(name);
        return;
    }
    m_graph->choose(name);
    setCrumb(name);
}

QString LineagePage::busiestTopic() const {
    const auto& traffic = context().feed.traffic();
    const backbone::TopicTraffic* best = nullptr;
    if (traffic) {
        for (const auto& topic : traffic->topics) {
            if (!isInternalTopic(topic.topic) && (best == nullptr || topic.perSecond > best->perSecond)) {
                best = &topic;
            }
        }
    }
    return best == nullptr ? QString() : text(best->topic);
}

LineageWish LineagePage::wish(bool keepPlaces) const {
    LineageWish wish;
    wish.focus = m_focus;
    wish.fallbackFocus = busiestTopic();
    wish.hops = m_hops;
    wish.expanded = m_expanded;
    wish.folded = m_folded;
    wish.collapsedDomains = m_collapsed;
    wish.asOfMs = m_time->moment();
    wish.evidence = m_evidence;
    wish.keepPlaces = keepPlaces;
    wish.overlay = m_overlay;
    if (!wish.asOfMs) {
        wish.catalog = context().feed.catalog();
        wish.acls = aclsOf(m_acls.look());
        wish.ownUser = context().services.backbone.profile().user;
    }
    return wish;
}

void LineagePage::load(bool keepPlaces) {
    m_loader.load(wish(keepPlaces), m_graph->picture());
}

/// Who may, by what: said in the legend.
void LineagePage::sayWhatItGoesBy(const LineageView& view) {
    const auto cut = view.isCut ? tr("More may than are drawn.") : QString();
    if (m_overlay != AccessOverlay::MayUse) {
        m_legend->setNote(cut, {});
        return;
    }
    if (m_time->moment()) {
        m_legend->setNote(tr("Who might then isn't kept here: see “Access As Of…”."), {});
        return;
    }
    if (!view.byAcls) {
        const auto problem = text(m_acls.problem());
        const auto by = m_acls.hasLooked() ? tr("By grants alone: the ACLs can't be read.")
                                           : tr("By grants alone, until the ACLs are read.");
        m_legend->setNote(cut.isEmpty() ? by : by + u' ' + cut, {}, problem);
        return;
    }
    QStringList note{tr("By the ACLs in force.")};
    if (view.everybody > 0) {
        note << tr("Everybody may at %n topic(s).", nullptr, view.everybody);
    }
    if (view.isCut) {
        note << cut;
    }
    m_legend->setNote(note.join(u' '), tr("May, nobody agreed"));
}

void LineagePage::showView(const LineageView& view) {
    m_loadedOnce = true;
    sayWhatItGoesBy(view);
    m_shown = view.graph;
    m_time->setChanges(view.changes);
    constexpr TimestampMs kSpanMinMs = 10 * 60'000;
    const auto earliest = view.changes.empty() ? view.nowMs - kSpanMinMs : view.changes.front().atMs;
    m_time->setRange(std::min(earliest, view.nowMs - kSpanMinMs), view.nowMs);
    if (view.graph.nodes.empty()) {
        m_empty->setMessage(
            QStringLiteral("lineage"), m_time->moment() ? tr("Nothing was seen at that time") : tr("No lineage yet"),
            tr("Who writes to a topic and who reads it is seen as it happens. Connect a producer or a consumer, "
               "and it appears here."));
        m_stack->setCurrentWidget(m_empty);
        setRemark({});
        return;
    }
    const bool first = m_stack->currentWidget() != m_graph;
    m_stack->setCurrentWidget(m_graph);
    m_graph->setPicture(named(view.picture), !first);
    const auto& selection = context().navigator.selection();
    m_graph->choose(selection.kind == SelectionKind::Topic || selection.kind == SelectionKind::Client ? selection.name
                                                                                                      : QString());
    setCrumb(m_graph->chosen());
    if (m_fitWanted || first) {
        m_fitWanted = false;
        m_graph->fitAll();
    }
}

GraphPicture LineagePage::named(GraphPicture picture) const {
    picture.nameDomains([catalog = context().feed.catalog()](const std::string& id) {
        return QString::fromStdString(catalog->domainName(id));
    });
    return picture;
}

void LineagePage::showRefined(const GraphPicture& picture, const QString& note) {
    // A selection or a new rate may have come meanwhile, but the nodes are the same: only their places change.
    if (!picture.nodes.isEmpty()) {
        m_graph->setPicture(named(picture), true);
        m_graph->choose(m_graph->chosen());
        m_graph->fitAll();
    } else if (!note.isEmpty()) {
        setRemark(note);
    }
}

void LineagePage::showFailure(const QString& sentence) {
    m_loadedOnce = true;
    m_empty->setMessage(QStringLiteral("warning"), tr("Lineage can't be shown"), sentence);
    m_stack->setCurrentWidget(m_empty);
}

void LineagePage::focusOn(const QString& name) {
    m_focus = name;
    m_expanded.clear();
    m_folded.clear();
    m_fitWanted = true;
    const auto* lineage = context().services.lineage;
    const auto node = lineage == nullptr ? std::nullopt : lineage->node(name.toStdString());
    const bool topic = !node || node->kind == lineage::NodeKind::Topic;
    context().navigator.select({topic ? SelectionKind::Topic : SelectionKind::Client, name});
    load(false);
}

void LineagePage::chooseNode(const QString& name) {
    const int at = m_graph->picture().indexOf(name);
    const bool topic = at >= 0 && m_graph->picture().nodes[at].node.kind == lineage::NodeKind::Topic;
    context().navigator.select(name.isEmpty() ? Selection()
                                              : Selection{topic ? SelectionKind::Topic : SelectionKind::Client, name});
}

void LineagePage::toggleDomain(const QString& domain) {
    if (!m_collapsed.removeOne(domain)) {
        m_collapsed << domain;
    }
    load(false);
}

void LineagePage::setHops(int hops) {
    m_hops = hops;
    m_hopsButton->setText(hops < 0 ? tr("everything") : tr("%n hop(s)", nullptr, hops));
    const auto& selection = context().navigator.selection();
    // Hops are counted from something: what is selected, where nothing was focused yet.
    if (m_focus.isEmpty() && hops > 0 &&
        (selection.kind == SelectionKind::Topic || selection.kind == SelectionKind::Client)) {
        m_focus = selection.name;
    }
    if (hops < 0) {
        m_focus.clear();
    }
    m_fitWanted = true;
    load(false);
}

void LineagePage::setEvidence(int index) {
    using lineage::Evidence;
    constexpr std::array kKinds{Evidence::Observed, Evidence::Group, Evidence::Declared};
    m_evidence = index == 0 ? std::nullopt : std::optional(kKinds[static_cast<std::size_t>(index - 1)]);
    m_evidenceButton->setText(m_evidenceButton->menu()->actions().at(index)->text());
    m_overlay = AccessOverlay::Seen;
    load(false);
}

void LineagePage::jump(const QString& name) {
    m_jump->clear();
    if (m_graph->picture().indexOf(name) >= 0) {
        chooseNode(name);
        m_graph->centreOn(name);
    } else {
        focusOn(name);
    }
    m_graph->setFocus();
}

void LineagePage::showMenu(const QString& name, const QPoint& at) {
    QMenu menu(this);
    menu.addAction(tr("Show Its Neighbourhood"), this, [this, name] { focusOn(name); });
    if (context().navigator.selection().kind == SelectionKind::Topic) {
        menu.addAction(tr("Browse Messages"), this, [this, name] {
            context().navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, name});
        });
        menu.addAction(tr("Replay a Window…"), this, [this, name] {
            context().navigator.goTo(QStringLiteral("replay"), {SelectionKind::Topic, name});
        });
    }
    menu.exec(at);
}

void LineagePage::exportAs(const QString& format) {
    const auto* lineage = context().services.lineage;
    if (lineage == nullptr) {
        return;
    }
    const auto path = QFileDialog::getSaveFileName(this, tr("Export Lineage"), QStringLiteral("lineage.") + format,
                                                   tr("%1 files (*.%2)").arg(format.toUpper(), format));
    if (path.isEmpty()) {
        return;
    }
    QString error;
    bool done = false;
    if (format == QLatin1String("svg")) {
        done = m_graph->toSvg(path, &error);
    } else if (format == QLatin1String("png")) {
        done = m_graph->toImage(2).save(path);
    } else {
        QSaveFile file(path);
        const auto content =
            format == QLatin1String("dot") ? lineage->exportDot(m_shown) : lineage->exportJson(m_shown);
        done = file.open(QIODevice::WriteOnly) &&
               file.write(content.data(), qint64(content.size())) == qint64(content.size()) && file.commit();
        error = done ? QString() : tr("Can't write “%1”: %2.").arg(path, file.errorString());
    }
    if (done) {
        setRemark(tr("exported to %1").arg(path));
        messageBar()->hide();
    } else {
        messageBar()->say(Tone::Danger, error.isEmpty() ? tr("Can't write “%1”.").arg(path) : error);
        messageBar()->show();
    }
}

} // namespace meshbone::ui
