// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <catalog/access.h>

#include <QObject>

#include <optional>

namespace meshbone::ui {

/// The commands on the grant that is chosen: renew, shorten, revoke, restore. Owned by the view; GUI thread.
class GrantActions : public QObject {
    Q_OBJECT
public:
    GrantActions(PageContext& context, QWidget* view);
    void setChosen(std::optional<catalog::Grant> grant, std::optional<TimestampMs> lastUsedMs = {});

signals:
    void done(const QString& sentence);
    void failed(const QString& sentence);

private:
    void registerCommands();
    void changeEnd(bool shorten);
    void askToRenew(const catalog::Grant& grant, TimestampMs untilMs);
    void revoke();
    void restore();
    void submit(catalog::Submission submission, const QString& title, const QString& doneSentence,
                std::function<void()> whenNotAlone = {});
    [[nodiscard]] QString whyNot(bool forRestore) const;

    PageContext& m_context;
    QWidget* m_view;
    std::optional<catalog::Grant> m_grant;
    std::optional<TimestampMs> m_lastUsedMs; ///< none: not known; -1: never, as far as was seen
    bool m_isWriting = false;
};

} // namespace meshbone::ui
