// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/access_overlay.h"
#include "shell/page.h"

#include <QWidget>

#include <array>

class QVBoxLayout;

namespace meshbone::ui {

class Button;
class Chip;
class Label;
class MessageBar;
class NodeFields;
class PropertyList;
class Sparkline;

/// What is selected on the graph, in words, with what can be done about it. GUI thread.
class LineageInspector : public QWidget {
    Q_OBJECT
public:
    explicit LineageInspector(PageContext& context, QWidget* parent = nullptr);
    /// Shows a node; empty: says what a person can do.
    void show(const QString& name, std::optional<TimestampMs> asOfMs);
    /// Reads again what is shown: rates and neighbours change.
    void refresh();

private:
    /// What a job found out about the node.
    struct Facts {
        lineage::Node node;
        int upstream = 0, upstreamHops = 0, downstream = 0, downstreamHops = 0;
        QStringList notGranted; ///< readers upstream or downstream without a grant
    };
    void fill(const Facts& facts);
    void fillTopic(const Facts& facts);
    void fillClient(const Facts& facts);
    void setNothing();
    static Result<Facts> find(const lineage::Lineage& lineage, const std::string& name,
                              std::optional<TimestampMs> asOfMs, const GrantsInForce& grants);

    PageContext& m_context;
    QString m_name;
    std::optional<TimestampMs> m_asOfMs;
    Label* m_kind = nullptr;
    Label* m_title = nullptr;
    QWidget* m_chips = nullptr;
    std::array<QWidget*, 2> m_rules{};
    Label* m_description = nullptr;
    PropertyList* m_properties = nullptr;
    QWidget* m_ratePart = nullptr;
    Label* m_rate = nullptr;
    Sparkline* m_spark = nullptr;
    PropertyList* m_neighbours = nullptr;
    MessageBar* m_warning = nullptr;
    NodeFields* m_fields = nullptr;
    QWidget* m_actions = nullptr;
    Button* m_browse = nullptr;
    Button* m_replay = nullptr;
    Button* m_request = nullptr;
    Button* m_focus = nullptr;

signals:
    void focusAsked(const QString& name);
};

} // namespace meshbone::ui
