// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/request_facts.h"
#include "shell/page.h"
#include "widgets/panel.h"

#include <functional>

class QVBoxLayout;

namespace meshbone::ui {

class BindingTable;
class Chip;
class Label;

/// One request with all that a reviewer must see: who asks and why, the exact bindings, what becomes readable, what
/// limits it, what would do as well, what was said. Filled as a whole; GUI thread.
class RequestPanel : public Ground {
    Q_OBJECT
public:
    explicit RequestPanel(PageContext& context, QWidget* parent = nullptr);
    void show(const catalog::AccessRequest& request);
    void showNothing(const QString& sentence);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }
    /// What is known of the shown request; null until it is.
    [[nodiscard]] const RequestFacts* facts() const { return m_facts ? &*m_facts : nullptr; }
    /// Below the content, for the buttons.
    [[nodiscard]] QVBoxLayout* foot() const { return m_foot; }

signals:
    void factsChanged();
    void smallerAsked(); ///< "Use the smaller one"

private:
    void load();
    void fill();
    void addHead();
    void addTerms();
    void addChanges();
    void addBindings();
    void addReach();
    void addAdvice();
    void addRemarks();
    void addHeading(const QString& title, const QString& action = {}, std::function<void()> run = {});
    void addLine(const QString& sentence, Tone tone = Tone::Neutral);
    void clear();

    PageContext& m_context;
    catalog::AccessRequest m_request;
    std::optional<RequestFacts> m_facts;
    QString m_draft; ///< of a comment
    bool m_isCommenting = false;
    QWidget* m_sheet = nullptr;
    QVBoxLayout* m_body = nullptr;
    QVBoxLayout* m_foot = nullptr;
};

} // namespace meshbone::ui
