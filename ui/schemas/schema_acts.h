// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_words.h"
#include "schemas/topic_names.h"
#include "shell/page.h"

#include <catalog/schema_book.h>
#include <catalog/schema_registry.h>

#include <QStringList>

#include <functional>

namespace meshbone::ui {

/// Why nothing can be done in the registry: there is none. Empty: it can be tried.
QString whyNoRegistry(const PageContext& context);

/// The topics that the backbone has, or the catalog knows, at this moment.
TopicNames knownTopics(const PageContext& context);
/// The subjects that describe a topic by its name and have a version that isn't deleted. `names` are all topics: a
/// subject is of the one with the longest name.
QStringList subjectsOf(const catalog::SchemaBook& book, const TopicNames& names, const QString& topic);

/// Changes something in the registry in a job; then the schemas are read again. `done` hears what came of it on the GUI
/// thread, unless `owner` is gone.
void actOnRegistry(PageContext& context, QObject* owner, const QString& title,
                   std::function<Status(catalog::SchemaRegistry&, const CallOptions&)> act,
                   std::function<void(const Status&)> done);

} // namespace meshbone::ui
