// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "products/products_model.h"
#include "shell/newest_job.h"
#include "shell/page.h"

class QStackedWidget;

namespace meshbone::ui {

class CatalogForm;
class ListPanel;
class ProductDetail;
class ProductInspector;
class Segmented;

/// Data products, domains and teams: what there is, whose it is, which topics it offers; made and changed here.
class ProductsPage : public Page {
    Q_OBJECT
public:
    explicit ProductsPage(PageContext& context);
    [[nodiscard]] bool isSettled() const override;
    void showSelection(const Selection& selection) override;
    [[nodiscard]] QWidget* inspector() override;
    void focusFilter() override;
    void entered() override;

private:
    enum List : int { Products, Domains, Teams };
    void followNews();
    void registerCommands();
    void registerChanges();
    ListPanel* buildProducts(QWidget* parent);
    ListPanel* buildGroups(OwnersModel* model, const QString& name, List list);
    void addDomainFilter(ListPanel* list);
    void updateRows();
    void updateAll();
    void showLists(ProductLists lists);
    void sayUnclaimed(const QStringList& first, int count);
    void showAround();
    void showCurrent();
    void open(CatalogForm* form, SelectionKind kind);
    void editCurrent();
    void removeCurrent();
    void removePort(const QString& topic, bool output);
    void submit(catalog::Submission submission);
    [[nodiscard]] QString whyNoChange() const;
    [[nodiscard]] QString whyNoCurrent() const;
    [[nodiscard]] QString currentId() const;
    [[nodiscard]] ListPanel* list(int index) const { return m_lists.at(index); }

    Segmented* m_switch = nullptr;
    QStackedWidget* m_stack = nullptr;
    QList<ListPanel*> m_lists;
    ProductsModel* m_products = nullptr;
    OwnersModel* m_domains = nullptr;
    OwnersModel* m_teams = nullptr;
    ProductInspector* m_inspector = nullptr;
    ProductDetail* m_detail = nullptr; ///< below the list of products; hidden where none is chosen
    bool m_following = false;          ///< shows what was selected elsewhere
    NewestJob<ProductLists> m_rows;    ///< over all topics: beside the window
    bool m_isAllAsked = false;         ///< what stands around the lists too
    bool m_updating = false;
    QString m_unclaimed; ///< first topic of no product
};

} // namespace meshbone::ui
