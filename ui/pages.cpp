// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

#include "access/access_page.h"
#include "audit/audit_page.h"
#include "lineage/lineage_page.h"
#include "overview/overview_page.h"
#include "products/people_forms.h"
#include "products/products_page.h"
#include "replay/replay_page.h"
#include "schemas/schemas_page.h"
#include "topics/topics_page.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Pages", text);
}

template <class P>
PageEntry page(const char* id, const char* title, const char* icon) {
    return {QLatin1String(id), tr(title), QLatin1String(icon),
            [](PageContext& context) -> Page* { return new P(context); }};
}

} // namespace

PageRegistry allPages() {
    auto access = page<AccessPage>("access", QT_TRANSLATE_NOOP("Pages", "Access"), "access");
    auto products = page<ProductsPage>("products", QT_TRANSLATE_NOOP("Pages", "Products"), "product");
    products.install = installPeopleCommands;
    access.install = installAccessCommands;
    access.counter = pendingRequests;
    return {
        page<OverviewPage>("overview", QT_TRANSLATE_NOOP("Pages", "Overview"), "overview"),
        std::move(products),
        page<TopicsPage>("topics", QT_TRANSLATE_NOOP("Pages", "Topics"), "topic"),
        page<LineagePage>("lineage", QT_TRANSLATE_NOOP("Pages", "Lineage"), "lineage"),
        std::move(access),
        page<SchemasPage>("schemas", QT_TRANSLATE_NOOP("Pages", "Schemas"), "schema"),
        page<ReplayPage>("replay", QT_TRANSLATE_NOOP("Pages", "Replay"), "replay"),
        page<AuditPage>("audit", QT_TRANSLATE_NOOP("Pages", "Audit"), "audit"),
    };
}

} // namespace meshbone::ui
