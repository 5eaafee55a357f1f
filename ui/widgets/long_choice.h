// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/choice.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace meshbone::ui {

/// What a long choice shows, and what it stands for.
struct ChoiceItem {
    QString title, id;
};
using ChoiceItems = std::shared_ptr<const std::vector<ChoiceItem>>;

/// Items that were made elsewhere, a job's thread say, and are taken as they are. GUI thread.
class ChoiceModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setItems(ChoiceItems items);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override; ///< the id as Qt::UserRole
    /// The row of an id, or of a title; -1.
    [[nodiscard]] int rowOf(const QString& id) const;
    [[nodiscard]] int rowOfTitle(const QString& title) const;

private:
    ChoiceItems m_items;
};

/// A choice among tens of thousands: nothing of it looks at each item, so its width follows the form and not the
/// longest one. Editable, it completes what is typed anywhere in a title.
class LongChoice : public Choice {
    Q_OBJECT
public:
    explicit LongChoice(const QString& accessibleName, bool isEditable = false, QWidget* parent = nullptr);
    /// Keeps what was typed, or else the item that was chosen, and tells nobody.
    void setItems(ChoiceItems items);
    /// Chooses an item by its id; where there is none, nothing changes. Returns whether there is.
    bool choose(const QString& id);

private:
    ChoiceModel* m_model = nullptr;
};

} // namespace meshbone::ui
