// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/messages/create_acls.h"
#include "wire/messages/delete_acls.h"
#include "wire/messages/describe_acls.h"

#include <backbone/acl.h>
#include <backbone/error.h>

namespace meshbone::backbone::broker {

// Kafka's messages about ACLs to and from our values.

/// The filter of a DescribeAcls request or of one entry of DeleteAcls, which have the same fields. Fails with
/// InvalidArgument, carrying INVALID_REQUEST, where a number is unknown.
Result<AclFilter> filterIn(const wire::DescribeAclsRequest& request);
Result<AclFilter> filterIn(const wire::DeleteAclsRequest::DeleteAclsFilter& filter);

/// A binding that may be created; refuses what Kafka's broker refuses, and no more: a binding that never matches is
/// accepted (whyNeverMatches() says so to people).
Result<AclBinding> bindingIn(const wire::CreateAclsRequest::AclCreation& creation);

wire::DeleteAclsResponse::DeleteAclsMatchingAcl matchingAcl(const AclBinding& binding);

} // namespace meshbone::backbone::broker
