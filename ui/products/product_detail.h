// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "products/product_schemas.h"
#include "shell/page.h"
#include "widgets/panel.h"

namespace meshbone::ui {

class AccessTab;
class ContractTab;
class Label;
class LaterStack;
class ListPanel;
class Tabs;

/// Below the list of products: what the events of the chosen one hold, by the subjects that describe its topics, who
/// may use them, and its contract. A double click opens a subject on the page Schemas. GUI thread.
class ProductDetail : public Ground {
    Q_OBJECT
public:
    explicit ProductDetail(PageContext& context, QWidget* parent = nullptr);
    void show(const catalog::Product& product);
    [[nodiscard]] bool isSettled() const;

private:
    void buildSchemas();
    QWidget* makeAccess();
    QWidget* makeContract();
    void update();
    void open(int row);

    PageContext& m_context;
    catalog::Product m_product;
    ProductSchemasModel m_model;
    Label* m_title = nullptr;
    Tabs* m_tabs = nullptr;
    LaterStack* m_stack = nullptr;
    ListPanel* m_list = nullptr;
    AccessTab* m_access = nullptr;     ///< null: not made yet
    ContractTab* m_contract = nullptr; ///< the same
};

} // namespace meshbone::ui
