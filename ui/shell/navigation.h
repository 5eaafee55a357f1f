// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/panel.h"

#include <QHash>

namespace meshbone::ui {

/// The 184 px at the left: one entry a page, "Connect a client…" and the settings at the foot. Up and Down move.
class Navigation : public Ground {
    Q_OBJECT
public:
    Navigation(PageContext& context, const PageRegistry& pages, QWidget* parent = nullptr);
    void setCurrent(const QString& page);
    void setCounter(const QString& page, int count); ///< 0: none

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Entry;
    QList<Entry*> m_entries;
};

} // namespace meshbone::ui
