// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// What settings are kept under: a subject, a context (":.ctx:"), or empty for all.
std::string scopeOf(const RestCall& call, const backbone::RouteValues& values) {
    const auto name = values["subject"];
    if (name.empty()) {
        return call.context == "." ? std::string() : fmt::format(":{}:", call.context);
    }
    const auto subject = call.subject(name);
    return subject.subject.empty() && subject.context == "." ? std::string() : subject.toString();
}

constexpr auto kDefaultConfig = R"({"compatibilityLevel":"BACKWARD"})";

void getConfig(const RestContext& context, RestCall call, const std::string& scope) {
    auto shown = context.service.registry().read([&](const RegistryState& state) -> std::optional<std::string> {
        if (scope.empty() || call.flag("defaultToGlobal")) {
            return configInScope(state, SubjectName::parse(scope));
        }
        const auto* own = state.config(scope);
        return own ? std::optional(shownConfig(*own)) : std::nullopt;
    });
    shown ? call.answer(std::move(*shown))
          : call.answer(RegistryError{
                40408, fmt::format("Subject '{}' does not have subject-level compatibility configured", scope)});
}

struct ChangedSetting {
    std::string answer;
    std::vector<RegistryRecord> records;
};

void change(const RestContext& context, RestCall call,
            std::move_only_function<RegistryResult<ChangedSetting>(const RegistryState&)> decide) {
    const auto shared = std::make_shared<RestCall>(std::move(call));
    context.service.change<ChangedSetting>(
        [decide = std::move(decide)](const RegistryState& state, ParsedCache&) mutable { return decide(state); },
        [shared](RegistryResult<ChangedSetting> changed) {
            changed ? shared->answer(std::move(changed->answer)) : shared->answer(changed.error());
        });
}

void putConfig(const RestContext& context, RestCall call, const std::string& scope) {
    const auto body = readBody(call.request.body);
    if (!body) {
        return call.answer(body.error());
    }
    const auto sent = dumpJson(*body);
    change(context, std::move(call), [scope, sent](const RegistryState& state) -> RegistryResult<ChangedSetting> {
        auto record = decideConfig(state, scope, sent);
        if (!record) {
            return std::unexpected(record.error());
        }
        ChangedSetting changed{sent, {}};
        if (record->json || state.config(scope)) { // else what is to be taken away isn't there
            changed.records.push_back(std::move(*record));
        }
        return changed;
    });
}

void deleteConfig(const RestContext& context, RestCall call, const std::string& scope) {
    change(context, std::move(call), [scope](const RegistryState& state) -> RegistryResult<ChangedSetting> {
        const auto* own = state.config(scope);
        if (!own && !scope.empty()) {
            return refuse(40401, fmt::format("Subject '{}' not found.", scope));
        }
        if (auto checked = checkChangeable(state, scope); !checked) {
            return std::unexpected(std::move(checked.error()));
        }
        if (!own) {
            return ChangedSetting{kDefaultConfig, {}};
        }
        return ChangedSetting{shownConfig(*own), {ConfigRecord{scope, std::nullopt}}};
    });
}

std::string modeJson(SubjectMode mode) {
    return dumpJson(RestJson{{"mode", modeName(mode)}});
}

void getMode(const RestContext& context, RestCall call, const std::string& scope) {
    const auto mode = context.service.registry().read([&](const RegistryState& state) {
        auto own = state.mode(scope);
        if (!own && (scope.empty() || call.flag("defaultToGlobal"))) {
            own = scope.empty() ? SubjectMode::ReadWrite : modeInScope(state, SubjectName::parse(scope));
        }
        return own;
    });
    mode ? call.answer(modeJson(*mode))
         : call.answer(
               RegistryError{40409, fmt::format("Subject '{}' does not have subject-level mode configured", scope)});
}

void putMode(const RestContext& context, RestCall call, const std::string& scope) {
    const auto body = readBody(call.request.body);
    if (!body) {
        return call.answer(body.error());
    }
    const auto given = body->find("mode");
    const auto mode = given != body->end() && given->is_string() ? given->get<std::string>() : std::string();
    const bool isForced = call.flag("force");
    change(context, std::move(call),
           [scope, mode, isForced](const RegistryState& state) -> RegistryResult<ChangedSetting> {
               auto record = decideMode(state, scope, mode, isForced);
               return record ? RegistryResult<ChangedSetting>(ChangedSetting{modeJson(*record->mode), {*record}})
                             : std::unexpected(record.error());
           });
}

