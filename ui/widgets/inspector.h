// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/chip.h"
#include "widgets/panel.h"

#include <functional>

class QHBoxLayout;
class QVBoxLayout;

namespace meshbone::ui {

class Button;
class Label;
class PropertyList;

/// What is selected, at the right of the window: kind, name, chips, sections that scroll, actions at the foot. Refilled
/// as a whole: begin(), then the parts in the order in which they stand.
class Inspector : public Ground {
    Q_OBJECT
public:
    explicit Inspector(QWidget* parent = nullptr);
    /// Removes everything and starts anew.
    void begin(const QString& kind, const QString& title);
    void addChip(const ChipSpec& chip);
    /// A rule and a small heading; an empty title gives the rule alone.
    void addSection(const QString& title, const QString& remark = {});
    PropertyList* addProperties();
    void addText(const QString& text);
    void addWidget(QWidget* widget);
    Button* addAction(const QString& text, std::function<void()> run, bool primary = false);
    /// Nothing is selected: says what would stand here.
    void showNothing(const QString& sentence);

signals:
    void closeAsked();

private:
    Label* m_kind = nullptr;
    Label* m_title = nullptr;
    QHBoxLayout* m_chips = nullptr;
    QVBoxLayout* m_body = nullptr;
    QVBoxLayout* m_actions = nullptr;
    QString m_copied;
};

} // namespace meshbone::ui
