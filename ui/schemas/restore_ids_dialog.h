// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/lost_ids_model.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <optional>

class QLineEdit;

namespace meshbone::ui {

class Choice;
class CodeView;
class Label;
class ListPanel;
class ScanLine;

/// Ids that events name and the registry has lost: events are looked at for them, in a job that can be stopped, and one
/// after the other gets its schema back: one that fits, or a text from elsewhere. Not modal. GUI thread.
class RestoreIdsDialog : public Dialog {
    Q_OBJECT
public:
    explicit RestoreIdsDialog(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

private:
    void buildList();
    QLayout* buildForm();
    void look();
    void showFound(const Result<LostIdsFound>& found);
    void showRows();
    void chooseId();
    void fillCandidates(bool isOwnText);
    void useCandidate();
    void updateVerb();
    void restore();
    [[nodiscard]] const catalog::LostId* chosen() const; ///< null: none
    [[nodiscard]] catalog::SchemaDefinition definition() const;
    [[nodiscard]] QString whyNot() const;

    PageContext& m_context;
    LostIdsFound m_found;
    bool m_isRestoring = false;
    std::vector<catalog::SchemaVersion> m_candidates; ///< as the form offers them
    catalog::SchemaDefinition m_base;                 ///< of the candidate: what isn't typed stays as it is there
    QString m_shownText;                              ///< its text as it is laid out
    LostIdsModel m_model;
    ListPanel* m_list = nullptr;
    ScanLine* m_scan = nullptr;
    Label* m_coverage = nullptr;
    Label* m_which = nullptr;
    Choice* m_candidate = nullptr;
    QLineEdit* m_subject = nullptr;
    QLineEdit* m_version = nullptr;
    Choice* m_language = nullptr;
    CodeView* m_text = nullptr;
    Button* m_restore = nullptr;
};

} // namespace meshbone::ui
