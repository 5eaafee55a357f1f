// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_look.h"
#include "shell/page.h"

class QStackedLayout;

namespace meshbone::ui {

class Chip;
class ContractPanes;
class ContractVerbs;
class EmptyView;
class Label;
class MessageBar;

/// The contract of a topic or a product: which one is agreed, since when and by whom, its text, and whether it is kept.
/// The tab of both. GUI thread; reading and checking run in a job.
class ContractTab : public QWidget {
    Q_OBJECT
public:
    /// `ofProducts`: of a product, else of a topic.
    ContractTab(PageContext& context, bool ofProducts, QWidget* parent = nullptr);
    void setSubject(const QString& name);
    [[nodiscard]] const catalog::ContractSubject& subject() const { return m_subject; }
    [[nodiscard]] const ContractLook& look() const { return m_look; } ///< as it was read last
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }
    /// What came of something that was done; until another subject is shown.
    void say(Tone tone, const QString& sentence, const QString& detail = {});
    void sayAgreed(const QString& sentence, qint64 entry);

signals:
    void counted(const QString& version, bool isBroken); ///< empty: there is none
    void wanted();                                       ///< to be seen

private:
    QWidget* buildBody();
    void update();
    void show(ContractLook look);
    void showEmpty();
    void showHead();
    [[nodiscard]] QString whyNotChecked() const;

    PageContext& m_context;
    catalog::ContractSubject m_subject;
    ContractLook m_look;
    TimestampMs m_lookedMs = -1;
    ContractVerbs* m_verbs = nullptr;
    MessageBar* m_said = nullptr;
    QStackedLayout* m_stack = nullptr;
    QWidget* m_loading = nullptr;
    QWidget* m_body = nullptr;
    EmptyView* m_empty = nullptr;
    Label* m_title = nullptr;
    Chip* m_status = nullptr;
    Label* m_about = nullptr;
    ContractPanes* m_panes = nullptr;
};

} // namespace meshbone::ui
