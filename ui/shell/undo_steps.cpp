// SPDX-License-Identifier: Apache-2.0
#include "shell/undo_steps.h"

#include "shell/ledger_entry.h"
#include "widgets/format.h"

#include <backbone/backbone.h>
#include <catalog/enforcer_words.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kSettingsTimeout{30};
constexpr std::size_t kLookedAt = 200;

QString tr(const char* text) {
    return QCoreApplication::translate("Undo", text);
}

/// Fails with Conflict when the topic's own settings aren't what they were made.
Status settingsAreStill(backbone::Admin& admin, const catalog::SettingsUndo& settings, const CallOptions& call) {
    const auto present = admin.topicConfig(settings.topic, call);
    if (!present) {
        return std::unexpected(present.error());
    }
    for (const auto& [name, value] : settings.found) {
        const auto entry = std::ranges::find(*present, name, &backbone::ConfigEntry::name);
        const bool own = entry != present->end() && entry->source == backbone::ConfigSource::Topic;
        const auto now = own ? entry->value : std::nullopt;
        if (now != value) {
            return fail(ErrorCode::Conflict,
                        tr("“%1” of %2 has changed since on the backbone: it is %3 now.")
                            .arg(text(name), text(settings.topic), now ? text(*now) : tr("the default"))
                            .toStdString());
        }
    }
    return {};
}

Error with(const QString& sentence, Error error) {
    error.message = (sentence + u' ' + text(error.message)).toStdString();
    return error;
}

constexpr std::int64_t kOneActMs = 300'000; ///< between the entries of what was done in one dialog
using Entries = std::vector<catalog::LedgerEntry>;

bool isDisabling(const catalog::LedgerEntry& entry) {
    return entry.act == "principal.put" && std::ranges::any_of(entry.changes, [](const catalog::FieldChange& change) {
               return change.field == "disabled" && change.after == "yes";
           });
}

/// Written by the desktop in a person's name, without them.
bool isByItself(const catalog::LedgerEntry& entry) {
    const bool isEnforcers =
        entry.act == "access.mark" && (entry.why == catalog::kWhyForgotten || entry.why == catalog::kWhyPutBack);
    return isEnforcers || entry.act == "grant.report" || entry.act == "replay.completed" ||
           entry.act == "replay.failed";
}

/// Of a user that was removed: the entry just before it that disabled the principal, where both were one act.
const catalog::LedgerEntry* disabledWith(const Entries& newestFirst, const catalog::LedgerEntry& removed) {
    for (const auto& entry : newestFirst) {
        if (entry.number >= removed.number || !entry.accepted || isByItself(entry)) {
            continue;
        }
        const bool isOne =
            isDisabling(entry) && entry.subject == removed.subject && removed.timeMs - entry.timeMs <= kOneActMs;
        return isOne ? &entry : nullptr;
    }
    return nullptr;
}

} // namespace

Result<catalog::Undo> undoNow(const Services& services, std::int64_t entry, const CallOptions& call) {
    auto undo = services.catalog->undoOf(entry);
    if (!undo || !undo->settings) {
        return undo;
    }
    const auto still = settingsAreStill(services.backbone.admin(), *undo->settings, call);
    return still ? std::move(undo) : std::unexpected(still.error());
}

Result<std::int64_t> performUndo(const Services& services, const catalog::Undo& undo, const JobContext& job) {
    if (undo.settings) {
        auto& admin = services.backbone.admin();
        const auto still = settingsAreStill(admin, *undo.settings, job.call(kSettingsTimeout));
        const auto put =
            still ? admin.alterTopicConfig(undo.settings->topic, undo.settings->put, job.call(kSettingsTimeout))
                  : still;
        if (!put) {
            return std::unexpected(put.error());
        }
    }
    const auto last = submitEach(*services.catalog, undo.submissions, job);
    if (!last) {
        return std::unexpected(undo.settings
                                   ? with(tr("The settings are back, but the ledger doesn't say so."), last.error())
                                   : last.error());
    }
    return last->number;
}

bool isTrivial(const catalog::LedgerEntry& entry) {
    constexpr std::array<std::string_view, 4> kNamed{"person.put", "team.put", "domain.put", "product.put"};
    if (entry.act == "topic.describe") {
        return true;
    }
    // What had no name before was made by the entry, and undoing it would remove it.
    return std::ranges::count(kNamed, entry.act) > 0 &&
           std::ranges::all_of(entry.changes, [](const catalog::FieldChange& change) {
               return change.before && change.after && (change.field == "name" || change.field == "description");
           });
}

std::int64_t undoneBy(const catalog::LedgerEntry& entry) {
    constexpr std::string_view kBefore = "Undoes entry ";
    const std::string& why = entry.why;
    if (!why.starts_with(kBefore) || !why.ends_with('.')) {
        return -1;
    }
    bool isNumber = false;
    const auto number = text(why.substr(kBefore.size(), why.size() - kBefore.size() - 1)).toLongLong(&isNumber);
    return isNumber ? number : -1;
}

Result<std::optional<LastAct>> lastActOf(const Services& services, const std::string& person, const CallOptions& call) {
    catalog::LedgerQuery query;
    query.author = person;
    query.limit = kLookedAt;
    const auto page = services.catalog->entries(query);
    if (!page) {
        return std::unexpected(page.error());
    }
    std::set<std::int64_t> undone;
    for (const auto& entry : page->entries) {
        if (!entry.accepted || isByItself(entry) || undone.contains(entry.number)) {
            continue;
        }
        if (const auto other = undoneBy(entry); other >= 0) {
            undone.insert(other);
            continue;
        }
        const auto* disabling = entry.act == "user.removed" ? disabledWith(page->entries, entry) : nullptr;
        if (disabling == nullptr) {
            return LastAct{entry, undoNow(services, entry.number, call)};
        }
        if (!undone.contains(disabling->number)) {
            return LastAct{
                *disabling, undoNow(services, disabling->number, call),
                tr("The password of its SCRAM user can't come back: nobody can log in as it until you make a "
                   "new one, under Access > Principals.")};
        }
    }
    return std::nullopt;
}

} // namespace meshbone::ui
