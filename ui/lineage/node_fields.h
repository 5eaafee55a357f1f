// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/fields_model.h"
#include "schemas/impact_rows.h"
#include "shell/page.h"

#include <optional>

namespace meshbone::ui {

class Label;
class PropertyList;
class TableView;

/// What the events of a topic hold: the fields of the schema that describes its values, as of a moment; for the chosen
/// one, where it goes downstream. Hidden where no schema is known. GUI thread; parsing and walking run in jobs.
class NodeFields : public QWidget {
    Q_OBJECT
public:
    explicit NodeFields(PageContext& context, QWidget* parent = nullptr);
    /// Empty: nothing is shown. Without a moment: now.
    void setTopic(const QString& topic, std::optional<TimestampMs> asOfMs);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

private:
    struct Read {
        QString subject;
        int version = 0;
        std::vector<catalog::SchemaField> fields;
    };
    void read();
    void show(Read read);
    void askWhere(int row);
    void showWhere(const ImpactAnswer& answer);

    PageContext& m_context;
    QString m_topic, m_subject;
    std::optional<TimestampMs> m_asOfMs;
    FieldsModel m_model;
    Label* m_title = nullptr;
    Button* m_open = nullptr;
    TableView* m_table = nullptr;
    Label* m_whereTitle = nullptr;
    PropertyList* m_where = nullptr;
};

} // namespace meshbone::ui
