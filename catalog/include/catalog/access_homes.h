// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least.h>
#include <catalog/access_survey.h>

namespace meshbone::catalog {

/// To whom each topic that exists belongs, and how it is classified: for least privilege.
TopicHomes topicHomes(const Catalog& catalog, const AccessSurvey& survey);

} // namespace meshbone::catalog
