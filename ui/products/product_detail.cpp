// SPDX-License-Identifier: Apache-2.0
#include "products/product_detail.h"

#include "access/access_tab.h"
#include "contracts/contract_tab.h"
#include "schemas/schema_acts.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/later_stack.h"
#include "widgets/list_panel.h"
#include "widgets/segmented.h"

#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
enum TabAt : int { Schema, Access, Contract };
} // namespace

ProductDetail::ProductDetail(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::TopEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("productDetail"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 1, 0, 0);
    layout->setSpacing(0);
    m_title = new Label({}, TextStyle::DetailTitle, Token::Text1, this);
    m_title->setObjectName(QStringLiteral("productTitle"));
    m_title->setElided(true);
    m_title->setContentsMargins(16, 10, 16, 6);
    layout->addWidget(m_title);
    m_tabs = new Tabs(tr("Parts of the product"), this);
    m_tabs->setObjectName(QStringLiteral("productTabs"));
    m_tabs->addTab(tr("Schema"));
    m_tabs->addTab(tr("Access"));
    m_tabs->addTab(tr("Contract"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_tabs, 1);
    layout->addLayout(row);
    m_stack = new LaterStack(this);
    layout->addWidget(m_stack, 1);
    buildSchemas();
    m_stack->addLater([this] { return makeAccess(); });
    m_stack->addLater([this] { return makeContract(); });
    connect(m_tabs, &Tabs::currentChanged, m_stack, &LaterStack::showPage);
}

void ProductDetail::buildSchemas() {
    m_list = new ListPanel(QStringLiteral("productSchemas"), m_stack);
    m_list->setSource(&m_model);
    m_list->filterLine()->setHint(tr("Filter schemas…"), QStringLiteral("filter"), {}); // "/" is the products'
    m_list->table()->setAccessibleName(tr("Schemas of the product's topics"));
    m_list->emptyView()->setMessage(QStringLiteral("schema"), tr("No topics, no schemas"),
                                    tr("The product has no port yet. With one, this says what its events hold."));
    m_stack->add(m_list);
    connect(m_list, &ListPanel::activated, this, &ProductDetail::open);
    m_list->setContextMenu(
        [this](QMenu& menu) { menu.addAction(tr("Open"), this, [this] { open(m_list->currentSourceRow()); }); });
    connect(&m_context.schemas, &SchemaFeed::changed, this, &ProductDetail::update);
}

QWidget* ProductDetail::makeAccess() {
    m_access = new AccessTab(m_context, AccessTab::Of::Product, m_stack);
    connect(m_access, &AccessTab::counted, this,
            [this](int grants) { m_tabs->setCounter(Access, grants == 0 ? QString() : QString::number(grants)); });
    if (!m_product.id.empty()) {
        m_access->setSubject(text(m_product.id));
    }
    return m_access;
}

QWidget* ProductDetail::makeContract() {
    m_contract = new ContractTab(m_context, true, m_stack);
    connect(m_contract, &ContractTab::counted, this, [this](const QString& version, bool isBroken) {
        m_tabs->setCounter(Contract, version, isBroken ? Tone::Danger : Tone::Neutral);
    });
    connect(m_contract, &ContractTab::wanted, this, [this] { m_tabs->setCurrent(Contract); });
    m_contract->setSubject(text(m_product.id));
    return m_contract;
}

bool ProductDetail::isSettled() const {
    return m_stack->isComplete() && m_contract->isSettled() && m_access->isSettled();
}

void ProductDetail::show(const catalog::Product& product) {
    m_product = product;
    update();
    if (m_access != nullptr) {
        m_access->setSubject(text(product.id));
    }
    if (m_contract != nullptr) {
        m_contract->setSubject(text(product.id));
    }
}

void ProductDetail::update() {
    m_title->setText(text(m_product.name.empty() ? m_product.id : m_product.name));
    auto names = knownTopics(m_context);
    for (const auto& port : m_product.ports) {
        names.add(port.topic);
    }
    auto rows = productSchemaRows(m_product, *m_context.schemas.book(), names);
    const auto described = std::ranges::count_if(rows, [](const auto& row) { return !row.subject.isEmpty(); });
    m_tabs->setCounter(Schema, described == 0 ? QString() : QString::number(described));
    m_model.setRows(std::move(rows));
}

/// The subject on its page; the topic, where nothing describes it.
void ProductDetail::open(int row) {
    if (row < 0) {
        return;
    }
    const auto& one = m_model.at(row);
    if (one.subject.isEmpty()) {
        m_context.navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, one.topic});
    } else {
        m_context.navigator.goTo(kSchemasPage, {SelectionKind::Schema, one.subject});
    }
}

} // namespace meshbone::ui
