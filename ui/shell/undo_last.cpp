// SPDX-License-Identifier: Apache-2.0
#include "shell/undo_last.h"

#include "shell/ledger_words.h"
#include "shell/undo_dialog.h"
#include "widgets/format.h"

namespace meshbone::ui {

UndoLast::UndoLast(PageContext& context, QWidget* window)
    : QObject(window)
    , m_context(context)
    , m_window(window) {
    context.commands.add(this, {QStringLiteral("edit.undo"),
                                tr("Undo"),
                                tr("Edit"),
                                QKeySequence(QKeySequence::Undo),
                                QStringLiteral("undo"),
                                {},
                                [this] { show(); },
                                [this] { return whyNot(); },
                                false});
    connect(&context.feed, &LiveFeed::catalogChanged, this, &UndoLast::ask);
    ask();
}

QString UndoLast::whyNot() const {
    if (m_context.services.catalog == nullptr) {
        return text(m_context.services.catalogProblem);
    }
    if (m_running) {
        return tr("The entry that undoes it is being written to the ledger.");
    }
    if (!m_problem.isEmpty()) {
        return m_problem;
    }
    if (!m_act) {
        return tr("You have done nothing that could be undone.");
    }
    return m_act->undo ? QString()
                       : tr("Your last act was “%1”. %2").arg(sentence(), text(m_act->undo.error().message));
}

QString UndoLast::sentence() const {
    return actSentence(m_act->entry, &m_context.feed.catalog()->access);
}

void UndoLast::ask() {
    if (m_context.services.catalog == nullptr || m_context.services.person.empty() || m_running) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("ask")},
        [&services = m_context.services](const JobContext& job) {
            return lastActOf(services, services.person, job.call());
        },
        [this](Result<std::optional<LastAct>> act) { found(std::move(act)); });
}

void UndoLast::found(Result<std::optional<LastAct>> act) {
    m_problem = act ? QString() : text(act.error().message);
    m_act = act ? std::move(*act) : std::nullopt;
    m_context.commands.setText(QStringLiteral("edit.undo"),
                               m_act && m_act->undo ? tr("Undo “%1”").arg(sentence()) : tr("Undo"));
    m_context.commands.refresh();
}

void UndoLast::show() {
    if (!m_act || !m_act->undo) {
        return;
    }
    const auto undo = *m_act->undo;
    if (isTrivial(m_act->entry)) {
        perform(undo);
        return;
    }
    auto* dialog = new UndoDialog(m_act->entry, undo, m_act->rest, m_window);
    connect(dialog, &UndoDialog::confirmed, this, [this, undo] { perform(undo); });
    dialog->open();
}

void UndoLast::perform(const catalog::Undo& undo) {
    m_running = true;
    m_context.commands.refresh();
    m_context.jobs.run(
        this, {.title = tr("Undoing an entry"), .key = {}, .cancellable = false},
        [&services = m_context.services, undo](const JobContext& job) { return performUndo(services, undo, job); },
        [this, entry = undo.entry](const Result<std::int64_t>& last) {
            m_running = false;
            m_act.reset(); // it isn't the last one any more
            m_problem = tr("What you did last is being looked up.");
            ask();
            m_context.commands.refresh();
            if (last) {
                emit undone(entry, *last);
            } else {
                emit failed(text(last.error().message));
            }
        });
}

} // namespace meshbone::ui
