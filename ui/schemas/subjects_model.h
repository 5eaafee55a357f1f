// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/registry.h>

namespace meshbone::ui {

/// A line of the list: a subject, or below it a field that a search has found in it.
struct SubjectRow {
    QString subject;
    catalog::SchemaType type = catalog::SchemaType::Avro;
    int versions = 0; ///< that aren't deleted
    int latest = 0;   ///< 0: all are deleted
    QString level, topic, domain, owner;
    qint64 violations = 0; ///< events of its topic that aren't as it says
    // Of a field:
    QString field, fieldType, what; ///< what of it matched: "field", "doc", "tag", "type"
    int version = 0;                ///< in which it was found

    [[nodiscard]] bool isField() const { return !field.isEmpty(); }
    [[nodiscard]] bool isDeleted() const { return !isField() && latest == 0; }
};

class SubjectsModel : public RowsModel<SubjectRow> {
    Q_OBJECT
public:
    explicit SubjectsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const SubjectRow& row) const override {
        return row.isField() ? row.subject + u'\n' + row.field : row.subject;
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString plain(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
