// SPDX-License-Identifier: Apache-2.0
#include "audit/undo_action.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kSubmitTimeout{15};

std::unexpected<Error> unknown(const QString& sentence) {
    return fail(ErrorCode::NotFound, sentence.toStdString());
}

/// Submits one after the other; returns the number of the last entry. What was accepted before a refusal stays.
Result<std::int64_t> submitAll(catalog::Catalog& catalog, const catalog::Undo& undo, const JobContext& job) {
    std::int64_t last = -1;
    for (const auto& submission : undo.submissions) {
        const auto entry = catalog.submit(submission, job.call(kSubmitTimeout));
        if (!entry) {
            auto error = entry.error();
            if (last >= 0) {
                error.message = UndoAction::tr("Only a part is undone, up to entry #%1. %2")
                                    .arg(formatCount(last), text(error.message))
                                    .toStdString();
            }
            return std::unexpected(std::move(error));
        }
        last = entry->number;
    }
    return last;
}

} // namespace

UndoAction::UndoAction(PageContext& context, Page* page)
    : QObject(page)
    , m_context(context)
    , m_undo(unknown(tr("Choose the entry to undo."))) {
    context.commands.add(this,
                         {QStringLiteral("audit.undo"), tr("Undo"), tr("Audit"), QKeySequence(QKeySequence::Undo),
                          QStringLiteral("undo"), page->id(), [this] { run(); }, [this] { return whyNot(); }, true});
    connect(&context.feed, &LiveFeed::catalogChanged, this, &UndoAction::ask);
}

void UndoAction::setEntry(std::optional<std::int64_t> number) {
    if (number == m_entry) {
        return;
    }
    m_entry = number;
    m_undo =
        unknown(number ? tr("Whether this entry can be undone is being looked up.") : tr("Choose the entry to undo."));
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
        [catalog, number = *m_entry](const JobContext&) { return catalog->undoOf(number); },
        [this](Result<catalog::Undo> undo) {
            m_undo = std::move(undo);
            emit changed();
            m_context.commands.refresh();
        });
}

void UndoAction::run() {
    auto* catalog = m_context.services.catalog;
    if (!m_undo || catalog == nullptr || m_running) {
        return;
    }
    m_running = true;
    m_context.commands.refresh();
    m_context.jobs.run(
        this, {.title = tr("Undoing an entry"), .key = {}, .cancellable = false},
        [catalog, undo = *m_undo](const JobContext& job) { return submitAll(*catalog, undo, job); },
        [this, undo = *m_undo](const Result<std::int64_t>& last) { finish(undo, last); });
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
