// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "products/products_model.h"
#include "shell/page.h"
#include "widgets/inspector.h"

namespace meshbone::ui {

/// The selected product: what it is, whose, its ports with their traffic.
class ProductInspector : public Inspector {
    Q_OBJECT
public:
    explicit ProductInspector(PageContext& context, QWidget* parent = nullptr);
    void show(const ProductRow& row);
    void showGroup(const OwnerRow& row);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

    /// Of grants in force and requests that wait, on what a product offers.
    struct AccessCounts {
        qint64 granted = 0, waiting = 0;
    };

signals:
    void portRemoveAsked(const QString& topic, bool output);

private:
    void addAccess(const catalog::Product& product);
    void addPorts(const catalog::Product& product, catalog::PortDirection direction, const QString& title);
    QWidget* portLine(const catalog::Port& port);
    PageContext& m_context;
    std::string m_countsOf; ///< the product whose counts are known; empty: none
    AccessCounts m_counts;
};

} // namespace meshbone::ui
