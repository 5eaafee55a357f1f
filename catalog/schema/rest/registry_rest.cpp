// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/registry_rest.h"

#include "schema/rest/rest_call.h"

namespace meshbone::catalog {

namespace {

/// What to say of a path that the router can't read: a subject with a zero byte is no valid one, as with other control
/// characters.
RegistryError unreadablePath(std::string_view rawPath, const std::string& sentence) {
    constexpr std::string_view kZero = "%00";
    for (const std::string_view before : {"/subjects/", "/config/", "/mode/"}) {
        const auto at = rawPath.find(before);
        if (at == std::string_view::npos) {
            continue;
        }
        std::string subject(rawPath.substr(at + before.size()));
        subject.resize(std::min(subject.find('/'), subject.size()));
        if (const auto zero = subject.find(kZero); zero != std::string::npos) {
            subject.replace(zero, kZero.size(), 1, '\0');
            const auto checked = checkSubject(SubjectName::parse(subject));
            return checked ? RegistryError{400, sentence} : checked.error();
        }
    }
    return {400, sentence};
}

} // namespace

struct RegistryRest::Routes {
    RestContext context;
    backbone::Router router;
};

std::string_view registryActionName(RegistryAction action) {
    constexpr std::array<std::string_view, 5> kNames{"Read", "Write", "Delete", "ReadCompatibility",
                                                     "WriteCompatibility"};
    return kNames[static_cast<std::size_t>(action)];
}

RegistryRest::RegistryRest(RegistryService& service, SchemaServiceOptions options)
    : m_routes(std::make_unique<Routes>(RestContext{service, std::move(options)}, backbone::Router())) {
    const auto add = [this](const std::string& method, const std::string& pattern, const RestAction& action) {
        const auto serve = [action](backbone::HttpRequest request, const backbone::RouteValues& values,
                                    backbone::HttpReply reply) {
            RestCall call{std::move(request), {}, std::move(reply)};
            if (!values["context"].empty()) {
                auto context = parseContext(values["context"]);
                if (!context) {
                    return call.answer(context.error());
                }
                call.context = std::move(*context);
                call.isInContext = true;
            }
            call.takesUnknown = call.request.header("Confluent-Accept-Unknown-Properties") == "true";
            auto query = backbone::parseQuery(call.request.query);
            if (!query) {
                return call.answer(RegistryError{400, query.error().message});
            }
            call.query = std::move(*query);
            action(std::move(call), values);
        };
        m_routes->router.add(method, pattern, serve);
        m_routes->router.add(method, "contexts/{context}/" + pattern, serve);
    };
    addSubjectRoutes(m_routes->context, add);
    addVersionRoutes(m_routes->context, add);
    addReadRoutes(m_routes->context, add);
    addListRoutes(m_routes->context, add);
    addSchemaRoutes(m_routes->context, add);
    addCompatibilityRoutes(m_routes->context, add);
    addSettingRoutes(m_routes->context, add);
    addEvidenceRoutes(m_routes->context, add);
    m_routes->router.setRefusal([](int status, const std::string& sentence, const backbone::HttpRequest& request) {
        backbone::HttpResponse refused;
        RestCall call{
            request, {}, backbone::HttpReply([&](backbone::HttpResponse response) { refused = std::move(response); })};
        call.answer(status == 400 ? unreadablePath(request.rawPath, sentence)
                                  : RegistryError{status, status == 404 ? "HTTP 404 Not Found" : sentence});
        return refused;
    });
}

RegistryRest::~RegistryRest() = default;

void RegistryRest::stop() {
    m_routes->context.checks->stop(); // first: what it refuses may still ask for words
    m_routes->context.refusals->stop();
}

namespace {
struct Nothing {
    std::vector<RegistryRecord> records;
};
} // namespace

/// "Not found" of what is only not read yet would be believed: it waits with the changes, which wait for that too.
void RegistryRest::serveLater(backbone::HttpRequest request, backbone::HttpReply reply) const {
    m_routes->context.service.change<Nothing>(
        [](const RegistryState&, ParsedCache&) { return Nothing{}; },
        [this, request = std::move(request), reply = std::move(reply)](RegistryResult<Nothing> isRead) mutable {
            if (!isRead) {
                RestCall call{std::move(request), {}, std::move(reply)};
                return call.answer(isRead.error());
            }
            m_routes->router.serve(std::move(request), std::move(reply));
        });
}

void RegistryRest::serve(backbone::HttpRequest request, backbone::HttpReply reply) const {
    if (!m_routes->context.service.registry().isComplete()) {
        return serveLater(std::move(request), std::move(reply));
    }
    m_routes->router.serve(std::move(request), std::move(reply));
}

} // namespace meshbone::catalog
