// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_scope.h>

#include <QStringList>
#include <QWidget>

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace meshbone::ui {

class Button;
class Choice;

/// One name, or all names that begin so. A name that ends in a star becomes the beginning before it, as people write
/// it.
class PatternField : public QWidget {
    Q_OBJECT
public:
    /// `name` is the line's object name, `title` what it is for; completes from `known`.
    PatternField(const QString& name, const QString& title, const QStringList& known, QWidget* parent = nullptr);
    void setPattern(const catalog::NamePattern& pattern);
    [[nodiscard]] catalog::NamePattern pattern() const; ///< without a name: empty
    [[nodiscard]] QLineEdit* line() const { return m_line; }

signals:
    void changed();

private:
    void takeStar();
    QLineEdit* m_line = nullptr;
    Choice* m_kind = nullptr;
};

/// Several of them, one below the other; always one at least.
class PatternList : public QWidget {
    Q_OBJECT
public:
    PatternList(const QString& name, const QString& title, QStringList known, QWidget* parent = nullptr);
    void setPatterns(const std::vector<catalog::NamePattern>& patterns);
    [[nodiscard]] std::vector<catalog::NamePattern> patterns() const; ///< those with a name, none twice

signals:
    void changed();

private:
    struct Row {
        QWidget* whole = nullptr;
        PatternField* field = nullptr;
        Button* remove = nullptr;
    };
    Row& addRow(const catalog::NamePattern& pattern);
    void removeRow(const QWidget* whole);
    void showRemovers();
    QString m_name, m_title;
    QStringList m_known;
    QVBoxLayout* m_layout = nullptr;
    std::vector<Row> m_rows;
    int m_made = 0; ///< names of rows stay their own when others go
};

} // namespace meshbone::ui
