// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/button.h"

namespace meshbone::ui {

/// "All domains ▾" above a list: chooses the domain that it shows. Its menu is made from the catalog when it opens.
class DomainFilter : public Button {
    Q_OBJECT
public:
    explicit DomainFilter(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] const QString& domain() const { return m_domain; } ///< its id; empty: all

signals:
    void chosen(const QString& domain);

private:
    void choose(const QString& domain, const QString& title);
    QString m_domain;
};

} // namespace meshbone::ui
