// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "shell/page.h"
#include "widgets/dialog.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

class TableView;

/// A binding that is there and that nobody speaks of until a day.
class IgnoredModel : public RowsModel<catalog::BindingRecord> {
    Q_OBJECT
public:
    explicit IgnoredModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const catalog::BindingRecord& record) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// What is ignored, by whom and until when; each can be spoken of again.
class IgnoredDialog : public Dialog {
    Q_OBJECT
public:
    IgnoredDialog(PageContext& context, const DriftLookPtr& look, QWidget* parent);

private:
    void release();
    PageContext& m_context;
    IgnoredModel* m_model = nullptr;
    TableView* m_table = nullptr;
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
