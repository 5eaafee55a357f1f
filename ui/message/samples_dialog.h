// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message/samples_model.h"
#include "shell/page.h"
#include "widgets/dialog.h"

namespace meshbone::ui {

class ListPanel;
class MessageView;

/// Records of which something is said, at the left; at the right the chosen one as the page Topics shows it. Each is
/// read when it is chosen, in a job; one that retention has deleted since is said so. `whyTitle` stands above what is
/// said; empty: "What is wrong". GUI thread; not modal.
class SamplesDialog : public Dialog {
    Q_OBJECT
public:
    SamplesDialog(PageContext& context, const QString& title, const QString& sentence, std::vector<RecordNote> notes,
                  QWidget* parent = nullptr, const QString& whyTitle = {});

private:
    void showRecord(int row);

    PageContext& m_context;
    SamplesModel m_model;
    ListPanel* m_list = nullptr;
    MessageView* m_message = nullptr;
};

} // namespace meshbone::ui
