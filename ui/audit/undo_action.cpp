// SPDX-License-Identifier: Apache-2.0
#include "audit/undo_action.h"

#include "shell/undo_dialog.h"
#include "shell/undo_steps.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {

std::unexpected<Error> unknown(const QString& sentence) {
    return fail(ErrorCode::NotFound, sentence.toStdString());
}

} // namespace

UndoAction::UndoAction(PageContext& context, Page* page)
    : QObject(page)
    , m_context(context)
    , m_page(page)
    , m_undo(unknown(tr("Choose the entry to undo."))) {
    context.commands.add(this, {QStringLiteral("audit.undo"),
                                tr("Undo…"),
                                tr("Audit"),
                                {},
                                QStringLiteral("undo"),
                                page->id(),
                                [this] { run(); },
                                [this] { return whyNot(); },
                                true});
    connect(&context.feed, &LiveFeed::catalogChanged, this, &UndoAction::ask);
}

void UndoAction::setEntry(std::optional<catalog::LedgerEntry> entry) {
    if (entry.has_value() == m_entry.has_value() && (!entry || entry->number == m_entry->number)) {
        return;
    }
    m_entry = std::move(entry);
    m_undo =
        unknown(m_entry ? tr("Whether this entry can be undone is being looked up.") : tr("Choose the entry to undo."));
    ask();
    emit changed();
    m_context.commands.refresh();
}

QString UndoAction::whyNot() const {
    if (m_running) {
        return tr("The entry that undoes it is being written to the ledger.");
    }
    return m_undo ? QString() : text(m_undo.error().message);
}

void UndoAction::ask() {
    auto* catalog = m_context.services.catalog;
    if (!m_entry || catalog == nullptr || m_running) {
        return;
    }
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("ask")},
        [&services = m_context.services, number = m_entry->number](const JobContext& job) {
            return undoNow(services, number, job.call());
        },
        [this](Result<catalog::Undo> undo) {
            m_undo = std::move(undo);
            emit changed();
            m_context.commands.refresh();
        });
}

void UndoAction::run() {
    if (!m_undo || !m_entry || m_context.services.catalog == nullptr || m_running) {
        return;
    }
    if (isTrivial(*m_entry)) {
        perform(*m_undo);
        return;
    }
    auto* dialog = new UndoDialog(*m_entry, *m_undo, {}, m_page);
    connect(dialog, &UndoDialog::confirmed, this, [this, undo = *m_undo] { perform(undo); });
    dialog->open();
}

void UndoAction::perform(const catalog::Undo& undo) {
    m_running = true;
    m_context.commands.refresh();
    m_context.jobs.run(
        this, {.title = tr("Undoing an entry"), .key = {}, .cancellable = false},
        [&services = m_context.services, undo](const JobContext& job) { return performUndo(services, undo, job); },
        [this, undo](const Result<std::int64_t>& last) { finish(undo, last); });
}

void UndoAction::finish(const catalog::Undo& undo, const Result<std::int64_t>& last) {
    m_running = false;
    ask();
    m_context.commands.refresh();
    if (last) {
        emit undone(undo.entry, *last);
    } else {
        emit failed(text(last.error().message));
    }
}

} // namespace meshbone::ui
