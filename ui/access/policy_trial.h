// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/access.h>

#include <QWidget>

class QLineEdit;
class QStringListModel;

namespace meshbone::ui {

class Choice;
class Label;

/// "If this principal asked for that topic now": which policies apply, who must agree, and which limit wins. Asks
/// nobody for anything.
class PolicyTrial : public QWidget {
    Q_OBJECT
public:
    explicit PolicyTrial(PageContext& context, QWidget* parent = nullptr);
    /// The rules, or what the fields are completed from, may have changed.
    void refresh();
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

private:
    void run();
    [[nodiscard]] catalog::AccessScope scope() const;
    [[nodiscard]] QString words(const catalog::AccessReview& review) const;
    PageContext& m_context;
    QStringListModel* m_principals = nullptr; ///< to complete from
    QStringListModel* m_topics = nullptr;
    QLineEdit* m_principal = nullptr;
    QLineEdit* m_topic = nullptr;
    Choice* m_role = nullptr;
    Label* m_verdict = nullptr;
};

} // namespace meshbone::ui
