// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/lost_ids_model.h"
#include "shell/page.h"
#include "widgets/dialog.h"

namespace meshbone::ui {

class Label;
class ListPanel;
class RestoreForm;
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
    void look();
    void showFound(const Result<LostIdsFound>& found);
    void showRows();
    void chooseId();
    void updateVerb();
    void restore();

    PageContext& m_context;
    LostIdsFound m_found;
    bool m_isRestoring = false;
    LostIdsModel m_model;
    ListPanel* m_list = nullptr;
    ScanLine* m_scan = nullptr;
    Label* m_coverage = nullptr;
    RestoreForm* m_form = nullptr;
    Button* m_restore = nullptr;
};

} // namespace meshbone::ui
