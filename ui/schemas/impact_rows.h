// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/impact_model.h"
#include "shell/live_feed.h"

#include <catalog/schema_book.h>
#include <lineage/schema_impact.h>

#include <map>
#include <stop_token>

namespace meshbone::ui {

/// Makes rows of impacts; who meets several of the fields stands once, with all of them.
class ImpactRows {
public:
    /// The catalog is borrowed: it says how products are called.
    explicit ImpactRows(const CatalogView& catalog)
        : m_catalog(catalog) {}
    /// `field` of the schema that was asked about; empty: all of it.
    void add(const lineage::SchemaImpact& impact, const QString& field);
    std::vector<ImpactRow> take() { return std::move(m_rows); }

private:
    using Kind = ImpactRow::Kind;
    void put(ImpactRow row, const QString& field);
    void addTopic(const lineage::ImpactedTopic& topic, const QString& field);
    void addSubject(const lineage::ImpactedTopic& topic, const QString& field);
    void addProduct(const std::string& id, const QString& topic, const QString& how, const QString& field);
    void addReader(const lineage::ImpactedReader& reader, const QString& field, bool isCertain);

    const CatalogView& m_catalog;
    std::vector<ImpactRow> m_rows;
    std::map<std::tuple<Kind, QString, QString>, std::size_t> m_known; ///< rows by kind, name and topic
};

/// What a job needs to know who meets a field.
struct ImpactQuestion {
    catalog::SchemaBookPtr book;
    std::shared_ptr<const CatalogView> catalog;
    lineage::Lineage* lineage = nullptr; ///< null: nobody was seen
    std::string subject;
    QStringList fields; ///< of its latest version; empty: the whole schema
    TimestampMs nowMs = 0;
    catalog::SchemaRegistry* registry = nullptr; ///< to be asked who asked it; null: nobody knows
};
struct ImpactAnswer {
    std::vector<ImpactRow> rows; ///< nearest first; what meets several of the fields stands once
    QString coverage;            ///< what the answer rests on
};
/// Fails where the subject or a field isn't there, or can't be parsed. Asks for at most kImpactFieldsMax fields.
Result<ImpactAnswer> impactOf(const ImpactQuestion& question, const std::stop_token& stop);
inline constexpr int kImpactFieldsMax = 50;

} // namespace meshbone::ui
