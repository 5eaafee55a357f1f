// SPDX-License-Identifier: Apache-2.0
#include "shell/ledger_words.h"

#include "shell/live_feed.h"
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
    ActWords{"contract.put", QT_TRANSLATE_NOOP("Ledger", "Contract agreed")},
    ActWords{"contract.remove", QT_TRANSLATE_NOOP("Ledger", "Contract ended")},
    ActWords{"topic.created", QT_TRANSLATE_NOOP("Ledger", "Topic created")},
    ActWords{"topic.configured", QT_TRANSLATE_NOOP("Ledger", "Topic configured")},
    ActWords{"topic.deleted", QT_TRANSLATE_NOOP("Ledger", "Topic deleted")},
    ActWords{"topic.partitions", QT_TRANSLATE_NOOP("Ledger", "Partitions added")},
    ActWords{"user.password", QT_TRANSLATE_NOOP("Ledger", "Password set")},
    ActWords{"user.removed", QT_TRANSLATE_NOOP("Ledger", "User's password ended")},
    ActWords{"access.roles", QT_TRANSLATE_NOOP("Ledger", "Access roles set")},
    ActWords{"access.classify", QT_TRANSLATE_NOOP("Ledger", "Data classified")},
    ActWords{"access.mark", QT_TRANSLATE_NOOP("Ledger", "Binding marked")},
    ActWords{"access.retry", QT_TRANSLATE_NOOP("Ledger", "Binding tried again")},
    ActWords{"access.campaign_open", QT_TRANSLATE_NOOP("Ledger", "Recertification opened")},
    ActWords{"access.campaign_answer", QT_TRANSLATE_NOOP("Ledger", "Grant recertified")},
    ActWords{"access.campaign_close", QT_TRANSLATE_NOOP("Ledger", "Recertification closed")},
    ActWords{"principal.put", QT_TRANSLATE_NOOP("Ledger", "Principal described")},
    ActWords{"principal.remove", QT_TRANSLATE_NOOP("Ledger", "Principal removed")},
    ActWords{"policy.put", QT_TRANSLATE_NOOP("Ledger", "Policy set")},
    ActWords{"policy.remove", QT_TRANSLATE_NOOP("Ledger", "Policy removed")},
    ActWords{"request.submit", QT_TRANSLATE_NOOP("Ledger", "Access requested")},
    ActWords{"request.amend", QT_TRANSLATE_NOOP("Ledger", "Request amended")},
    ActWords{"request.comment", QT_TRANSLATE_NOOP("Ledger", "Request commented on")},
    ActWords{"request.withdraw", QT_TRANSLATE_NOOP("Ledger", "Request withdrawn")},
    ActWords{"request.reopen", QT_TRANSLATE_NOOP("Ledger", "Request reopened")},
    ActWords{"request.approve", QT_TRANSLATE_NOOP("Ledger", "Request approved")},
    ActWords{"request.decline", QT_TRANSLATE_NOOP("Ledger", "Request declined")},
    ActWords{"grant.renew", QT_TRANSLATE_NOOP("Ledger", "Grant renewed")},
    ActWords{"grant.shorten", QT_TRANSLATE_NOOP("Ledger", "Grant shortened")},
    ActWords{"grant.revoke", QT_TRANSLATE_NOOP("Ledger", "Grant revoked")},
    ActWords{"grant.restore", QT_TRANSLATE_NOOP("Ledger", "Grant restored")},
    ActWords{"grant.report", QT_TRANSLATE_NOOP("Ledger", "Enforcement reported")},
    ActWords{"replay.started", QT_TRANSLATE_NOOP("Ledger", "Replay started")},
    ActWords{"replay.completed", QT_TRANSLATE_NOOP("Ledger", "Replay completed")},
    ActWords{"replay.failed", QT_TRANSLATE_NOOP("Ledger", "Replay failed")},
};

/// What an entry of an act is called when it gave a field a value; "*" any, "" took it away.
struct ChangeWords {
    const char* act;
    const char* field;
    const char* after;
    const char* title;
};

