// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_verbs.h"

#include "schemas/register_dialog.h"
#include "schemas/restore_ids_dialog.h"
#include "schemas/schema_acts.h"
#include "schemas/schema_detail.h"
#include "schemas/schema_settings_dialog.h"
#include "schemas/schema_words.h"
#include "schemas/unused_dialog.h"
#include "widgets/dialog.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <algorithm>

namespace meshbone::ui {

SchemaVerbs::SchemaVerbs(PageContext& context, MessageBar* message, QWidget* page)
    : QObject(page)
    , m_context(context)
    , m_message(message)
    , m_page(page) {
    addCommands();
    connect(&m_context.schemas, &SchemaFeed::changed, this, &SchemaVerbs::forgetUsage);
}

QString SchemaVerbs::current() const {
    return m_detail == nullptr ? QString() : m_detail->subject(); // commands ask while the page is being built
}

void SchemaVerbs::addCommands() {
    const auto add = [this](const char* id, const QString& text, const QKeySequence& shortcut, const char* icon,
                            std::function<void()> run, std::function<QString()> whyDisabled, bool onSelection) {
        m_context.commands.add(this, {QString::fromLatin1(id), text, tr("Schemas"), shortcut, QString::fromLatin1(icon),
                                      kSchemasPage, std::move(run), std::move(whyDisabled), onSelection});
    };
    const auto needsRegistry = [this] { return whyNoRegistry(m_context); };
    const auto needsSubject = [this] { return whyNoSubject(); };
    add(
        "schema.new", tr("New Subject…"), QKeySequence(QStringLiteral("Ctrl+N")), "plus",
        [this] { registerVersion({}); }, needsRegistry, false);
    add(
        "schema.register", tr("Register Version…"), QKeySequence(QStringLiteral("R")), "edit",
        [this] { registerVersion(current()); }, needsSubject, true);
    add(
        "schema.settings", tr("Compatibility and Mode…"), QKeySequence(QStringLiteral("C")), "settings",
        [this] { (new SchemaSettingsDialog(m_context, current(), m_page))->open(); }, needsSubject, true);
    add(
        "schema.registrySettings", tr("Compatibility and Mode for the Whole Registry…"), {}, "settings",
        [this] { (new SchemaSettingsDialog(m_context, {}, m_page))->open(); }, needsRegistry, false);
    add(
        "schema.impact", tr("Who Breaks If I Drop This?"), QKeySequence(QStringLiteral("W")), "people",
        [this] { m_detail->showImpact(); }, [this] { return whyNoVersion(); }, true);
    add(
        "schema.restore", tr("Bring Back"), QKeySequence(QStringLiteral("B")), "undo", [this] { restore(); },
        [this] { return whyNotRestored(); }, true);
    add(
        "schema.deleteVersion", tr("Delete Version…"), {}, "trash", [this] { deleteVersion(); },
        [this] { return whyNoVersion(); }, true);
    add(
        "schema.delete", tr("Delete Subject…"), QKeySequence(QKeySequence::Delete), "trash",
        [this] { deleteSubject(); }, needsSubject, true);
    add(
        "schema.unused", tr("Unused Versions…"), QKeySequence(QStringLiteral("U")), "eye", [this] { showUnused(); },
        needsRegistry, false);
    add(
        "schema.restoreIds", tr("Restore Missing Ids…"), {}, "undo",
        [this] {
            auto* dialog = new RestoreIdsDialog(m_context, m_page);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->show();
        },
        needsRegistry, false);
    add(
        "schema.reload", tr("Read the Schemas Again"), QKeySequence(QKeySequence::Refresh), "refresh",
        [this] { m_context.schemas.reload(); }, needsRegistry, false);
}

QString SchemaVerbs::whyNoSubject() const {
    const auto why = whyNoRegistry(m_context);
    return why.isEmpty() && current().isEmpty() ? tr("Choose a subject first.") : why;
}

QString SchemaVerbs::whyNoVersion() const {
    const auto why = whyNoSubject();
    return why.isEmpty() && m_detail->version() == nullptr ? tr("Choose a version first.") : why;
}

QString SchemaVerbs::whyNotRestored() const {
    if (const auto why = whyNoVersion(); !why.isEmpty()) {
        return why;
    }
    if (!m_cantRestore.isEmpty()) {
        return m_cantRestore;
    }
    return deletedVersions().empty() ? tr("This version isn't deleted.") : QString();
}

/// What "Bring Back" brings back: the chosen version, or all of a subject that is deleted as a whole.
std::vector<VersionKey> SchemaVerbs::deletedVersions() const {
    std::vector<VersionKey> versions;
    const auto* facts = m_detail->facts();
    const auto* chosen = m_detail->version();
    if (facts == nullptr || chosen == nullptr || !chosen->version.isDeleted) {
        return versions;
    }
    if (facts->latest() != nullptr) {
        return {{current(), chosen->version.version}};
    }
    for (const auto& one : facts->versions) {
        versions.emplace_back(current(), one.version.version);
    }
    return versions;
}

/// A verb on what is deleted already is another one.
void SchemaVerbs::refresh() {
    const bool isGone = !m_context.schemas.book()->latest(current().toStdString());
    m_context.commands.setText(QStringLiteral("schema.delete"),
                               isGone ? tr("Delete Subject for Good…") : tr("Delete Subject…"));
    m_context.commands.refresh();
}

void SchemaVerbs::registerVersion(const QString& subject) {
    auto* dialog = new RegisterDialog(m_context, subject, m_page);
    connect(dialog, &RegisterDialog::registered, this, [this](const QString& name, int version) {
        say(Tone::Ok, tr("%1 of %2 is registered.").arg(versionWord(version), name));
        m_context.navigator.select({SelectionKind::Schema, name});
        m_detail->chooseVersionSoon(name, version);
    });
    dialog->show();
}

void SchemaVerbs::deleteSubject() {
    const auto subject = current();
    const auto name = subject.toStdString();
    const bool isGone = !m_context.schemas.book()->latest(name);
    std::vector<VersionKey> versions;
    for (const auto& one : m_context.schemas.book()->versionsOf(name)) {
        if (isGone || !one.isDeleted) {
            versions.emplace_back(subject, one.version);
        }
    }
    const auto count = static_cast<int>(versions.size());
    const int referring = m_detail->usedBySchemas();
    auto effect = isGone ? tr("%n version(s) (is|are) deleted for good, with (its id|their ids): events that carry "
                              "them can't be read any more. This can't be undone.",
                              nullptr, count)
                         : tr("%n version(s) (is|are) hidden from who asks for the subject. Events that carry (its "
                              "id|their ids) can still be read, and it can be brought back.",
                              nullptr, count);
    if (referring > 0) {
        effect += u' ' + tr("%n schema(s) (refers|refer) to it.", nullptr, referring);
    }
    confirmAction(m_page, isGone ? tr("Delete %1 for good?").arg(subject) : tr("Delete %1?").arg(subject), effect,
                  tr("Delete"), isGone ? subject : QString(), [this, subject, name, isGone, versions] {
                      remove(
                          isGone ? tr("%1 is deleted for good.").arg(subject) : tr("%1 is deleted.").arg(subject),
                          [name, isGone](catalog::SchemaRegistry& registry, const CallOptions& call) {
                              return registry.deleteSubject(name, isGone, call);
                          },
                          versions, !isGone);
                  });
}

void SchemaVerbs::deleteVersion() {
    const auto& chosen = m_detail->version()->version;
    const auto what = tr("%1 of %2").arg(versionWord(chosen.version), current());
    const bool isGone = chosen.isDeleted;
    const auto effect =
        isGone ? tr("It is deleted for good; where no other version has its id %1, events that carry it can't be read "
                    "any more. This can't be undone.")
                     .arg(chosen.id.value())
               : tr("It is hidden from who asks for the subject. Events that carry its id %1 can still be read, and it "
                    "can be brought back.")
                     .arg(chosen.id.value());
    confirmAction(m_page, isGone ? tr("Delete %1 for good?").arg(what) : tr("Delete %1?").arg(what), effect,
                  tr("Delete"), isGone ? current() : QString(),
                  [this, what, isGone, name = current().toStdString(), version = chosen.version] {
                      remove(
                          isGone ? tr("%1 is deleted for good.").arg(what) : tr("%1 is deleted.").arg(what),
                          [name, version, isGone](catalog::SchemaRegistry& registry, const CallOptions& call) {
                              return registry.deleteVersion(name, version, isGone, call);
                          },
                          {{text(name), version}}, !isGone);
                  });
}

void SchemaVerbs::showUnused() {
    auto* dialog = new UnusedDialog(m_context, m_usage, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &UnusedDialog::answered, this, [this](const UsageAnswerPtr& answer) {
        m_usage = answer;
        emit usageKnown(answer);
    });
    connect(dialog, &UnusedDialog::deleteAsked, this,
            [this, dialog](const std::vector<VersionKey>& versions, int unsure) {
                deleteUnused(versions, unsure, dialog);
            });
    dialog->show();
}

/// Of another book it may be another answer; a dialog that is open asks anew.
void SchemaVerbs::forgetUsage() {
    if (m_usage != nullptr) {
        m_usage.reset();
        emit usageKnown(m_usage);
    }
}

void SchemaVerbs::deleteUnused(const std::vector<VersionKey>& versions, int unsure, QWidget* dialog) {
    constexpr std::size_t kNamed = 8;
    QStringList names;
    for (std::size_t i = 0; i < std::min(versions.size(), kNamed); ++i) {
        names << tr("%1 of %2").arg(versionWord(versions[i].second), versions[i].first);
    }
    const auto count = static_cast<int>(versions.size());
    if (count > names.size()) {
        names << tr("%n more", nullptr, count - static_cast<int>(names.size()));
    }
    auto effect = tr("%1: hidden from who asks for the subject. Events that carry (its id|their ids) can still be "
                     "read, and (it|they) can be brought back.",
                     nullptr, count)
                      .arg(names.join(QStringLiteral(", ")));
    if (unsure > 0) {
        effect += u' ' + tr("The events of %n of them weren't looked at, or only in part: some may name (it|them).",
                            nullptr, unsure);
    }
    confirmAction(dialog, tr("Delete %n unused version(s)?", nullptr, count), effect, tr("Delete"), {},
                  [this, versions] { removeUnused(versions); });
}

/// One that can't be deleted ends it: those before it are deleted, and can be brought back.
void SchemaVerbs::removeUnused(const std::vector<VersionKey>& versions) {
    const auto deleted = std::make_shared<std::vector<VersionKey>>(); // the job's, until it has ended
    actOnRegistry(
        m_context, this, tr("Deleting unused versions"),
        [versions, deleted](catalog::SchemaRegistry& registry, const CallOptions& call) -> Status {
            for (const auto& one : versions) {
                const auto done = registry.deleteVersion(one.first.toStdString(), one.second, false, call);
                if (!done) {
                    return done;
                }
                deleted->push_back(one);
            }
            return {};
        },
        [this, deleted](const Status& status) {
            const auto what = tr("%n version(s) (is|are) deleted.", nullptr, static_cast<int>(deleted->size()));
            if (status) {
                sayDone(what, *deleted, true);
            } else if (deleted->empty()) {
                sayFailure(status.error());
            } else {
                say(Tone::Danger, tr("%1 The next one isn't: %2").arg(what, text(status.error().message)),
                    m_cantRestore.isEmpty()
                        ? std::function<void()>([this, versions = *deleted] { bringBack(versions); })
                        : std::function<void()>());
            }
        });
}

void SchemaVerbs::remove(const QString& what, std::function<Status(catalog::SchemaRegistry&, const CallOptions&)> act,
                         std::vector<VersionKey> versions, bool canRestore) {
    const auto title = versions.empty() ? tr("Deleting schemas") : tr("Deleting in %1").arg(versions.front().first);
    actOnRegistry(m_context, this, title, std::move(act), [this, what, canRestore, versions](const Status& status) {
        if (!status) {
            sayFailure(status.error());
            return;
        }
        sayDone(what, versions, canRestore);
    });
}

void SchemaVerbs::sayDone(const QString& what, const std::vector<VersionKey>& versions, bool canRestore) {
    if (canRestore && m_cantRestore.isEmpty()) {
        say(Tone::Ok, what, [this, versions] { bringBack(versions); });
    } else {
        say(Tone::Ok, what);
    }
}

void SchemaVerbs::restore() {
    bringBack(deletedVersions());
}

void SchemaVerbs::bringBack(const std::vector<VersionKey>& versions) {
    const bool isOne =
        std::ranges::all_of(versions, [&](const VersionKey& one) { return one.first == versions.front().first; });
    const auto subject = isOne && !versions.empty() ? versions.front().first : tr("several subjects");
    actOnRegistry(
        m_context, this, tr("Bringing back %1").arg(subject),
        [versions](catalog::SchemaRegistry& registry, const CallOptions& call) -> Status {
            for (const auto& [name, version] : versions) {
                if (auto status = registry.restoreVersion(name.toStdString(), version, call); !status) {
                    return status;
                }
            }
            return {};
        },
        [this, subject, count = static_cast<int>(versions.size())](const Status& status) {
            if (!status) {
                if (status.error().code == ErrorCode::Unsupported) {
                    m_cantRestore = text(status.error().message);
                }
                sayFailure(status.error());
                return;
            }
            say(Tone::Ok, tr("%n version(s) of %1 (is|are) back.", nullptr, count).arg(subject));
        });
}

void SchemaVerbs::sayFailure(const Error& error) {
    say(Tone::Danger, text(error.message));
    m_context.commands.refresh();
}

/// What came of it, with the way back beside it where there is one.
void SchemaVerbs::say(Tone tone, const QString& sentence, std::function<void()> bringBack) {
    m_message->clearActions();
    m_message->say(tone, sentence);
    if (bringBack) {
        m_message->addAction(tr("Bring Back"), std::move(bringBack));
    }
    m_message->addAction(tr("Dismiss"), [this] { m_message->hide(); });
    emit said();
}

} // namespace meshbone::ui
