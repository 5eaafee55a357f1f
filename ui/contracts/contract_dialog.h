// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_review.h"
#include "shell/page.h"
#include "widgets/dialog.h"

#include <QTimer>

class QCheckBox;
class QHBoxLayout;
class QLineEdit;

namespace meshbone::ui {

class Choice;
class ContractPanes;

/// A contract before it is agreed: its text, what is wrong with it, what it is for, and what it changes for whoever
/// relies on what is agreed now. What breaks something has to be wanted. Subclasses say where the text comes from. GUI
/// thread; reading, validating and comparing run in jobs.
class ContractDialog : public Dialog {
    Q_OBJECT
public:
    ContractDialog(PageContext& context, catalog::ContractSubject here, const QString& title, const QString& sentence,
                   QWidget* parent);

signals:
    void agreed(const QString& sentence, qint64 entry); ///< what was agreed for what, and the ledger's last entry

protected:
    /// Gives the text, in a job.
    using Source = std::function<Result<std::string>()>;
    /// Where the text is now; no function: there is none yet, and `whyNothing()` says what to do.
    [[nodiscard]] virtual Source source() const = 0;
    [[nodiscard]] virtual QString whyNothing() const { return {}; }
    void reviewNow();
    void reviewSoon(); ///< when the keys rest
    [[nodiscard]] PageContext& context() const { return m_context; }
    [[nodiscard]] const catalog::ContractSubject& here() const { return m_here; }
    [[nodiscard]] ContractPanes* panes() const { return m_panes; }
    [[nodiscard]] const ContractReview& reviewed() const { return m_review; } ///< the text was looked at last
    [[nodiscard]] QHBoxLayout* top() const { return m_top; } ///< above the text; what it is for stands at the right

private:
    void buildFields();
    void show(Result<ContractReview> review);
    void showTargets();
    void showTarget();
    void updateVerb();
    void agree();
    [[nodiscard]] const ContractTarget* target() const; ///< null: there is none
    [[nodiscard]] QString whyNot() const;

    PageContext& m_context;
    catalog::ContractSubject m_here;
    ContractReview m_review;
    QString m_problem; ///< why there is nothing to review
    QTimer m_rest;
    QHBoxLayout* m_top = nullptr;
    QWidget* m_for = nullptr;
    Choice* m_targets = nullptr;
    ContractPanes* m_panes = nullptr;
    QCheckBox* m_wanted = nullptr; ///< shown where something breaks
    QLineEdit* m_why = nullptr;
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
