// SPDX-License-Identifier: Apache-2.0
#include "shell/ledger_entry.h"

#include "widgets/format.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kSubmitTimeout{15};

QString tr(const char* text, int count = -1) {
    return QCoreApplication::translate("Ledger", text, nullptr, count);
}

} // namespace

QString whyNoEntry(const PageContext& context) {
    if (context.services.catalog == nullptr) {
        return text(context.services.catalogProblem);
    }
    const auto& status = context.feed.catalog()->status;
    if (context.feed.state().reachability == backbone::Reachability::Unreachable ||
        status.mode == catalog::CatalogMode::ReadOnly) {
        return tr("The catalog can only be read while the backbone is away.");
    }
    return status.mode == catalog::CatalogMode::CatchingUp ? tr("The catalog is still reading its ledger.") : QString();
}

void submitEntries(PageContext& context, QObject* owner, const QString& title,
                   std::vector<catalog::Submission> submissions,
                   std::function<void(const Result<catalog::LedgerEntry>&)> done) {
    auto* catalog = context.services.catalog;
    if (catalog == nullptr) {
        done(fail(ErrorCode::Unavailable, context.services.catalogProblem));
        return;
    }
    context.jobs.run(
        owner, {.title = title, .key = {}, .cancellable = false},
        [catalog, submissions = std::move(submissions)](const JobContext& job) {
            return submitEach(*catalog, submissions, job);
        },
        std::move(done));
}

Result<catalog::LedgerEntry> submitEach(catalog::Catalog& catalog, const std::vector<catalog::Submission>& submissions,
                                        const JobContext& job) {
    Result<catalog::LedgerEntry> last =
        fail(ErrorCode::InvalidArgument, tr("There is nothing to write.").toStdString());
    int written = 0;
    for (const auto& submission : submissions) {
        auto entry = catalog.submit(submission, job.call(kSubmitTimeout));
        if (entry && !entry->accepted) {
            entry = fail(ErrorCode::Conflict, entry->rejection);
        }
        if (!entry && written > 0) {
            entry.error().message += tr(" %n of the changes before it (is|are) written.", written).toStdString();
        }
        last = std::move(entry);
        if (!last) {
            break;
        }
        ++written;
    }
    return last;
}

} // namespace meshbone::ui
