// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/graph_picture.h"

#include <QGraphicsItem>

namespace meshbone::ui {

/// A domain behind its nodes: tinted ground, name, counts and the fold mark. Owned by the scene.
class GroupItem : public QGraphicsItem {
public:
    enum { Type = UserType + 2 };
    explicit GroupItem(PictureGroup group);
    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] const PictureGroup& group() const { return m_group; }
    [[nodiscard]] QRectF titleRect() const; ///< in the scene: a press here folds the group
    [[nodiscard]] QRectF boundingRect() const override { return m_group.rect.adjusted(-1, -1, 1, 1); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    PictureGroup m_group;
};

} // namespace meshbone::ui
