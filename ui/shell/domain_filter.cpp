// SPDX-License-Identifier: Apache-2.0
#include "shell/domain_filter.h"

#include "widgets/format.h"

#include <QMenu>

namespace meshbone::ui {

DomainFilter::DomainFilter(PageContext& context, QWidget* parent)
    : Button(tr("All domains"), ButtonKind::Plain, parent) {
    auto* menu = new QMenu(this);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, &context] {
        menu->clear();
        menu->addAction(tr("All domains"), this, [this] { choose({}, tr("All domains")); });
        menu->addSeparator();
        const auto catalog = context.feed.catalog();
        for (const auto& domain : catalog->domains) {
            const auto title = ui::text(catalog->domainName(domain.id));
            menu->addAction(title, this, [this, id = ui::text(domain.id), title] { choose(id, title); });
        }
    });
}

void DomainFilter::choose(const QString& domain, const QString& title) {
    m_domain = domain;
    setText(title);
    emit chosen(domain);
}

} // namespace meshbone::ui
