// SPDX-License-Identifier: Apache-2.0
#include "access/ignored_dialog.h"

#include "access/access_words.h"
#include "access/drift_words.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/table_view.h"

#include <QItemSelectionModel>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

enum ColumnAt : int { Who, What, Until, By };
constexpr int kMostRows = 10;
constexpr std::chrono::seconds kSubmitTimeout{15};

QString untilWords(TimestampMs untilMs) {
    return untilMs == catalog::kNoEnd ? IgnoredDialog::tr("for good") : formatDay(untilMs);
}

} // namespace

IgnoredModel::IgnoredModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 150, false, false},
                 {QStringLiteral("binding"), tr("Binding"), 240, false, true},
                 {QStringLiteral("until"), tr("Until"), 100, false, false},
                 {QStringLiteral("by"), tr("By"), 90, false, false}},
                parent) {}

QString IgnoredModel::key(const catalog::BindingRecord& record) const {
    return QString::fromUtf8(name(record.binding.pattern).data()) + u' ' + text(describe(record.binding));
}

Cell IgnoredModel::cell(int row, int column) const {
    const auto& record = at(row);
    switch (column) {
    case Who:
        return {cell::mono(shortPrincipal(record.binding.principal))};
    case What:
        return {cell::mono(bindingWords(record.binding))};
    case Until:
        return {cell::text(untilWords(record.untilMs))};
    case By:
        return {cell::secondary(text(record.person))};
    default:
        return {};
    }
}

QString IgnoredModel::copyText(int row, int column) const {
    return column == Until && at(row).untilMs != catalog::kNoEnd ? isoTime(at(row).untilMs) : plain(row, column);
}

IgnoredDialog::IgnoredDialog(PageContext& context, const DriftLookPtr& look, QWidget* parent)
    : Dialog(tr("Ignored bindings"),
             tr("They stand on the backbone, nobody granted them, and nothing is said of them "
                "until the day."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("ignoredDialog"));
    setModal(true);
    resize(640, height());
    std::vector<catalog::BindingRecord> records;
    for (const auto& record : look->survey.records) {
        const auto until = look->survey.agreed.ignoredUntilMs.find(record.binding);
        if (record.standing == catalog::BindingStanding::Ignored && until != look->survey.agreed.ignoredUntilMs.end() &&
            until->second > look->survey.context.nowMs) {
            records.push_back(record);
        }
    }
    m_model = new IgnoredModel(this);
    m_model->setRows(std::move(records));
    m_table = new TableView;
    m_table->setObjectName(QStringLiteral("ignoredTable"));
    m_table->setAccessibleName(tr("Ignored bindings"));
    m_table->setModel(m_model);
    m_table->setHeightByRows(kMostRows);
    content()->addWidget(m_table);
    setCancelText(tr("Close"));
    m_verb = addVerb(tr("Speak of It Again"));
    connect(m_verb, &QPushButton::clicked, this, &IgnoredDialog::release);
    m_table->selectRow(0);
}

void IgnoredDialog::release() {
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty() || m_context.services.catalog == nullptr) {
        return;
    }
    const auto record = m_model->at(rows.first().row());
    catalog::MarkBinding release;
    release.binding = record.binding;
    release.standing = record.standing;
    release.release = true;
    m_verb->setReason(tr("The entry is being written to the ledger."));
    m_context.jobs.run(
        this, {.title = tr("Writing to the ledger"), .key = QStringLiteral("release")},
        [catalog = m_context.services.catalog, release](const JobContext& job) {
            return catalog->submit({release, {}, {}}, job.call(kSubmitTimeout));
        },
        [this, key = m_model->key(record)](const Result<catalog::LedgerEntry>& entry) {
            m_verb->setReason({});
            if (!entry) {
                sayError(text(entry.error().message));
                return;
            }
            auto rows = m_model->rows();
            std::erase_if(rows, [&](const auto& row) { return m_model->key(row) == key; });
            const bool isLast = rows.empty();
            m_model->setRows(std::move(rows));
            if (isLast) {
                accept();
            }
        });
}

} // namespace meshbone::ui
