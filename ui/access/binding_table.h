// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"
#include "widgets/table_view.h"

#include <backbone/acl.h>

namespace meshbone::ui {

/// A binding and what is to be said of it.
struct BindingRow {
    backbone::AclBinding binding;
    QString effect; ///< "would be added", "there already", "created"
    Tone tone = Tone::Neutral;
    QString icon;   ///< empty: none
    QString detail; ///< tool tip of the effect
};

/// Bindings exactly as the backbone has them, one a row, with their effect.
class BindingsModel : public RowsModel<BindingRow> {
    Q_OBJECT
public:
    explicit BindingsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const BindingRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
};

/// The table for it, as high as its rows, for panels and dialogs. Takes no focus away from what it stands in.
class BindingTable : public TableView {
    Q_OBJECT
public:
    explicit BindingTable(QWidget* parent = nullptr);
    void setRows(std::vector<BindingRow> rows);
    [[nodiscard]] const BindingsModel& bindings() const { return *m_model; }

private:
    BindingsModel* m_model = nullptr;
};

} // namespace meshbone::ui
