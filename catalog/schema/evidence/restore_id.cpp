// SPDX-License-Identifier: Apache-2.0
#include <catalog/restore_id.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// Told as "it" in sentences: "orders-value version 3", with "(deleted)" where it is.
std::string nameOf(const SchemaVersion& version) {
    return fmt::format("{} version {}{}", version.subject, version.version, version.isDeleted ? " (deleted)" : "");
}

bool isSame(const SchemaBook& book, const SchemaVersion& known, const LostSchema& lost, const ParsedSchema& parsed) {
    const auto other = book.parsed(known);
    return other && known.definition->type == lost.definition.type &&
           known.definition->references == lost.definition.references &&
           ((*other)->canonicalText() == parsed.canonicalText() ||
            (*other)->normalizedText() == parsed.normalizedText());
}

/// What stands against it by what is known, before anything is changed.
Status checkFree(const SchemaBook& book, const LostSchema& lost) {
    if (lost.given.id.value() < 1) {
        return fail(ErrorCode::InvalidArgument, "An id is a number from 1 on.");
    }
    const auto parsed = book.parse(lost.subject, lost.definition);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto context = SubjectName::parse(lost.subject).context;
    for (const auto& known : book.versions()) {
        if (known.id == lost.given.id && SubjectName::parse(known.subject).context == context &&
            !isSame(book, known, lost, **parsed)) {
            return fail(ErrorCode::Conflict, fmt::format("Id {} is taken: it stands for another schema, that of {}.",
                                                         lost.given.id.value(), nameOf(known)));
        }
    }
    const auto there = book.version(lost.subject, lost.given.version);
    if (lost.given.version > 0 && there && there->id != lost.given.id) {
        return fail(ErrorCode::Conflict, fmt::format("{} is there already, with id {}. Leave the version out, or give "
                                                     "one that is free.",
                                                     nameOf(*there), there->id.value()));
    }
    return {};
}

struct Modes {
    std::optional<SubjectMode> own; ///< nothing: as the registry
    bool isImport = false;
};

Result<Modes> modesOf(SchemaRegistry& registry, const std::string& subject, const CallOptions& call) {
    const auto settings = registry.settings({subject}, call);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    const auto modeOf = [&](const std::string& name) {
        const auto found = std::ranges::find(*settings, name, &SubjectSettings::subject);
        return found == settings->end() ? std::nullopt : found->mode;
    };
    Modes modes{modeOf(subject), false};
    modes.isImport = (modes.own ? modes.own : modeOf({})) == SubjectMode::Import;
    return modes;
}

Status beginImport(SchemaRegistry& registry, const std::string& subject, const CallOptions& call) {
    const auto set = registry.setMode(subject, SubjectMode::Import, true, call);
    if (set || set.error().code == ErrorCode::Unavailable || set.error().code == ErrorCode::PermissionDenied) {
        return set;
    }
    return fail(ErrorCode::Unsupported,
                fmt::format("This schema registry doesn't let {} be set to IMPORT, the mode in which ids can be given: "
                            "{}",
                            subject, set.error().message));
}

std::string leftWords(const std::string& subject, const std::string& why) {
    return fmt::format("The mode of {} couldn't be put back and is still IMPORT, in which versions are taken only with "
                       "an id: {} Set it yourself, with 'meshctl schema settings {} --mode default'.",
                       subject, why, subject);
}

Result<RegisteredSchema> registerGiven(SchemaRegistry& registry, const LostSchema& lost, const CallOptions& call) {
    const auto done = registry.registerWithId(lost.subject, lost.definition, lost.given, call);
    if (!done) {
        return std::unexpected(done.error().error);
    }
    if (done->id != lost.given.id) {
        return fail(ErrorCode::Unsupported,
                    fmt::format("This schema registry takes no ids: it has registered the schema as {} version {} with "
                                "id {}, not {}. Delete that version if it isn't wanted.",
                                lost.subject, done->version, done->id.value(), lost.given.id.value()));
    }
    return *done;
}

} // namespace

Result<RestoredId> restoreId(SchemaRegistry& registry, const SchemaBook& book, const LostSchema& lost,
                             const CallOptions& call) {
    if (const auto free = checkFree(book, lost); !free) {
        return std::unexpected(free.error());
    }
    const auto modes = modesOf(registry, lost.subject, call);
    if (!modes) {
        return std::unexpected(modes.error());
    }
    const CallOptions anyway{call.timeout, {}}; // whoever stops it wants the subject as it was
    if (!modes->isImport) {
        if (const auto begun = beginImport(registry, lost.subject, call); !begun) {
            // An answer that didn't come may have been a yes.
            if (begun.error().code != ErrorCode::Unsupported) {
                (void)registry.setMode(lost.subject, modes->own, true, anyway);
            }
            return std::unexpected(begun.error());
        }
    }
    const auto done = registerGiven(registry, lost, call);
    const auto back = modes->isImport ? Status() : registry.setMode(lost.subject, modes->own, true, anyway);
    if (!back) {
        return fail(back.error().code, fmt::format("{} {}",
                                                   done ? fmt::format("Id {} is back, as {} version {}.",
                                                                      done->id.value(), lost.subject, done->version)
                                                        : done.error().message,
                                                   leftWords(lost.subject, back.error().message)));
    }
    return done ? Result<RestoredId>(RestoredId{*done, modes->isImport, modes->own}) : std::unexpected(done.error());
}

} // namespace meshbone::catalog
