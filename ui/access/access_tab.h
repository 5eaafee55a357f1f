// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"
#include "shell/newest_job.h"
#include "shell/page.h"

#include <QWidget>

namespace meshbone::ui {

class Button;
class ListPanel;

/// Who may produce to a topic and consume it, by grant, with what waits: the tab of a topic, and of a product for all
/// that it offers. GUI thread.
class AccessTab : public QWidget {
    Q_OBJECT
public:
    enum class Of : quint8 { Topic, Product };
    AccessTab(PageContext& context, Of of, QWidget* parent = nullptr);
    void setSubject(const QString& id); ///< a topic's name or a product's id
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void counted(int grants); ///< in force or ending

private:
    struct Standing {
        QString subject;
        std::vector<GrantRow> grants;
        std::vector<catalog::AccessRequest> waiting;
        std::vector<std::string> ungranted; ///< principals that an ACL of nobody's agreement lets in
    };
    NewestJob<Standing>::Work look();
    void show(Standing standing);
    void sayWhatElse(const Standing& standing);
    PageContext& m_context;
    Of m_of;
    QString m_subject;
    GrantsModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    NewestJob<Standing> m_look; ///< over all that is granted: beside the window
};

} // namespace meshbone::ui
