// SPDX-License-Identifier: Apache-2.0
#include "products/products_page.h"

#include "products/forms.h"
#include "products/product_detail.h"
#include "products/product_inspector.h"
#include "shell/domain_filter.h"
#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kTwoLineRow = 50;
constexpr int kOneLineRow = 34;
constexpr int kListHeight = 500, kDetailHeight = 320;
} // namespace

ProductsPage::ProductsPage(PageContext& context)
    : Page(context, QStringLiteral("products"), tr("Products"))
    , m_rows(
          context.jobs, this,
          [&context] {
              return [catalog = context.feed.catalog(), traffic = context.feed.traffic(),
                      mesh = context.health.facts()](const JobContext&) {
                  return productLists(*catalog, *traffic, *mesh);
              };
          },
          [this](ProductLists lists) { showLists(std::move(lists)); }) {
    m_switch = new Segmented({tr("Products"), tr("Domains"), tr("Teams")}, tr("List"), this);
    m_switch->setObjectName(QStringLiteral("productsSwitch"));
    registerCommands();
    registerChanges();
    addHeaderWidget(m_switch);
    addHeaderCommand(QStringLiteral("domain.new"));
    addHeaderCommand(QStringLiteral("product.new"))->setKind(ButtonKind::Primary);
    m_products = new ProductsModel(this);
    m_domains = new OwnersModel(true, this);
    m_teams = new OwnersModel(false, this);
    m_inspector = new ProductInspector(context, this);
    m_inspector->hide();
    m_stack = new QStackedWidget(this);
    auto* products = new QSplitter(Qt::Vertical, m_stack);
    m_lists << buildProducts(products) << buildGroups(m_domains, QStringLiteral("domains"), Domains)
            << buildGroups(m_teams, QStringLiteral("teams"), Teams);
    products->setChildrenCollapsible(false);
    m_detail = new ProductDetail(context, products);
    m_detail->hide();
    products->addWidget(m_lists.front());
    products->addWidget(m_detail);
    products->setSizes({kListHeight, kDetailHeight});
    m_stack->addWidget(products);
    for (auto* one : m_lists.mid(1)) {
        m_stack->addWidget(one);
    }
    content()->addWidget(m_stack, 1);
    connect(m_switch, &Segmented::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        showCurrent();
    });
    connect(m_inspector, &Inspector::closeAsked, this,
            [this] { this->context().commands.run(QStringLiteral("window.inspector")); });
    connect(m_inspector, &ProductInspector::portRemoveAsked, this, &ProductsPage::removePort);
    followNews();
}

void ProductsPage::followNews() {
    auto& feed = context().feed;
    follow(&feed, &LiveFeed::catalogChanged, &ProductsPage::updateAll);
    follow(&feed, &LiveFeed::trafficChanged, &ProductsPage::updateRows);
    follow(&feed, &LiveFeed::stateChanged, &ProductsPage::updateAll);
    follow(&context().health, &MeshHealth::changed, &ProductsPage::updateRows);
}

void ProductsPage::entered() {
    updateAll();
}

void ProductsPage::registerCommands() {
    auto& commands = context().commands;
    const auto why = [this] { return whyNoChange(); };
    commands.add(this, {QStringLiteral("product.new"), tr("New Product"), tr("Products"), QKeySequence::New,
                        QStringLiteral("plus"), id(),
                        [this] { open(new ProductForm(context(), {}, this), SelectionKind::Product); },
                        [this] {
                            const auto reason = whyNoChange();
                            return reason.isEmpty() && context().feed.catalog()->domains.empty()
                                       ? tr("A product belongs to a domain; create one first.")
                                       : reason;
                        },
                        false});
    commands.add(this, {QStringLiteral("domain.new"),
                        tr("New Domain"),
                        tr("Products"),
                        {},
                        QStringLiteral("domain"),
                        id(),
                        [this] { open(new DomainForm(context(), {}, this), SelectionKind::Domain); },
                        [this] {
                            const auto reason = whyNoChange();
                            return reason.isEmpty() && context().feed.catalog()->teams.empty()
                                       ? tr("A domain needs a team as its owner; create one first.")
                                       : reason;
                        },
                        false});
    commands.add(this, {QStringLiteral("team.new"),
                        tr("New Team"),
                        tr("Products"),
                        {},
                        QStringLiteral("people"),
                        id(),
                        [this] { open(new TeamForm(context(), {}, this), SelectionKind::Team); },
                        why,
                        false});
}

