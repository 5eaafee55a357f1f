// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/restore_id.h>
#include <catalog/schema_evidence.h>

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace meshbone::ui {

class Choice;
class CodeView;
class Label;

/// The schema that a lost id gets: one that fits its events, or a text from elsewhere with what it refers to; and under
/// which subject and version. GUI thread.
class RestoreForm : public QWidget {
    Q_OBJECT
public:
    explicit RestoreForm(QWidget* parent = nullptr);
    /// Null: none is chosen. What was typed for the same id stays.
    void setLost(const catalog::LostId* lost);
    /// What is still to be done; empty: schema() can be restored.
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] catalog::LostSchema schema() const;

signals:
    void changed();

private:
    /// What a person gave beside a text.
    struct Given {
        QString subject, version; ///< subject: empty, it is the likely one
        std::optional<catalog::SchemaVersion> candidate;
    };
    [[nodiscard]] Given given() const;
    void giveAgain(const Given& given);
    void buildPlace(QVBoxLayout& form);
    void buildText(QVBoxLayout& form);
    void fillCandidates(bool isOwnText);
    void useCandidate();
    [[nodiscard]] bool isTyped() const; ///< other than what was laid out

    std::optional<catalog::SchemaId> m_id;            ///< nothing: none is chosen
    QString m_likelySubject;                          ///< by the topic where the id was seen
    std::vector<catalog::SchemaVersion> m_candidates; ///< as they are offered
    catalog::SchemaDefinition m_base;                 ///< of the candidate: what isn't typed stays as it is there
    QString m_shownText, m_shownReferences;           ///< of it, as they are laid out
    Label* m_which = nullptr;
    Choice* m_candidate = nullptr;
    QLineEdit* m_subject = nullptr;
    QLineEdit* m_version = nullptr;
    Choice* m_language = nullptr;
    CodeView* m_text = nullptr;
    QPlainTextEdit* m_references = nullptr;
};

} // namespace meshbone::ui
