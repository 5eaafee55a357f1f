// SPDX-License-Identifier: Apache-2.0
#include "shell/ledger_words.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace meshbone::ui {

namespace {

struct ActWords {
    const char* act;
    const char* title;
};

constexpr std::array kActs{
    ActWords{"person.put", QT_TRANSLATE_NOOP("Ledger", "Person enrolled")},
    ActWords{"person.enrolled", QT_TRANSLATE_NOOP("Ledger", "Person enrolled")},
    ActWords{"team.put", QT_TRANSLATE_NOOP("Ledger", "Team described")},
    ActWords{"domain.put", QT_TRANSLATE_NOOP("Ledger", "Domain described")},
    ActWords{"domain.remove", QT_TRANSLATE_NOOP("Ledger", "Domain removed")},
    ActWords{"domain.removed", QT_TRANSLATE_NOOP("Ledger", "Domain removed")},
    ActWords{"product.put", QT_TRANSLATE_NOOP("Ledger", "Product described")},
    ActWords{"product.remove", QT_TRANSLATE_NOOP("Ledger", "Product removed")},
    ActWords{"product.removed", QT_TRANSLATE_NOOP("Ledger", "Product removed")},
    ActWords{"port.put", QT_TRANSLATE_NOOP("Ledger", "Port offered")},
    ActWords{"port.remove", QT_TRANSLATE_NOOP("Ledger", "Port withdrawn")},
    ActWords{"port.removed", QT_TRANSLATE_NOOP("Ledger", "Port withdrawn")},
    ActWords{"topic.describe", QT_TRANSLATE_NOOP("Ledger", "Topic described")},
    ActWords{"topic.described", QT_TRANSLATE_NOOP("Ledger", "Topic described")},
    ActWords{"topic.created", QT_TRANSLATE_NOOP("Ledger", "Topic created")},
    ActWords{"topic.configured", QT_TRANSLATE_NOOP("Ledger", "Topic configured")},
    ActWords{"topic.deleted", QT_TRANSLATE_NOOP("Ledger", "Topic deleted")},
    ActWords{"topic.partitions", QT_TRANSLATE_NOOP("Ledger", "Partitions added")},
    ActWords{"user.password", QT_TRANSLATE_NOOP("Ledger", "Password set")},
    ActWords{"user.removed", QT_TRANSLATE_NOOP("Ledger", "User's password ended")},
    ActWords{"replay.started", QT_TRANSLATE_NOOP("Ledger", "Replay started")},
    ActWords{"replay.completed", QT_TRANSLATE_NOOP("Ledger", "Replay completed")},
    ActWords{"replay.failed", QT_TRANSLATE_NOOP("Ledger", "Replay failed")},
};

struct ActIcon {
    const char* prefix;
    const char* icon;
};
constexpr std::array kIcons{ActIcon{"person.", "person"},   ActIcon{"team.", "people"},  ActIcon{"domain.", "domain"},
                            ActIcon{"product.", "product"}, ActIcon{"port.", "product"}, ActIcon{"topic.", "topic"},
                            ActIcon{"replay.", "replay"},   ActIcon{"group.", "people"}, ActIcon{"user.", "person"}};

} // namespace

QString actIcon(const std::string& act) {
    const auto found = std::ranges::find_if(kIcons, [&](const ActIcon& icon) { return act.starts_with(icon.prefix); });
    return QLatin1String(found == kIcons.end() ? "audit" : found->icon);
}

QString actTitle(const std::string& act) {
    const auto found = std::ranges::find_if(kActs, [&](const ActWords& words) { return act == words.act; });
    return found == kActs.end() ? text(act) : QCoreApplication::translate("Ledger", found->title);
}

QString actSentence(const catalog::LedgerEntry& entry) {
    return entry.subject.empty() ? actTitle(entry.act)
                                 : QStringLiteral("%1, %2").arg(actTitle(entry.act), text(entry.subject));
}

} // namespace meshbone::ui
