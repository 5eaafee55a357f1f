// SPDX-License-Identifier: Apache-2.0
#include "replay/replay_models.h"

#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace meshbone::ui {

namespace {

enum PreviewColumn : int { PartitionColumn, FirstOffset, LastOffset, Events, Size, FirstEvent, LastEvent, LeftOut };
enum RunColumn : int { Run, State, Source, Target, Progress, Written, Rate, ManifestColumn };

std::int64_t leftOutOf(const backbone::PlannedPartition& partition) {
    return std::accumulate(partition.leftOut.begin(), partition.leftOut.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
}

backbone::PlannedPartition sumOf(const std::vector<backbone::PlannedPartition>& rows) {
    backbone::PlannedPartition sum;
    sum.partition = Partition(-1);
    for (const auto& row : rows) {
        sum.records += row.records;
        sum.bytes += row.bytes;
        sum.outsideWindow += row.outsideWindow;
        sum.outOfOrder += row.outOfOrder;
        for (const auto& [reason, count] : row.leftOut) {
            sum.leftOut[reason] += count;
        }
        if (row.firstTimestampMs >= 0 && (sum.firstTimestampMs < 0 || row.firstTimestampMs < sum.firstTimestampMs)) {
            sum.firstTimestampMs = row.firstTimestampMs;
        }
        sum.lastTimestampMs = std::max(sum.lastTimestampMs, row.lastTimestampMs);
    }
    return sum;
}

QString offsetText(Offset offset) {
    return offset == kNoOffset ? QStringLiteral("–") : formatCount(offset.value());
}

/// Without the seconds and milliseconds that are none: windows mostly have round edges, and a row has little room.
QString shortTime(TimestampMs timeMs) {
    auto time = formatTime(timeMs);
    for (const auto zeros : {QLatin1String(".000"), QLatin1String(":00")}) {
        if (!time.endsWith(zeros)) {
            break;
        }
        time.chop(zeros.size());
    }
    return time;
}

Cell stateCell(const backbone::RunStatus& run) {
    using backbone::RunState;
    switch (run.state) {
    case RunState::Running:
        return cell::state(Tone::Accent, RunsModel::tr("running"), QStringLiteral("play"));
    case RunState::Paused:
        return cell::state(Tone::Neutral, RunsModel::tr("paused"), QStringLiteral("pause"));
    case RunState::Complete:
        return cell::state(Tone::Ok, RunsModel::tr("complete"));
    case RunState::Cancelled:
        return cell::state(Tone::Warn, RunsModel::tr("cancelled"), QStringLiteral("stop"));
    case RunState::Failed:
        return cell::state(Tone::Danger, RunsModel::tr("failed, incomplete"));
    case RunState::Crashed:
        return cell::state(Tone::Danger, RunsModel::tr("crashed, incomplete"));
    }
    return {};
}

double fractionOf(const backbone::RunStatus& run) {
    return run.planned > 0                             ? double(run.written) / double(run.planned)
           : run.state == backbone::RunState::Complete ? 1
                                                       : 0;
}

Tone barTone(backbone::RunState state) {
    using backbone::RunState;
    return state == RunState::Complete                               ? Tone::Ok
           : state == RunState::Failed || state == RunState::Crashed ? Tone::Danger
           : state == RunState::Cancelled                            ? Tone::Warn
                                                                     : Tone::Accent;
}

} // namespace

QString windowInWords(const backbone::ReplayRequest& request) {
    if (const auto* window = std::get_if<backbone::TimeWindow>(&request.window)) {
        const auto from = shortTime(window->fromMs), to = shortTime(window->toMs);
        constexpr qsizetype kDayLength = 10; // 2018-02-06
        const bool sameDay = from.left(kDayLength) == to.left(kDayLength);
        return QCoreApplication::translate("Replay", "%1 to %2").arg(from, sameDay ? to.mid(kDayLength + 1) : to);
    }
    const auto count = std::get<backbone::OffsetWindow>(request.window).ranges.size();
    return QCoreApplication::translate("Replay", "offsets of %n partition(s)", nullptr, static_cast<int>(count));
}

PreviewModel::PreviewModel(QObject* parent)
    : TableModel({{QStringLiteral("partition"), tr("Partition"), 78, true, false},
                  {QStringLiteral("first_offset"), tr("First offset"), 96, true, false},
                  {QStringLiteral("last_offset"), tr("Last offset"), 96, true, false},
                  {QStringLiteral("events"), tr("Events"), 80, true, false},
                  {QStringLiteral("size"), tr("Size"), 84, true, false},
                  {QStringLiteral("first_event"), timeTitle(tr("First event")), 186, false, false},
                  {QStringLiteral("last_event"), timeTitle(tr("Last event")), 186, false, true},
                  {QStringLiteral("left_out"), tr("Left out"), 80, true, false}},
                 parent) {}

void PreviewModel::setPlan(const backbone::ReplayPlan& plan) {
    beginResetModel();
    m_rows = plan.partitions;
    if (m_rows.size() > 1) {
        m_rows.push_back(sumOf(plan.partitions));
    }
    endResetModel();
}

void PreviewModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int PreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Cell PreviewModel::cell(int row, int column) const {
    const auto& p = m_rows.at(static_cast<std::size_t>(row));
    const bool sum = p.partition.value() < 0;
    const auto figure = [sum](const QString& text) { return Cell{sum ? cell::strong(text) : cell::text(text)}; };
    switch (column) {
    case PartitionColumn:
        return figure(sum ? tr("All") : QString::number(p.partition.value()));
    case FirstOffset:
        return sum ? Cell{} : Cell{cell::text(offsetText(p.firstOffset))};
    case LastOffset:
        return sum ? Cell{} : Cell{cell::text(offsetText(p.lastOffset))};
    case Events:
        return figure(formatCount(p.records));
    case Size:
        return figure(formatBytes(p.bytes));
    case FirstEvent:
        return {cell::mono(formatTime(p.firstTimestampMs))};
    case LastEvent:
        return {cell::mono(formatTime(p.lastTimestampMs))};
    case LeftOut:
        return figure(formatCount(leftOutOf(p)));
    default:
        return {};
    }
}

QString PreviewModel::copyText(int row, int column) const {
    const auto& p = m_rows.at(static_cast<std::size_t>(row));
    switch (column) {
    case FirstOffset:
        return QString::number(p.firstOffset.value());
    case LastOffset:
        return QString::number(p.lastOffset.value());
    case Events:
        return QString::number(p.records);
    case Size:
        return QString::number(p.bytes);
    case FirstEvent:
        return isoTime(p.firstTimestampMs);
    case LastEvent:
        return isoTime(p.lastTimestampMs);
    case LeftOut:
        return QString::number(leftOutOf(p));
    default:
        return plain(row, column);
    }
}

RunsModel::RunsModel(QObject* parent)
    : RowsModel({{QStringLiteral("run"), tr("Run"), 96, false, false},
                 {QStringLiteral("state"), tr("State"), 160, false, false},
                 {QStringLiteral("source"), tr("Source and window"), 420, false, true},
                 {QStringLiteral("target"), tr("Target"), 210, false, false},
                 {QStringLiteral("progress"), tr("Progress"), 150, false, false},
                 {QStringLiteral("written"), tr("Events"), 130, true, false},
                 {QStringLiteral("per_second"), tr("Rate"), 90, true, false},
                 {QStringLiteral("manifest"), tr("Manifest"), 150, false, false}},
                parent) {}

Cell RunsModel::cell(int row, int column) const {
    using backbone::RunState;
    const auto& run = at(row);
    const bool going = run.state == RunState::Running || run.state == RunState::Paused;
    switch (column) {
    case Run:
        return {cell::mono(text(run.run).left(10))};
    case State:
        return stateCell(run);
    case Source:
        return {cell::strong(text(run.request.sourceTopic)), cell::sub(windowInWords(run.request))};
    case Target:
        return {cell::text(text(run.request.targetTopic))};
    case Progress:
        return {cell::bar(fractionOf(run), barTone(run.state)),
                cell::atLeast(cell::text(formatPercent(fractionOf(run))), 44)};
    case Written:
        return {cell::text(tr("%1 of %2").arg(formatCount(run.written), formatCount(run.planned)))};
    case Rate:
        return {cell::text(run.state == RunState::Running ? tr("%1 /s").arg(formatRate(run.recordsPerSecond))
                                                          : QStringLiteral("–"))};
    case ManifestColumn:
        return going                             ? Cell{cell::text(tr("when complete"), Token::Text3)}
               : run.state == RunState::Complete ? cell::state(Tone::Ok, tr("verified"), QStringLiteral("shield"))
                                                 : cell::state(Tone::Warn, tr("says how far"));
    default:
        return {};
    }
}

QVariant RunsModel::sortKey(int row, int column) const {
    const auto& run = at(row);
    switch (column) {
    case Run:
        return static_cast<qint64>(-run.startedMs); // newest first by default
    case Progress:
        return fractionOf(run);
    case Written:
        return static_cast<qint64>(run.written);
    case Rate:
        return run.recordsPerSecond;
    default:
        return plain(row, column);
    }
}

QString RunsModel::copyText(int row, int column) const {
    const auto& run = at(row);
    switch (column) {
    case Run:
        return text(run.run);
    case Written:
        return QString::number(run.written);
    case Rate:
        return QString::number(run.recordsPerSecond, 'f', 2);
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
