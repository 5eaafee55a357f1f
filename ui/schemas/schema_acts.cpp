// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_acts.h"

#include "widgets/format.h"

#include <QCoreApplication>

namespace meshbone::ui {

QString whyNoRegistry(const PageContext& context) {
    if (context.schemas.registry() != nullptr) {
        return {};
    }
    const auto problem = text(context.services.schemasProblem);
    return problem.isEmpty() ? QCoreApplication::translate("Schemas", "No schema registry is known for this cluster.")
                             : problem;
}

TopicNames knownTopics(const PageContext& context) {
    return {context.health.facts(), context.feed.catalog()};
}

QStringList subjectsOf(const catalog::SchemaBook& book, const TopicNames& names, const QString& topic) {
    QStringList found;
    const auto name = topic.toStdString();
    for (const auto& subject : book.subjectsOfTopic(name)) {
        if (names.topicOf(subject) == name && book.latest(subject)) {
            found << text(subject);
        }
    }
    return found;
}

void actOnRegistry(PageContext& context, QObject* owner, const QString& title,
                   std::function<Status(catalog::SchemaRegistry&, const CallOptions&)> act,
                   std::function<void(const Status&)> done) {
    JobOptions options;
    options.title = title;
    options.cancellable = false; // half a change is worse than a late one
    context.jobs.run(
        owner, options,
        [registry = context.schemas.registry(), act = std::move(act)](const JobContext& job) -> Status {
            return act(*registry, job.call(std::chrono::seconds(30)));
        },
        [&context, done = std::move(done)](const Status& status) {
            context.schemas.reload();
            done(status);
        });
}

} // namespace meshbone::ui
