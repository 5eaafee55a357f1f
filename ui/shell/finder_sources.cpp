// SPDX-License-Identifier: Apache-2.0
#include "shell/finder.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kPerGroup = 8;

QString tr(const char* text, const char* comment = nullptr, int n = -1) {
    return QCoreApplication::translate("Finder", text, comment, n);
}

bool matches(const QString& text, const QStringList& words) {
    return std::ranges::all_of(words, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// Collects the items of one group, the best first: names that begin with the text before those that contain it.
class Group {
public:
    Group(QString title, const QString& query)
        : m_title(std::move(title))
        , m_query(query)
        , m_words(query.split(u' ', Qt::SkipEmptyParts)) {}
    void offer(FinderItem item) {
        if (!matches(item.text, m_words)) {
            return;
        }
        item.group = m_title;
        (item.text.startsWith(m_query, Qt::CaseInsensitive) ? m_first : m_then) << std::move(item);
    }
    [[nodiscard]] QList<FinderItem> take(int most = kPerGroup) {
        m_first += m_then;
        return m_first.mid(0, most);
    }

private:
    QString m_title, m_query;
    QStringList m_words;
    QList<FinderItem> m_first, m_then;
};

FinderItem goal(PageContext& context, const QString& icon, const QString& text, const QString& detail,
                const QString& page, const Selection& selection) {
    return {{}, icon, text, detail, {}, {}, [&context, page, selection] { context.navigator.goTo(page, selection); }};
}

QList<FinderItem> findTopics(PageContext& context, const QString& query, const QString& page) {
    Group group(tr("Topics"), query);
    const auto catalog = context.feed.catalog();
    for (const auto& topic : context.health.facts()->topics) {
        if (topic.internal) {
            continue;
        }
        const auto* facts = catalog->topic(topic.name);
        auto detail = tr("%n partition(s)", nullptr, static_cast<int>(topic.partitions));
        if (facts != nullptr && !facts->domain.empty()) {
            detail = QStringLiteral("%1, %2").arg(text(catalog->domainName(facts->domain)), detail);
        }
        group.offer(goal(context, QStringLiteral("topic"), text(topic.name), detail, page,
                         {SelectionKind::Topic, text(topic.name)}));
    }
    return group.take();
}

QList<FinderItem> findCatalog(PageContext& context, const QString& query) {
    const auto catalog = context.feed.catalog();
    const auto page = QStringLiteral("products");
    Group products(tr("Products and domains"), query), people(tr("People"), query);
    for (const auto& product : catalog->products) {
        products.offer(goal(context, QStringLiteral("product"), text(product.name),
                            text(catalog->domainName(product.domain)), page,
                            {SelectionKind::Product, text(product.id)}));
    }
    for (const auto& domain : catalog->domains) {
        products.offer(goal(context, QStringLiteral("domain"), text(domain.name), tr("domain"), page,
                            {SelectionKind::Domain, text(domain.id)}));
    }
    for (const auto& team : catalog->teams) {
        people.offer(goal(context, QStringLiteral("people"), text(team.name.empty() ? team.id : team.name), tr("team"),
                          page, {SelectionKind::Team, text(team.id)}));
    }
    for (const auto& person : catalog->people) {
        people.offer(goal(context, QStringLiteral("person"), text(person.name.empty() ? person.id : person.name),
                          tr("person"), page, {SelectionKind::Person, text(person.id)}));
    }
    return products.take() + people.take();
}

QList<FinderItem> findNodes(PageContext& context, const QString& query) {
    if (context.services.lineage == nullptr || query.isEmpty()) {
        return {};
    }
    Group group(tr("Lineage"), query);
    for (const auto& node : context.services.lineage->search(query.toStdString(), kPerGroup * 2)) {
        if (node.kind == lineage::NodeKind::Topic) {
            continue; // found as a topic already
        }
        const auto icon = node.kind == lineage::NodeKind::Client ? QStringLiteral("terminal")
                          : node.kind == lineage::NodeKind::Task ? QStringLiteral("task")
                                                                 : QStringLiteral("store");
        const auto kind = node.kind == lineage::NodeKind::Task    ? tr("stream task")
                          : node.kind == lineage::NodeKind::Store ? tr("external store")
                          : node.producer && !node.consumer       ? tr("producer")
                                                                  : tr("consumer");
        group.offer(goal(context, icon, text(node.name), kind, QStringLiteral("lineage"),
                         {SelectionKind::Client, text(node.name)}));
    }
    return group.take();
}

QList<FinderItem> findSchemas(PageContext& context, const QString& query) {
    Group group(tr("Schemas"), query);
    const auto& book = *context.schemas.book();
    for (const auto& subject : book.subjects()) {
        const auto latest = book.latest(subject);
        const auto detail = latest ? tr("schema, version %1").arg(latest->version) : tr("schema");
        group.offer(goal(context, QStringLiteral("schema"), text(subject), detail, QStringLiteral("schemas"),
                         {SelectionKind::Schema, text(subject)}));
    }
    return group.take();
}

bool has(const PageRegistry& pages, const QString& id) {
    return std::ranges::any_of(pages, [&](const PageEntry& page) { return page.id == id; });
}

} // namespace

QList<FinderItem> findThings(PageContext& context, const PageRegistry& pages, const QString& query) {
    QList<FinderItem> items;
    const auto topicPage = has(pages, QStringLiteral("topics")) ? QStringLiteral("topics") : QStringLiteral("products");
    items += findTopics(context, query, topicPage);
    items += findCatalog(context, query);
    if (has(pages, QStringLiteral("lineage"))) {
        items += findNodes(context, query);
    }
    if (has(pages, QStringLiteral("schemas"))) {
        items += findSchemas(context, query);
    }
    return items;
}

QList<FinderItem> findCommands(PageContext& context, const QString& query) {
    const auto& selection = context.navigator.selection();
    Group onSelection(tr("On %1").arg(selection.name), query), everywhere(tr("Everywhere"), query);
    for (const auto& command : context.commands.commands()) {
        auto name = command.text;
        name.remove(u'&');
        const auto why = context.commands.whyDisabled(command.id);
        FinderItem item{{},
                        command.icon.isEmpty() ? QStringLiteral("chevron-right") : command.icon,
                        name,
                        command.hint,
                        command.shortcut.toString(QKeySequence::NativeText),
                        why,
                        [&context, id = command.id] { context.commands.run(id); }};
        (command.onSelection && !selection.isNone() ? onSelection : everywhere).offer(std::move(item));
    }
    constexpr int kAll = 100;
    return onSelection.take(kAll) + everywhere.take(kAll);
}

} // namespace meshbone::ui
