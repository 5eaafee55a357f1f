// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/mesh_health.h"

#include <backbone/error.h>
#include <catalog/access_scope.h>

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace meshbone::ui {

class Choice;
class Label;
class PatternField;
class PatternList;

/// Names of the cluster's topics that people work with, as a completion for the editor.
QStringList topicNames(const MeshFacts& facts);

/// What somebody may do: a role, and the topics, group and transactional id that it needs. Shows just the fields that
/// the role uses, and says in a sentence what they come to. Whose scope it is, and from which host, is given from
/// outside.
class ScopeEditor : public QWidget {
    Q_OBJECT
public:
    explicit ScopeEditor(QStringList topics, QWidget* parent = nullptr);
    void setScope(const catalog::AccessScope& scope);
    void setPrincipal(const std::string& principal);
    /// As the fields say, checked: a refusal says what to write instead.
    [[nodiscard]] Result<catalog::AccessScope> scope() const;
    /// The same, unchecked and perhaps incomplete.
    [[nodiscard]] catalog::AccessScope draft() const;

signals:
    void changed();

private:
    struct Field {
        QWidget* whole = nullptr;
        Label* title = nullptr;
    };
    Field addField(QVBoxLayout* layout, QWidget* field);
    void showFields();
    void tell();
    QStringList m_topics;
    std::vector<std::string> m_names; ///< the same
    catalog::AccessScope m_scope;     ///< what isn't in a field
    Choice* m_role = nullptr;
    PatternList* m_reads = nullptr;
    PatternList* m_writes = nullptr;
    PatternField* m_group = nullptr;
    PatternField* m_transaction = nullptr;
    Field m_readsField, m_writesField, m_groupField, m_transactionField;
    Label* m_words = nullptr;
};

} // namespace meshbone::ui
