// SPDX-License-Identifier: Apache-2.0
#include "pages.h"

#include "overview/overview_page.h"

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
    return {
        page<OverviewPage>("overview", QT_TRANSLATE_NOOP("Pages", "Overview"), "overview"),
    };
}

} // namespace meshbone::ui
