// SPDX-License-Identifier: Apache-2.0
#include "profiles.h"

#include "secret_file.h"
#include "slug.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <system_error>

namespace meshbone::app {

namespace {

using backbone::KnownCluster;
using backbone::Profile;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxProfiles = 200;
constexpr int kVersion = 1;

struct Field {
    const char* name;
    std::string Profile::*value;
};
constexpr auto kFields = std::to_array<Field>({{"name", &Profile::name},
                                               {"bootstrap", &Profile::bootstrap},
                                               {"securityProtocol", &Profile::securityProtocol},
                                               {"mechanism", &Profile::saslMechanism},
                                               {"user", &Profile::user},
                                               {"password", &Profile::password},
                                               {"caFile", &Profile::caFile},
                                               {"certificateFile", &Profile::certificateFile},
                                               {"keyFile", &Profile::keyFile},
                                               {"keyPassword", &Profile::keyPassword}});

struct RegistryField {
    const char* name;
    std::string backbone::RegistryAccess::*value;
};
constexpr auto kRegistryFields =
    std::to_array<RegistryField>({{"registryUrl", &backbone::RegistryAccess::url},
                                  {"registryUser", &backbone::RegistryAccess::user},
                                  {"registryPassword", &backbone::RegistryAccess::password},
                                  {"registryCaFile", &backbone::RegistryAccess::caFile}});

const std::string& nameOf(const KnownCluster& cluster) {
    return cluster.profile.name;
}

Json jsonOf(const KnownCluster& cluster) {
    const auto& profile = cluster.profile;
    Json json;
    for (const auto& field : kFields) {
        if (const auto& value = profile.*field.value; !value.empty()) {
            json[field.name] = value;
        }
    }
    if (!profile.properties.empty()) {
        json["properties"] = profile.properties;
    }
    for (const auto& field : kRegistryFields) {
        if (const auto& value = cluster.registry.*field.value; !value.empty()) {
            json[field.name] = value;
        }
    }
    if (cluster.production) {
        json["production"] = true;
    }
    return json;
}

/// Throws nlohmann's exceptions for what has another type.
KnownCluster clusterOf(const Json& json) {
    KnownCluster cluster;
    auto& profile = cluster.profile;
    profile.name.clear();
    for (const auto& field : kFields) {
        profile.*field.value = json.value(field.name, profile.*field.value);
    }
    profile.properties = json.value("properties", profile.properties);
    for (const auto& field : kRegistryFields) {
        cluster.registry.*field.value = json.value(field.name, std::string());
    }
    cluster.production = json.value("production", false);
    return cluster;
}

bool isThere(const ProfileList& list, const std::string& name) {
    return name == kEmbeddedProfile || std::ranges::find(list.clusters, name, nameOf) != list.clusters.end();
}

Status write(const std::filesystem::path& dataDirectory, ProfileList list) {
    std::ranges::sort(list.clusters, {}, nameOf);
    Json json{{"version", kVersion}, {"lastUsed", list.lastUsed}, {"profiles", Json::array()}};
    for (const auto& cluster : list.clusters) {
        json["profiles"].push_back(jsonOf(cluster));
    }
    std::error_code ignored; // the file says what can't be done
    std::filesystem::create_directories(dataDirectory, ignored);
    return writePrivateFile(profilesFile(dataDirectory), json.dump(2) + "\n");
}

Status refuse(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

Status checkName(const ProfileList& list, const std::string& name) {
    if (name.empty() || name.size() > kMaxNameBytes || slug(name).empty()) {
        return refuse("A profile needs a name of at most 64 bytes with at least one letter (a to z) or digit.");
    }
    if (slug(name) == kEmbeddedProfile) {
        return refuse("The name 'embedded' is the embedded backbone's; choose another.");
    }
    for (const auto& other : list.clusters) {
        if (nameOf(other) != name && slug(nameOf(other)) == slug(name)) {
            return refuse("The name is too much like that of the profile '" + nameOf(other) +
                          "': both would keep their state in one folder.");
        }
    }
    return {};
}

} // namespace

std::filesystem::path profilesFile(const std::filesystem::path& dataDirectory) {
    return dataDirectory / "profiles.json";
}

Result<ProfileList> readProfiles(const std::filesystem::path& dataDirectory) {
    const auto path = profilesFile(dataDirectory);
    const auto content = readSmallFile(path);
    if (!content) {
        return content.error().code == ErrorCode::NotFound ? Result<ProfileList>() : std::unexpected(content.error());
    }
    // Whoever copied it may have left it open to others.
    std::error_code ignored;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                 ignored);
    try {
        const auto json = Json::parse(*content);
        ProfileList list;
        for (const auto& one : json.at("profiles")) {
            list.clusters.push_back(clusterOf(one));
        }
        const auto last = json.value("lastUsed", std::string(kEmbeddedProfile));
        list.lastUsed = isThere(list, last) ? last : std::string(kEmbeddedProfile);
        return list;
    } catch (const nlohmann::json::exception& error) {
        return fail(ErrorCode::Corrupt, "The profiles in '" + path.string() + "' can't be read (" + error.what() +
                                            "); mend the file, or move it away and enter them anew.");
    }
}

Result<KnownCluster> profileNamed(const std::filesystem::path& dataDirectory, const std::string& name) {
    const auto list = readProfiles(dataDirectory);
    if (!list) {
        return std::unexpected(list.error());
    }
    const auto found = std::ranges::find(list->clusters, name, nameOf);
    if (found != list->clusters.end()) {
        return *found;
    }
    std::string known(kEmbeddedProfile);
    for (const auto& cluster : list->clusters) {
        known += ", " + nameOf(cluster);
    }
    return fail(ErrorCode::NotFound,
                "There is no profile '" + name + "' in '" + dataDirectory.string() + "'; there are: " + known + ".");
}

Status saveProfile(const std::filesystem::path& dataDirectory, const KnownCluster& cluster) {
    auto list = readProfiles(dataDirectory);
    if (!list) {
        return std::unexpected(list.error());
    }
    if (const auto named = checkName(*list, nameOf(cluster)); !named) {
        return named;
    }
    if (const auto valid = backbone::validateProfile(cluster.profile); !valid) {
        return valid;
    }
    std::erase_if(list->clusters, [&](const KnownCluster& one) { return nameOf(one) == nameOf(cluster); });
    if (list->clusters.size() >= kMaxProfiles) {
        return fail(ErrorCode::Exhausted, "There are 200 profiles, the most that are kept; remove one first.");
    }
    list->clusters.push_back(cluster);
    return write(dataDirectory, std::move(*list));
}

Status removeProfile(const std::filesystem::path& dataDirectory, const std::string& name) {
    auto list = readProfiles(dataDirectory);
    if (!list) {
        return std::unexpected(list.error());
    }
    if (std::erase_if(list->clusters, [&](const KnownCluster& one) { return nameOf(one) == name; }) == 0) {
        return fail(ErrorCode::NotFound, "There is no profile '" + name + "'.");
    }
    list->lastUsed = isThere(*list, list->lastUsed) ? list->lastUsed : std::string(kEmbeddedProfile);
    return write(dataDirectory, std::move(*list));
}

Status rememberProfile(const std::filesystem::path& dataDirectory, const std::string& name) {
    auto list = readProfiles(dataDirectory);
    if (!list) {
        return std::unexpected(list.error());
    }
    if (list->lastUsed == name || !isThere(*list, name)) {
        return {};
    }
    list->lastUsed = name;
    return write(dataDirectory, std::move(*list));
}

} // namespace meshbone::app
