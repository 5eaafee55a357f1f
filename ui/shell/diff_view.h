// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <QWidget>

#include <vector>

namespace meshbone::ui {

/// Fields before and after, one line each: removed in danger with "-", added in ok with "+".
class DiffView : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);
    void setChanges(std::vector<catalog::FieldChange> changes);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Line {
        bool added = false;
        QString field, value, human;
    };
    static Line lineOf(bool added, const QString& field, const QString& value);
    std::vector<Line> m_lines;
};

} // namespace meshbone::ui