void ProductsPage::registerChanges() {
    auto& commands = context().commands;
    const auto why = [this] { return whyNoCurrent(); };
    commands.add(this, {QStringLiteral("product.edit"), tr("Edit…"), tr("Products"), QKeySequence(Qt::Key_F2),
                        QStringLiteral("edit"), id(), [this] { editCurrent(); }, why, true});
    commands.add(this, {QStringLiteral("product.port"),
                        tr("Add a Port…"),
                        tr("Products"),
                        {},
                        QStringLiteral("link"),
                        id(),
                        [this] {
                            open(new PortForm(context(), m_switch->current() == Products ? currentId() : QString(),
                                              m_unclaimed, this),
                                 SelectionKind::Product);
                        },
                        [this] {
                            const auto reason = whyNoChange();
                            return reason.isEmpty() && context().feed.catalog()->products.empty()
                                       ? tr("A port belongs to a product; create one first.")
                                       : reason;
                        },
                        true});
    commands.add(this, {QStringLiteral("product.remove"), tr("Remove…"), tr("Products"), QKeySequence::Delete,
                        QStringLiteral("trash"), id(), [this] { removeCurrent(); },
                        [this] {
                            return m_switch->current() == Teams ? tr("Teams stay: earlier entries name them.")
                                                                : whyNoCurrent();
                        },
                        true});
}

QString ProductsPage::whyNoChange() const {
    return whyNoEntry(context());
}

QString ProductsPage::whyNoCurrent() const {
    const auto reason = whyNoChange();
    return reason.isEmpty() && currentId().isEmpty() ? tr("Nothing is selected.") : reason;
}

ListPanel* ProductsPage::buildProducts(QWidget* parent) {
    auto* panel = new ListPanel(QStringLiteral("products"), parent);
    panel->table()->setAccessibleName(tr("Products"));
    panel->table()->setRowHeight(kTwoLineRow);
    addDomainFilter(panel);
    panel->setSource(m_products);
    panel->emptyView()->setMessage(
        QStringLiteral("product"), tr("No data products yet"),
        tr("A data product is a set of topics with an owner, a description and a promise. This catalog has none: "
           "its ledger holds no entry that describes one."));
    panel->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(
            menu, {QStringLiteral("product.edit"), QStringLiteral("product.port"), QStringLiteral("product.remove")});
    });
    connect(panel, &ListPanel::currentChanged, this, [this](int row) {
        if (row >= 0 && !m_following) {
            context().navigator.select({SelectionKind::Product, m_products->key(m_products->at(row))});
        }
        showCurrent();
    });
    connect(panel, &ListPanel::activated, this, [this] { context().commands.run(QStringLiteral("product.edit")); });
    return panel;
}

void ProductsPage::addDomainFilter(ListPanel* panel) {
    auto* filter = new DomainFilter(context());
    filter->setObjectName(QStringLiteral("domainFilter"));
    connect(filter, &DomainFilter::chosen, this, [this, panel](const QString& domain) {
        panel->rowFilter()->setCondition(
            [this, domain](int row) { return domain.isEmpty() || text(m_products->at(row).product.domain) == domain; });
    });
    panel->addFilter(filter);
}

ListPanel* ProductsPage::buildGroups(OwnersModel* model, const QString& name, List list) {
    auto* panel = new ListPanel(name, m_stack);
    panel->table()->setAccessibleName(list == Domains ? tr("Domains") : tr("Teams"));
    panel->table()->setRowHeight(kOneLineRow);
    panel->setSource(model);
    if (list == Domains) {
        panel->emptyView()->setMessage(QStringLiteral("domain"), tr("No domains yet"),
                                       tr("A domain gathers the products of one field under one owner."));
        panel->emptyView()->setAction(tr("New Domain"),
                                      [this] { context().commands.run(QStringLiteral("domain.new")); });
    } else {
        panel->emptyView()->setMessage(QStringLiteral("people"), tr("No teams yet"),
                                       tr("Domains and products are owned by teams of people. Create the first one."));
        panel->emptyView()->setAction(tr("New Team"), [this] { context().commands.run(QStringLiteral("team.new")); });
        panel->addTool(context().commands.makeButton(QStringLiteral("person.key")));
        panel->addTool(context().commands.makeButton(QStringLiteral("person.enroll")));
        panel->addTool(context().commands.makeButton(QStringLiteral("team.new")));
    }
    const auto kind = list == Domains ? SelectionKind::Domain : SelectionKind::Team;
    panel->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(menu, {QStringLiteral("product.edit"), QStringLiteral("product.remove")});
    });
    connect(panel, &ListPanel::currentChanged, this, [this, model, kind](int row) {
        if (row >= 0 && !m_following) {
            context().navigator.select({kind, model->at(row).id});
        }
        showCurrent();
    });
    connect(panel, &ListPanel::activated, this, [this] { context().commands.run(QStringLiteral("product.edit")); });
    return panel;
}

