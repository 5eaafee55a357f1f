// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace meshbone::ui {

/// What the shapes and lines of the graph mean, in one line below it.
class Legend : public QWidget {
    Q_OBJECT
public:
    explicit Legend(QWidget* parent = nullptr);
    /// What the picture goes by, a sentence, before all else; and what its dotted lines mean. Both empty: as usual.
    void setNote(const QString& note, const QString& dotted, const QString& more = {});
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] QSize sizeHint() const override { return {400, 34}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString dotted() const;
    void describe();
    QString m_note, m_dotted;
};

} // namespace meshbone::ui
