// SPDX-License-Identifier: Apache-2.0
#include "topics/detail_models.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <limits>

namespace meshbone::ui {

namespace {
enum PartitionColumn : int { PartitionNumber, Leader, Epoch, Start, End, Records, Size, InSync };
enum ConfigColumn : int { Setting, Value, Words, Source };
enum GroupColumn : int { Group, State, Members, Committed, Lag };

QString sourceWord(backbone::ConfigSource source) {
    using backbone::ConfigSource;
    switch (source) {
    case ConfigSource::Topic:
        return ConfigModel::tr("set on the topic");
    case ConfigSource::DynamicBroker:
    case ConfigSource::StaticBroker:
        return ConfigModel::tr("set on the broker");
    case ConfigSource::Default:
        return ConfigModel::tr("default");
    case ConfigSource::Unknown:
        break;
    }
    return ConfigModel::tr("unknown");
}
} // namespace

QString settingInWords(const QString& name, const QString& value) {
    bool isNumber = false;
    const auto number = value.toLongLong(&isNumber);
    if (!isNumber) {
        return {};
    }
    if (name.endsWith(QLatin1String(".ms"))) {
        if (number < 0 || number == std::numeric_limits<qint64>::max()) {
            return QCoreApplication::translate("Settings", "no limit");
        }
        return formatSpan(std::chrono::milliseconds(number));
    }
    if (name.endsWith(QLatin1String(".bytes"))) {
        return number < 0 ? QCoreApplication::translate("Settings", "no limit") : formatBytes(number);
    }
    return number == std::numeric_limits<qint64>::max() ? QCoreApplication::translate("Settings", "no limit")
                                                        : QString();
}

PartitionsModel::PartitionsModel(QObject* parent)
    : RowsModel({{QStringLiteral("partition"), tr("Partition"), 80, true, false},
                 {QStringLiteral("leader"), tr("Leader"), 80, true, false},
                 {QStringLiteral("epoch"), tr("Epoch"), 80, true, false},
                 {QStringLiteral("log_start"), tr("Log start"), 120, true, false},
                 {QStringLiteral("end"), tr("End"), 120, true, false},
                 {QStringLiteral("records"), tr("Records"), 120, true, false},
                 {QStringLiteral("size"), tr("Size"), 110, true, false},
                 {QStringLiteral("in_sync"), tr("In sync"), 120, false, true}},
                parent) {}

Cell PartitionsModel::cell(int row, int column) const {
    const auto& p = at(row);
    switch (column) {
    case PartitionNumber:
        return {cell::text(QString::number(p.partition.value()))};
    case Leader:
        return {p.leader < 0 ? cell::text(tr("none"), Token::Danger) : cell::secondary(QString::number(p.leader))};
    case Epoch:
        return {cell::secondary(QString::number(p.leaderEpoch.value()))};
    case Start:
        return {cell::text(formatCount(p.logStart.value()))};
    case End:
        return {cell::text(formatCount(p.highWatermark.value()))};
    case Records:
        return {cell::text(formatCount(p.highWatermark - p.logStart))};
    case Size:
        return sizeCell(Size, p.sizeBytes);
    case InSync: {
        const bool all = p.inSyncReplicas.size() == p.replicas.size();
        return cell::state(all ? Tone::Ok : Tone::Warn,
                           tr("%1 of %2").arg(p.inSyncReplicas.size()).arg(p.replicas.size()));
    }
    default:
        return {};
    }
}

QVariant PartitionsModel::sortKey(int row, int column) const {
    return copyText(row, column).toLongLong();
}

QString PartitionsModel::copyText(int row, int column) const {
    const auto& p = at(row);
    switch (column) {
    case Start:
        return QString::number(p.logStart.value());
    case End:
        return QString::number(p.highWatermark.value());
    case Records:
        return QString::number(p.highWatermark - p.logStart);
    case Size:
        return p.sizeBytes ? QString::number(*p.sizeBytes) : QString();
    case InSync:
        return QString::number(p.inSyncReplicas.size());
    default:
        return plain(row, column);
    }
}

ConfigModel::ConfigModel(QObject* parent)
    : RowsModel({{QStringLiteral("setting"), tr("Setting"), 320, false, false},
                 {QStringLiteral("value"), tr("Value"), 240, false, false},
                 {QStringLiteral("in_words"), tr("In words"), 160, false, false},
                 {QStringLiteral("source"), tr("Where it comes from"), 180, false, true}},
                parent) {}

Cell ConfigModel::cell(int row, int column) const {
    const auto& entry = at(row);
    const bool own = entry.source == backbone::ConfigSource::Topic;
    const auto value = entry.sensitive ? tr("hidden") : text(entry.value.value_or(""));
    switch (column) {
    case Setting:
        return {own ? cell::strong(text(entry.name)) : cell::text(text(entry.name))};
    case Value:
        return {cell::mono(value)};
    case Words:
        return {cell::secondary(settingInWords(text(entry.name), value))};
    case Source:
        return {cell::text(sourceWord(entry.source), own ? Token::Text1 : Token::Text3)};
    default:
        return {};
    }
}

QVariant ConfigModel::sortKey(int row, int column) const {
    return column == Source ? QVariant(static_cast<int>(at(row).source)) : QVariant(plain(row, column));
}

QString ConfigModel::copyText(int row, int column) const {
    return plain(row, column);
}

TopicGroupsModel::TopicGroupsModel(QObject* parent)
    : RowsModel({{QStringLiteral("group"), tr("Group"), 280, false, true},
                 {QStringLiteral("state"), tr("State"), 160, false, false},
                 {QStringLiteral("members"), tr("Members"), 260, false, false},
                 {QStringLiteral("committed"), tr("Committed"), 120, true, false},
                 {QStringLiteral("lag"), tr("Behind"), 120, true, false}},
                parent) {}

Cell TopicGroupsModel::cell(int row, int column) const {
    const auto& group = at(row);
    switch (column) {
    case Group:
        return {cell::icon(QStringLiteral("people")), cell::strong(group.group)};
    case State:
        return cell::state(group.state == QLatin1String("Stable") ? Tone::Ok : Tone::Neutral, group.state);
    case Members:
        return {cell::secondary(group.members)};
    case Committed:
        return {cell::text(formatCount(group.committed))};
    case Lag:
        return {cell::text(formatCount(group.lag))};
    default:
        return {};
    }
}

QVariant TopicGroupsModel::sortKey(int row, int column) const {
    const auto& group = at(row);
    return column == Committed ? QVariant(static_cast<qint64>(group.committed))
           : column == Lag     ? QVariant(static_cast<qint64>(group.lag))
                               : QVariant(plain(row, column));
}

QString TopicGroupsModel::copyText(int row, int column) const {
    const auto& group = at(row);
    return column == Committed ? QString::number(group.committed)
           : column == Lag     ? QString::number(group.lag)
                               : plain(row, column);
}

} // namespace meshbone::ui