// The first that fits counts.
constexpr std::array kChanges{
    ChangeWords{"principal.put", "disabled", "yes", QT_TRANSLATE_NOOP("Ledger", "Principal disabled")},
    ChangeWords{"principal.put", "disabled", "", QT_TRANSLATE_NOOP("Ledger", "Principal enabled")},
    ChangeWords{"request.approve", "state", "approved", QT_TRANSLATE_NOOP("Ledger", "Access granted")},
    ChangeWords{"request.submit", "state", "approved", QT_TRANSLATE_NOOP("Ledger", "Access granted by a policy")},
    ChangeWords{"request.comment", "reminder 1", "*", QT_TRANSLATE_NOOP("Ledger", "Reminder sent")},
    ChangeWords{"access.mark", "standing", "adopted", QT_TRANSLATE_NOOP("Ledger", "Binding adopted")},
    ChangeWords{"access.mark", "standing", "ignored", QT_TRANSLATE_NOOP("Ledger", "Binding ignored")},
    ChangeWords{"access.mark", "standing", "retired", QT_TRANSLATE_NOOP("Ledger", "Binding retired")},
    ChangeWords{"access.mark", "standing", "", QT_TRANSLATE_NOOP("Ledger", "Binding released")},
    ChangeWords{"grant.report", "state", "waiting", QT_TRANSLATE_NOOP("Ledger", "Enforcement waits")},
    ChangeWords{"grant.report", "state", "applying", QT_TRANSLATE_NOOP("Ledger", "Enforcement begun")},
    ChangeWords{"grant.report", "state", "enforced", QT_TRANSLATE_NOOP("Ledger", "Grant enforced")},
    ChangeWords{"grant.report", "state", "partly", QT_TRANSLATE_NOOP("Ledger", "Grant enforced in part")},
    ChangeWords{"grant.report", "state", "unknown", QT_TRANSLATE_NOOP("Ledger", "Enforcement unknown")},
    ChangeWords{"grant.report", "state", "refused", QT_TRANSLATE_NOOP("Ledger", "Enforcement refused")},
    ChangeWords{"grant.report", "state", "removing", QT_TRANSLATE_NOOP("Ledger", "Removal begun")},
    ChangeWords{"grant.report", "state", "removed", QT_TRANSLATE_NOOP("Ledger", "Grant's bindings removed")},
    ChangeWords{"grant.report", "state", "removal_unknown", QT_TRANSLATE_NOOP("Ledger", "Removal unknown")},
};

bool fits(const ChangeWords& words, const catalog::FieldChange& change) {
    const std::string_view after = words.after;
    return change.field == words.field &&
           (after == "*" ? change.after.has_value() : change.after.value_or("") == after);
}

struct ActIcon {
    const char* prefix;
    const char* icon;
};
constexpr std::array kIcons{
    ActIcon{"person.", "person"},   ActIcon{"team.", "people"},       ActIcon{"domain.", "domain"},
    ActIcon{"product.", "product"}, ActIcon{"port.", "product"},      ActIcon{"topic.", "topic"},
    ActIcon{"replay.", "replay"},   ActIcon{"group.", "people"},      ActIcon{"request.", "access"},
    ActIcon{"grant.", "access"},    ActIcon{"access.", "access"},     ActIcon{"principal.", "person"},
    ActIcon{"policy.", "shield"},   ActIcon{"contract.", "contract"}, ActIcon{"user.", "person"}};

/// A binding from the line that is its id in the ledger; empty: it isn't one.
QString bindingWords(const std::string& id) {
    auto parts = text(id).split(u' ');
    if (parts.size() != 7) {
        return {};
    }
    for (auto& part : parts) {
        part.replace(QStringLiteral("%20"), QStringLiteral(" ")).replace(QStringLiteral("%25"), QStringLiteral("%"));
    }
    const auto permission = backbone::permissionNamed(parts[0].toStdString());
    const auto operation = backbone::operationNamed(parts[1].toStdString());
    const auto kind = backbone::resourceKindNamed(parts[2].toStdString());
    const auto pattern = backbone::patternTypeNamed(parts[3].toStdString());
    if (!permission || !operation || !kind || !pattern) {
        return {};
    }
    return text(backbone::describe({*kind, *pattern, parts[4].toStdString(), parts[5].toStdString(),
                                    parts[6].toStdString(), *operation, *permission}));
}

