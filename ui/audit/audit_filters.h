// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "audit/about_dialog.h"

#include <QSet>

namespace meshbone::ui {

class ListPanel;

/// The filters beside the list's filter line: who, which act, about what, when. Each is a menu; what they come to is a
/// query for the catalog. GUI thread; owned by the page.
class AuditFilters : public QObject {
    Q_OBJECT
public:
    AuditFilters(PageContext& context, ListPanel& list, QWidget* page);

    [[nodiscard]] const catalog::LedgerQuery& query() const { return m_query; }
    [[nodiscard]] AboutChoice about() const { return {m_query.topic, m_query.product, m_query.fromMs, m_query.toMs}; }
    /// The acts that there are; offers those that are new.
    void addActs(const std::vector<catalog::LedgerEntry>& entries);
    void fillAuthors(); ///< anew from the catalog
    void setContains(const QString& text);
    void setAbout(const AboutChoice& choice);

signals:
    void changed(); ///< the query

private:
    Button* addMenu(ListPanel& list, const QString& name, const QString& prefix, const QString& any);
    void buildAbout();
    void buildTimes();
    void fillActs();
    void setDays(int days, const QString& title);
    void choose();
    void showAbout();

    PageContext& m_context;
    QWidget* m_page;
    Button* m_who = nullptr;
    Button* m_act = nullptr;
    Button* m_about = nullptr;
    Button* m_when = nullptr;
    QSet<QString> m_acts;
    catalog::LedgerQuery m_query;
};

} // namespace meshbone::ui
