// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/json_tree.h>

#include <QJsonValue>
#include <QString>

namespace meshbone::ui {

/// A JSON value laid out for reading, a member or item a line: members in their own order, numbers as they were
/// written. Ends in a line end.
QString indentedJson(const catalog::JsonTree& tree);
/// The same value as Qt has it: members by name, numbers as doubles.
catalog::JsonTree treeOf(const QJsonValue& value);

} // namespace meshbone::ui
