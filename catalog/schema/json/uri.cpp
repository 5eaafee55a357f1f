// SPDX-License-Identifier: Apache-2.0
#include "schema/json/uri.h"

#include <cstdint>
#include <optional>

namespace meshbone::catalog::jsonschema {

namespace {

/// The parts of a URI reference; views of the text that it was made from.
struct UriParts {
    std::optional<std::string_view> scheme, authority, query, fragment;
    std::string_view path;
};

bool isSchemeText(std::string_view text) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !isLetter(text.front())) {
        return false;
    }
    for (const char c : text) {
        if (!isLetter(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') {
            return false;
        }
    }
    return true;
}

UriParts partsOf(std::string_view uri) {
    UriParts parts;
    if (const auto mark = uri.find('#'); mark != std::string_view::npos) {
        parts.fragment = uri.substr(mark + 1);
        uri = uri.substr(0, mark);
    }
    if (const auto mark = uri.find('?'); mark != std::string_view::npos) {
        parts.query = uri.substr(mark + 1);
        uri = uri.substr(0, mark);
    }
    if (const auto mark = uri.find(':'); mark != std::string_view::npos && isSchemeText(uri.substr(0, mark))) {
        parts.scheme = uri.substr(0, mark);
        uri = uri.substr(mark + 1);
    }
    if (uri.starts_with("//")) {
        const auto end = uri.find('/', 2);
        parts.authority = uri.substr(2, end == std::string_view::npos ? end : end - 2);
        uri = end == std::string_view::npos ? std::string_view() : uri.substr(end);
    }
    parts.path = uri;
    return parts;
}

std::string withoutDots(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        if (path.starts_with("../")) {
            path.remove_prefix(3);
        } else if (path.starts_with("./")) {
            path.remove_prefix(2);
        } else if (path.starts_with("/./") || path == "/.") {
            path = path.size() == 2 ? std::string_view("/") : path.substr(2);
        } else if (path.starts_with("/../") || path == "/..") {
            path = path.size() == 3 ? std::string_view("/") : path.substr(3);
            const auto last = out.rfind('/');
            out.resize(last == std::string::npos ? 0 : last);
        } else if (path == "." || path == "..") {
            path = {};
        } else {
            const auto end = path.find('/', 1);
            out += path.substr(0, end);
            path = end == std::string_view::npos ? std::string_view() : path.substr(end);
        }
    }
    return out;
}

std::string mergedPath(const UriParts& base, std::string_view path) {
    if (base.authority && base.path.empty()) {
        return "/" + std::string(path);
    }
    const auto last = base.path.rfind('/');
    return std::string(last == std::string_view::npos ? std::string_view() : base.path.substr(0, last + 1)) +
           std::string(path);
}

std::string joined(const UriParts& parts, std::string_view path, std::optional<std::string_view> query) {
    std::string out;
    if (parts.scheme) {
        out += std::string(*parts.scheme) + ":";
    }
    if (parts.authority) {
        out += "//" + std::string(*parts.authority);
    }
    out += path;
    if (query) {
        out += "?" + std::string(*query);
    }
    return out;
}

int hexDigit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

} // namespace

std::string resolveUri(std::string_view base, std::string_view reference) {
    const UriParts from = partsOf(base);
    const UriParts to = partsOf(reference);
    std::string out;
    if (to.scheme) {
        out = joined(to, to.authority ? withoutDots(to.path) : std::string(to.path), to.query);
    } else if (to.authority) {
        UriParts parts = to;
        parts.scheme = from.scheme;
        out = joined(parts, withoutDots(to.path), to.query);
    } else if (to.path.empty()) {
        out = joined(from, from.path, to.query ? to.query : from.query);
    } else {
        out = joined(from, withoutDots(to.path.starts_with('/') ? std::string(to.path) : mergedPath(from, to.path)),
                     to.query);
    }
    if (to.fragment) {
        out += "#" + std::string(*to.fragment);
    }
    return out;
}

std::pair<std::string, std::string> splitFragment(std::string_view uri) {
    const auto mark = uri.find('#');
    if (mark == std::string_view::npos) {
        return {std::string(uri), {}};
    }
    std::string fragment;
    for (std::size_t i = mark + 1; i < uri.size(); ++i) {
        if (uri[i] == '%' && i + 2 < uri.size() && hexDigit(uri[i + 1]) >= 0 && hexDigit(uri[i + 2]) >= 0) {
            fragment += static_cast<char>(hexDigit(uri[i + 1]) * 16 + hexDigit(uri[i + 2]));
            i += 2;
        } else {
            fragment += uri[i];
        }
    }
    return {std::string(uri.substr(0, mark)), fragment};
}

std::vector<std::string> pointerSteps(std::string_view pointer) {
    std::vector<std::string> steps;
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '/') {
            steps.emplace_back();
        } else if (steps.empty()) {
            break;
        } else if (pointer[i] == '~' && i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
            steps.back() += pointer[++i] == '0' ? '~' : '/';
        } else {
            steps.back() += pointer[i];
        }
    }
    return steps;
}

std::string pointerStep(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

} // namespace meshbone::catalog::jsonschema
