// SPDX-License-Identifier: Apache-2.0
#include <backbone/capabilities.h>

#include <algorithm>

namespace meshbone::backbone {

std::string_view featureTitle(Feature feature) {
    switch (feature) {
    case Feature::ReadAcls:
        return "read access control lists";
    case Feature::AlterAcls:
        return "change access control lists";
    case Feature::TopicConfigs:
        return "settings of topics";
    case Feature::Transactions:
        return "transactions";
    case Feature::Quotas:
        return "quotas";
    case Feature::ScramUsers:
        return "make users (SCRAM)";
    }
    return {};
}

std::string_view featureName(Feature feature) {
    switch (feature) {
    case Feature::ReadAcls:
        return "read_acls";
    case Feature::AlterAcls:
        return "alter_acls";
    case Feature::TopicConfigs:
        return "topic_configs";
    case Feature::Transactions:
        return "transactions";
    case Feature::Quotas:
        return "quotas";
    case Feature::ScramUsers:
        return "scram_users";
    }
    return {};
}

const FeatureCheck* Capabilities::find(Feature feature) const {
    const auto found = std::ranges::find(features, feature, &FeatureCheck::feature);
    return found == features.end() ? nullptr : &*found;
}

std::string Capabilities::whyNot(Feature feature) const {
    const auto* check = find(feature);
    return check == nullptr || check->available ? std::string() : check->sentence;
}

} // namespace meshbone::backbone
