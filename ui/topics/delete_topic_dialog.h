// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/standing_access.h"
#include "shell/page.h"
#include "widgets/dialog.h"

class QCheckBox;

namespace meshbone::ui {

class Label;

/// The last question before a topic goes: what is lost with it, and what becomes of the access to its name, which would
/// serve the next topic that is called so.
class DeleteTopicDialog : public Dialog {
    Q_OBJECT
public:
    DeleteTopicDialog(PageContext& context, QString topic, const QString& effect, QWidget* parent = nullptr);

signals:
    /// `grants`: those of this topic alone that end with it.
    void confirmed(const QStringList& grants);

private:
    void look();
    void show(const StandingAccess& access);

    PageContext& m_context;
    QString m_topic;
    Label* m_words = nullptr;
    QCheckBox* m_revoke = nullptr;
    QStringList m_grants;
};

} // namespace meshbone::ui
