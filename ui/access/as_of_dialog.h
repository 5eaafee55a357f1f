// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/dialog.h"

#include <catalog/catalog.h>

class QLineEdit;

namespace meshbone::ui {

class AsOfModel;
class ListPanel;
class Segmented;

/// Who might do what at a time of the past, from the ledger up to then.
class AsOfDialog : public Dialog {
    Q_OBJECT
public:
    AsOfDialog(PageContext& context, TimestampMs timeMs, QWidget* parent);

private:
    void load();
    void show(const catalog::AccessAsOf& access);
    void fill();

    PageContext& m_context;
    QLineEdit* m_time = nullptr;
    Segmented* m_which = nullptr;
    Label* m_words = nullptr;
    ListPanel* m_list = nullptr;
    AsOfModel* m_model = nullptr;
    catalog::AccessAsOf m_access;
};

} // namespace meshbone::ui