bool ProductsPage::isSettled() const {
    return context().feed.isCatalogLoaded() && m_rows.isIdle() && m_detail->isSettled() && m_inspector->isSettled();
}

QWidget* ProductsPage::inspector() {
    return m_inspector;
}

void ProductsPage::focusFilter() {
    list(m_switch->current())->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

QString ProductsPage::currentId() const {
    if (m_lists.isEmpty()) {
        return {}; // commands ask while the page is being built
    }
    const auto row = list(m_switch->current())->currentSourceRow();
    m_detail->setVisible(list(Products)->currentSourceRow() >= 0);
    if (row < 0) {
        return {};
    }
    switch (m_switch->current()) {
    case Products:
        return m_products->key(m_products->at(row));
    case Domains:
        return m_domains->at(row).id;
    default:
        return m_teams->at(row).id;
    }
}

void ProductsPage::updateRows() {
    m_rows.ask();
}

void ProductsPage::updateAll() {
    m_isAllAsked = true;
    m_rows.ask();
}

void ProductsPage::showLists(ProductLists lists) {
    const bool all = std::exchange(m_isAllAsked, false);
    m_updating = all; // the inspector is filled once, at the end
    m_products->setRows(std::move(lists.products));
    m_domains->setRows(std::move(lists.domains));
    m_teams->setRows(std::move(lists.teams));
    sayUnclaimed(lists.unclaimed, lists.unclaimedCount);
    if (all) {
        showAround();
        m_updating = false;
        showCurrent();
    }
}

void ProductsPage::showAround() {
    const auto& catalog = *context().feed.catalog();
    for (auto* one : m_lists) {
        one->setLoading(!context().feed.isCatalogLoaded(), tr("Reading the catalog…"));
    }
    auto* empty = list(Products)->emptyView();
    const bool needsDomain = catalog.domains.empty();
    empty->setAction(needsDomain ? tr("Start With a Team and a Domain") : tr("New Product"), [this, needsDomain] {
        if (needsDomain) {
            m_switch->setCurrent(context().feed.catalog()->teams.empty() ? Teams : Domains);
        } else {
            context().commands.run(QStringLiteral("product.new"));
        }
    });
    const auto counts = tr("%n product(s)", nullptr, static_cast<int>(catalog.products.size())) + QStringLiteral(", ") +
                        tr("%n domain(s)", nullptr, static_cast<int>(catalog.domains.size()));
    const auto away = asOf();
    setRemark(away.isEmpty() ? counts : QStringLiteral("%1, %2").arg(counts, away));
    context().commands.refresh();
    const auto& selection = context().navigator.selection();
    if (context().navigator.page() == id()) {
        showSelection(selection);
    }
    if (list(Products)->currentSourceRow() < 0 && list(Products)->table()->model()->rowCount() > 0) {
        m_following = true; // something stands in the inspector, but nobody has selected it
        list(Products)->selectSourceRow(
            list(Products)->rowFilter()->mapToSource(list(Products)->rowFilter()->index(0, 0)).row());
        m_following = false;
    }
}

void ProductsPage::sayUnclaimed(const QStringList& first, int count) {
    auto* bar = list(Products)->messageBar();
    m_unclaimed = first.value(0);
    if (count == 0 || !context().feed.isCatalogLoaded() || m_products->rowCount() == 0) {
        bar->hide();
        return;
    }
    bar->clearActions();
    const auto names =
        first.join(QStringLiteral(", ")) +
        (count > first.size() ? tr(" and %n more", nullptr, count - static_cast<int>(first.size())) : QString());
    bar->say(Tone::Warn, tr("%n (topic belongs|topics belong) to no product", nullptr, count), names);
    auto* action = bar->addAction(tr("Add to a Product…"), [this] {
        open(new PortForm(context(), {}, m_unclaimed, this), SelectionKind::Product);
    });
    action->setReason(whyNoChange());
}

void ProductsPage::showCurrent() {
    if (m_updating) {
        return;
    }
    const auto row = list(m_switch->current())->currentSourceRow();
    m_detail->setVisible(list(Products)->currentSourceRow() >= 0);
    if (row < 0) {
        m_inspector->showNothing(tr("Choose a product, domain or team to see what it offers and who owns it."));
    } else if (m_switch->current() == Products) {
        m_inspector->show(m_products->at(row));
        m_detail->show(m_products->at(row).product);
    } else {
        m_inspector->showGroup(m_switch->current() == Domains ? m_domains->at(row) : m_teams->at(row));
    }
    context().commands.refresh();
}

void ProductsPage::showSelection(const Selection& selection) {
    int target = Products;
    auto row = -1;
    switch (selection.kind) {
    case SelectionKind::Product:
        row = m_products->rowOf(selection.name);
        break;
    case SelectionKind::Topic:
        if (const auto* facts = context().feed.catalog()->topic(selection.name.toStdString())) {
            row = m_products->rowOf(text(facts->product));
        }
        break;
    case SelectionKind::Domain:
        target = Domains;
        row = m_domains->rowOf(selection.name);
        break;
    case SelectionKind::Team:
        target = Teams;
        row = m_teams->rowOf(selection.name);
        break;
    default:
        return;
    }
    if (row >= 0) {
        m_following = true; // the selection is shown, not made: it travels on as it is
        m_switch->setCurrent(target);
        if (list(target)->currentSourceRow() != row) {
            list(target)->selectSourceRow(row);
        }
        m_following = false;
    }
}

void ProductsPage::open(CatalogForm* form, SelectionKind kind) {
    connect(form, &CatalogForm::submitted, this, [this, kind](const QString& made) {
        context().navigator.select({kind, made});
    });
    form->show();
}

void ProductsPage::editCurrent() {
    const auto current = currentId().toStdString();
    const auto& catalog = *context().feed.catalog();
    if (m_switch->current() == Products) {
        open(new ProductForm(context(), *catalog.product(current), this), SelectionKind::Product);
    } else if (m_switch->current() == Domains) {
        open(new DomainForm(context(), *catalog.domain(current), this), SelectionKind::Domain);
    } else {
        const auto team = std::ranges::find(catalog.teams, current, &catalog::Team::id);
        open(new TeamForm(context(), *team, this), SelectionKind::Team);
    }
}

void ProductsPage::removeCurrent() {
    const auto current = currentId();
    const bool product = m_switch->current() == Products;
    const auto command = product ? catalog::Command(catalog::RemoveProduct{current.toStdString()})
                                 : catalog::Command(catalog::RemoveDomain{current.toStdString()});
    confirmAction(this,
                  product ? tr("Remove the product “%1”?").arg(current) : tr("Remove the domain “%1”?").arg(current),
                  product ? tr("Its topics and their events stay; they then belong to no product and have no owner. "
                               "The ledger keeps what it was.")
                          : tr("Only a domain without products can be removed. The ledger keeps what it was."),
                  product ? tr("Remove Product") : tr("Remove Domain"), {}, [this, command] {
                      submit({command, {}, {}});
                  });
}

void ProductsPage::removePort(const QString& topic, bool output) {
    const auto direction = output ? catalog::PortDirection::Output : catalog::PortDirection::Input;
    submit({catalog::RemovePort{currentId().toStdString(), topic.toStdString(), direction}, {}, {}});
}

void ProductsPage::submit(catalog::Submission submission) {
    submitEntries(context(), this, tr("Writing to the ledger"), {std::move(submission)},
                  [this](const Result<catalog::LedgerEntry>& entry) {
                      if (entry) {
                          messageBar()->hide();
                      } else {
                          messageBar()->say(Tone::Danger, text(entry.error().message));
                      }
                  });
}

} // namespace meshbone::ui