/// The scope that a request or a grant of that id has now; null: there is none.
const catalog::AccessScope* scopeOf(const std::string& id, const AccessState& access) {
    if (const auto* grant = access.grant(id)) {
        return &grant->scope;
    }
    const auto* request = access.request(id);
    return request == nullptr ? nullptr : &request->scope;
}

bool isTimeField(const QString& field) {
    return field == u"until" || field == u"from" || field == u"lapses" || field == u"due" ||
           field == u"end of the grant";
}

} // namespace

QString actIcon(const std::string& act) {
    const auto found = std::ranges::find_if(kIcons, [&](const ActIcon& icon) { return act.starts_with(icon.prefix); });
    return QLatin1String(found == kIcons.end() ? "audit" : found->icon);
}

QString actTitle(const std::string& act) {
    const auto found = std::ranges::find_if(kActs, [&](const ActWords& words) { return act == words.act; });
    return found == kActs.end() ? text(act) : QCoreApplication::translate("Ledger", found->title);
}

QString entryTitle(const catalog::LedgerEntry& entry) {
    for (const auto& words : kChanges) {
        if (entry.act == words.act &&
            std::ranges::any_of(entry.changes, [&](const auto& change) { return fits(words, change); })) {
            return QCoreApplication::translate("Ledger", words.title);
        }
    }
    return actTitle(entry.act);
}

QString scopeInShort(const catalog::AccessScope& scope) {
    QStringList topics;
    for (const auto* patterns : {&scope.reads, &scope.writes}) {
        for (const auto& one : *patterns) {
            topics << text(one.name) +
                          (one.pattern == backbone::PatternType::Prefixed ? QStringLiteral("*") : QString());
        }
    }
    topics.removeDuplicates();
    if (topics.isEmpty()) {
        return text(scope.principal);
    }
    const auto more = topics.size() - 1;
    const auto shown = more == 0
                           ? topics.front()
                           : QCoreApplication::translate("Ledger", "%1 and %n more", nullptr, static_cast<int>(more))
                                 .arg(topics.front());
    return QStringLiteral("%1, %2").arg(text(scope.principal), shown);
}

QString entrySubject(const catalog::LedgerEntry& entry, const AccessState* access) {
    if (entry.act == "access.mark" || entry.act == "access.retry") {
        const auto words = bindingWords(entry.subject);
        return words.isEmpty() ? text(entry.subject) : words;
    }
    if (entry.act == "access.roles") {
        return QCoreApplication::translate("Ledger", "admins and enforcers");
    }
    if (access != nullptr && (entry.act.starts_with("request.") || entry.act.starts_with("grant."))) {
        const auto* scope = scopeOf(entry.subject, *access);
        return scope == nullptr ? text(entry.subject) : scopeInShort(*scope);
    }
    return text(entry.subject);
}

QString actSentence(const catalog::LedgerEntry& entry, const AccessState* access) {
    const auto subject = entrySubject(entry, access);
    return subject.isEmpty() ? entryTitle(entry) : QStringLiteral("%1, %2").arg(entryTitle(entry), subject);
}

QString shownValue(const QString& field, const QString& value) {
    bool isNumber = false;
    const auto number = value.toLongLong(&isNumber);
    if (isNumber && isTimeField(field)) {
        return formatTime(number);
    }
    if (field == u"text") { // a whole document, as a contract is
        const auto lines = static_cast<int>(value.count(u'\n')) + (value.endsWith(u'\n') ? 0 : 1);
        return QCoreApplication::translate("Ledger", "%n lines, %1", nullptr, lines)
            .arg(formatBytes(value.toUtf8().size()));
    }
    return field == u"state" ? QString(value).replace(u'_', u' ') : value;
}

QString humanValue(const QString& field, const QString& value) {
    bool isNumber = false;
    const auto number = value.toLongLong(&isNumber);
    if (!isNumber) {
        return {};
    }
    if (field.startsWith(u"retention.") && number == -1) {
        return QCoreApplication::translate("Ledger", "no limit");
    }
    if (field.endsWith(u".bytes") && number >= 1024) {
        return formatBytes(number);
    }
    if (field.endsWith(u".ms") && number >= 1000) {
        return formatSpan(std::chrono::milliseconds(number));
    }
    return {};
}

} // namespace meshbone::ui
