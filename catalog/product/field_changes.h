// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <map>
#include <string>
#include <vector>

namespace meshbone::catalog {

/// A thing as its fields, for a comparison. Null gives no fields, as for a thing that isn't there.
using Fields = std::map<std::string, std::string>;
Fields fieldsOf(const Person* person);
Fields fieldsOf(const Team* team);
Fields fieldsOf(const Domain* domain);
Fields fieldsOf(const Product* product);
Fields fieldsOf(const TopicNote* note);
Fields fieldsOf(const AccessRoles* roles);
Fields fieldsOf(const Principal* principal);
Fields fieldsOf(const Classified* classified);
Fields fieldsOf(const Policy* policy);
Fields fieldsOf(const AccessRequest* request);
Fields fieldsOf(const Grant* grant);
Fields fieldsOf(const BindingRecord* record);
Fields fieldsOf(const BindingReturns* returns);
Fields fieldsOf(const Campaign* campaign);
Fields fieldsOf(const AgreedContract* contract);

/// The fields that differ, sorted by name.
std::vector<FieldChange> changesBetween(const Fields& before, const Fields& after);

/// How the end that a renewal moves is named among the changes of the request that asked for it: none is without end.
inline constexpr const char* kRenewedEnd = "end of the grant";
FieldChange renewedEnd(TimestampMs beforeMs, TimestampMs afterMs);

/// "output orders" or "input orders": how a port is named as a field.
std::string portField(PortDirection direction, const std::string& topic);

} // namespace meshbone::catalog