/// Of a context or of all, `recursive=true` takes away the modes of the subjects in it too.
void deleteMode(const RestContext& context, RestCall call, const std::string& scope) {
    const bool isRecursive = call.flag("recursive") && SubjectName::parse(scope).subject.empty();
    change(context, std::move(call),
           [scope, isRecursive](const RegistryState& state) -> RegistryResult<ChangedSetting> {
               const auto own = state.mode(scope);
               if (!own && !scope.empty() && !isRecursive) {
                   return refuse(40401, fmt::format("Subject '{}' not found.", scope));
               }
               ChangedSetting changed{modeJson(own.value_or(SubjectMode::ReadWrite)), {}};
               for (const auto& [name, mode] : state.modes()) {
                   if (name == scope || (isRecursive && name.starts_with(scope))) {
                       changed.records.emplace_back(ModeRecord{name, std::nullopt});
                   }
               }
               return changed;
           });
}

/// Our own: all settings at once, which Confluent's registry tells one by one. {"": {"config": {…},
/// "configMs": …, "mode": "…"}, …}; the time is when the configuration was written.
void allSettings(const RestContext& context, RestCall call) {
    auto json = RestJson::object();
    context.service.registry().read([&](const RegistryState& state) {
        for (const auto& [subject, config] : state.configs()) {
            if (context.mayDo(call, RegistryAction::ReadSettings, subject)) {
                json[subject]["config"] = RestJson::parse(shownConfig(config), nullptr, false);
                json[subject]["configMs"] = state.configMs(subject);
            }
        }
        for (const auto& [subject, mode] : state.modes()) {
            if (context.mayDo(call, RegistryAction::ReadSettings, subject)) {
                json[subject]["mode"] = modeName(mode);
            }
        }
    });
    call.answer(dumpJson(json));
}

/// Only with rights over the whole registry may a context be taken away.
void addContextRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "contexts", [&context](RestCall call, const backbone::RouteValues&) {
        auto all = context.service.registry().read([](const RegistryState& state) { return state.contexts(); });
        const auto prefix = call.text("contextPrefix");
        std::erase_if(all, [&](const std::string& one) { return !one.starts_with(prefix); });
        call.answer(dumpJson(RestJson(page(call, std::move(all)))));
    });
    add("DELETE", "contexts/{name}", [&context](RestCall call, const backbone::RouteValues& values) {
        const auto name = parseContext(values["name"]);
        if (!name) {
            return call.answer(name.error());
        }
        if (!context.check(call, RegistryAction::WriteSettings, {})) {
            return;
        }
        change(context, std::move(call), [name = *name](const RegistryState& state) -> RegistryResult<ChangedSetting> {
            auto record = decideDeleteContext(state, name);
            return record ? RegistryResult<ChangedSetting>(ChangedSetting{{}, {*record}})
                          : std::unexpected(record.error());
        });
    });
}

void addServerRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "", [](RestCall call, const backbone::RouteValues&) { call.answer("{}"); });
    add("GET", "v1/metadata/id", [&context](RestCall call, const backbone::RouteValues&) {
        const RestJson clusters{{"kafka-cluster", context.options.clusterId}, {"schema-registry-cluster", "meshbone"}};
        call.answer(dumpJson(RestJson{{"scope", {{"path", RestJson::array()}, {"clusters", clusters}}}, {"id", ""}}));
    });
    add("GET", "v1/metadata/version", [&context](RestCall call, const backbone::RouteValues&) {
        call.answer(dumpJson(RestJson{{"version", context.options.version}, {"commitId", "meshbone"}}));
    });
    add("GET", "v1/metadata/deployment", // what Confluent's says of itself where it isn't its cloud
        [](RestCall call, const backbone::RouteValues&) { call.answer(R"({"attributes":["opensource"]})"); });
}

} // namespace

void addSettingRoutes(const RestContext& context, const AddRoute& add) {
    const auto both = [&](const char* method, const std::string& what, RegistryAction action, auto serve) {
        for (const auto& pattern : {what, what + "/{subject}"}) {
            add(method, pattern, [&context, action, serve](RestCall call, const backbone::RouteValues& values) {
                const auto scope = scopeOf(call, values);
                if (context.check(call, action, scope)) {
                    serve(context, std::move(call), scope);
                }
            });
        }
    };
    both("GET", "config", RegistryAction::ReadSettings, getConfig);
    both("PUT", "config", RegistryAction::WriteSettings, putConfig);
    both("DELETE", "config", RegistryAction::WriteSettings, deleteConfig);
    both("GET", "mode", RegistryAction::ReadSettings, getMode);
    both("PUT", "mode", RegistryAction::WriteSettings, putMode);
    both("DELETE", "mode", RegistryAction::WriteSettings, deleteMode);
    add("GET", "meshbone/v1/settings",
        [&context](RestCall call, const backbone::RouteValues&) { allSettings(context, std::move(call)); });
    addContextRoutes(context, add);
    addServerRoutes(context, add);
}

} // namespace meshbone::catalog
