// SPDX-License-Identifier: Apache-2.0
// Addresses as a stranger may send them. Input: a path, and a query behind the first "?". What is decoded must encode
// to something that decodes to the same, and the router must find the same values as splitPath.
#include <backbone/http_router.h>

#include <cstdint>
#include <cstdlib>

using namespace meshbone::backbone;

namespace {

void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

const Router& router() {
    static const Router kRouter = [] {
        Router router;
        const auto ignore = [](const HttpRequest&, const RouteValues&, const HttpReply&) {};
        router.add("GET", "subjects", ignore);
        router.add("GET", "subjects/{subject}/versions/{version}", ignore);
        router.add("GET", "subjects/{subject}/versions/latest", ignore);
        router.add("POST", "{one}", ignore);
        return router;
    }();
    return kRouter;
}

void tryPath(std::string_view raw) {
    const auto segments = splitPath(raw);
    const auto found = router().find("GET", raw);
    check(segments ? found.status != 400 : found.status == 400);
    check(found.status == 200 || !found.sentence.empty());
    if (!segments) {
        return;
    }
    std::string again;
    for (const auto& segment : *segments) {
        again += "/" + encodeSegment(segment);
    }
    // A slash at the end adds no segment, so an empty last one needs two.
    again += segments->empty() || segments->back().empty() ? "/" : "";
    check(splitPath(again) == segments);
    if (found.status == 200 && segments->size() == 4) {
        check(found.values["subject"] == (*segments)[1]);
        check(found.values["version"] == ((*segments)[3] == "latest" ? "" : (*segments)[3]));
    }
    check(segments->size() != 1 || segments->front().empty() || segments->front() == "subjects" || found.status == 405);
}

void tryQuery(std::string_view raw) {
    const auto query = parseQuery(raw);
    if (!query) {
        return;
    }
    std::string again;
    for (const auto& [name, value] : query->parameters) {
        again += "&" + encodeSegment(name) + "=" + encodeSegment(value);
        check(query->find(name).has_value());
    }
    const auto reread = parseQuery(again);
    check(reread && reread->parameters == query->parameters);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto question = std::min(input.find('?'), input.size());
    tryPath(input.substr(0, question));
    tryQuery(input.substr(std::min(question + 1, input.size())));
    return 0;
}
