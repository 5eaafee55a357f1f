// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>

namespace meshbone::ui {

/// A combo box with the set's own chevron, for forms.
class Choice : public QComboBox {
    Q_OBJECT
public:
    explicit Choice(const QString& accessibleName, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace meshbone::ui
