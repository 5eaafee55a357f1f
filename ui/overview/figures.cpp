// SPDX-License-Identifier: Apache-2.0
#include "overview/figures.h"

#include "widgets/fonts.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kHeight = 92;

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("Figures", text, nullptr, n);
}

Cell remark(Tone tone, const QString& words, const QString& icon = {}) {
    const auto name = icon.isEmpty() ? toneIcon(tone) : icon;
    auto sentence = cell::text(words, Token::Text2);
    sentence.style = TextStyle::Secondary;
    return {cell::icon(name, tone == Tone::Neutral ? Token::Text2 : toneInk(tone)), sentence};
}

Figure health(const PageContext& context) {
    const auto& state = context.feed.state();
    const auto nodes = static_cast<int>(state.cluster.nodes.size());
    const auto parts = tr("%n node(s)", nodes) + QStringLiteral(", ") +
                       tr("%1 partitions").arg(formatCount(context.health.facts()->partitions));
    switch (state.reachability) {
    case backbone::Reachability::Healthy:
        return {tr("Health"), tr("Healthy"), {}, remark(Tone::Ok, parts)};
    case backbone::Reachability::Unreachable:
        return {
            tr("Health"), tr("Unreachable"), {}, remark(Tone::Danger, tr("since %1").arg(formatClock(state.sinceMs)))};
    case backbone::Reachability::Connecting:
        break;
    }
    return {tr("Health"),
            tr("Connecting"),
            {},
            remark(Tone::Neutral, tr("waiting for an answer"), QStringLiteral("pending"))};
}

Figure throughput(const PageContext& context) {
    const auto& topics = context.feed.traffic()->topics;
    const auto mine = [](const auto& topic) { return !isInternalTopic(topic.topic); };
    const auto all = std::ranges::count_if(topics, mine);
    const auto active =
        std::ranges::count_if(topics, [&](const auto& topic) { return mine(topic) && topic.perSecond > 0; });
    if (context.feed.state().reachability == backbone::Reachability::Unreachable) {
        return {tr("Throughput"), QStringLiteral("–"), tr("ev/s"),
                remark(Tone::Neutral, tr("last known %1 ev/s").arg(formatRate(context.feed.eventsPerSecond())),
                       QStringLiteral("clock"))};
    }
    return {tr("Throughput"), formatRate(context.feed.eventsPerSecond()), tr("ev/s"),
            remark(active > 0 ? Tone::Ok : Tone::Neutral,
                   tr("%1 of %2 topics are written to").arg(formatCount(active), formatCount(all)),
                   active > 0 ? QString() : QStringLiteral("clock"))};
}

Figure stored(const PageContext& context) {
    std::int64_t bytes = 0, records = 0;
    bool known = false;
    for (const auto& topic : context.feed.traffic()->topics) {
        bytes += topic.sizeBytes.value_or(0);
        known = known || topic.sizeBytes.has_value();
        records += isInternalTopic(topic.topic) ? 0 : topic.records;
    }
    const auto size = known ? formatBytes(bytes) : QStringLiteral("–");
    const auto space = size.lastIndexOf(u' ');
    const auto& why = context.feed.traffic()->sizesProblem;
    return {tr("On disk"), space < 0 ? size : size.left(space), space < 0 ? QString() : size.mid(space + 1),
            remark(Tone::Neutral,
                   known         ? tr("%1 records").arg(formatCount(records))
                   : why.empty() ? tr("being read…")
                                 : tr("this cluster doesn't tell sizes"),
                   QStringLiteral("disk"))};
}

Figure consumers(const PageContext& context) {
    const auto& groups = context.health.facts()->groups;
    std::vector<GroupLag> lagging;
    std::ranges::copy_if(groups, std::back_inserter(lagging), &GroupLag::lagging);
    std::ranges::sort(lagging, std::greater{}, &GroupLag::lag);
    auto words = remark(Tone::Ok, tr("none lags"));
    if (context.health.facts()->atMs == -1) {
        words = remark(Tone::Neutral, tr("not read yet"), QStringLiteral("pending"));
    } else if (!lagging.empty()) {
        words = remark(Tone::Warn, tr("%n (lags|lag): %1, %2", static_cast<int>(lagging.size()))
                                       .arg(text(lagging.front().group), formatCount(lagging.front().lag)));
    } else if (groups.empty()) {
        words = remark(Tone::Neutral, tr("nobody reads in a group"));
    }
    return {tr("Consumers"), formatCount(static_cast<qint64>(groups.size())), tr("groups"), words};
}

Figure governance(const PageContext& context) {
    if (context.services.catalog == nullptr) {
        return {tr("Governance"), QStringLiteral("–"), {}, remark(Tone::Warn, text(context.services.catalogProblem))};
    }
    const auto& status = context.feed.catalog()->status;
    const auto& report = context.ledger.report();
    auto words = remark(context.ledger.tone(), context.ledger.words(), QStringLiteral("shield"));
    if (report && report->intact && !context.ledger.isVerifying()) {
        words = remark(Tone::Ok, tr("hash chain verified %1").arg(formatMinute(context.ledger.checkedMs())),
                       QStringLiteral("shield"));
    }
    return {tr("Governance"), formatCount(status.appliedEntries), tr("entries"), words};
}

} // namespace

QList<Figure> figuresOf(const PageContext& context) {
    return {health(context), throughput(context), stored(context), consumers(context), governance(context)};
}

FigureStrip::FigureStrip(QWidget* parent)
    : Panel({}, parent) {
    setFixedHeight(kHeight);
    setObjectName(QStringLiteral("figures"));
    setAccessibleName(tr("The mesh in five figures"));
}

void FigureStrip::setFigures(QList<Figure> figures) {
    m_figures = std::move(figures);
    QStringList spoken;
    for (const auto& figure : m_figures) {
        spoken
            << QStringLiteral("%1: %2 %3, %4").arg(figure.label, figure.value, figure.unit, plainText(figure.remark));
    }
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    update();
}

void FigureStrip::paintEvent(QPaintEvent* event) {
    Panel::paintEvent(event);
    QPainter painter(this);
    const auto count = std::max<qsizetype>(m_figures.size(), 1);
    const auto each = width() / static_cast<qreal>(count);
    for (qsizetype i = 0; i < m_figures.size(); ++i) {
        const auto& figure = m_figures[i];
        const auto x = std::round(static_cast<qreal>(i) * each) + 20;
        const auto room = each - 28;
        if (i > 0) {
            painter.fillRect(QRectF(x - 20, 14, 1, height() - 28), color(Token::Border));
        }
        painter.setFont(textFont(TextStyle::Secondary));
        painter.setPen(color(Token::Text2));
        drawTabular(painter, QRectF(x, 12, room, 18), Qt::AlignLeft, figure.label);
        painter.setFont(textFont(TextStyle::Figure));
        painter.setPen(color(Token::Text1));
        drawTabular(painter, QRectF(x, 32, room, 28), Qt::AlignLeft, figure.value);
        const auto end = x + tabularWidth(painter.font(), figure.value) + 7;
        painter.setFont(textFont(TextStyle::Body));
        painter.setPen(color(Token::Text3));
        drawTabular(painter, QRectF(end, 37, x + room - end, 20), Qt::AlignLeft, figure.unit);
        drawCell(painter, QRectF(x, 62, room, 20), figure.remark, false, false);
    }
}

} // namespace meshbone::ui
