// SPDX-License-Identifier: Apache-2.0
#include "message/samples_dialog.h"

#include "message/message_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <backbone/backbone.h>

#include <QSplitter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kWidth = 1080, kHeight = 520;
constexpr auto kReadLimit = std::chrono::seconds(15);
} // namespace

SamplesDialog::SamplesDialog(PageContext& context, const QString& title, const QString& sentence,
                             std::vector<RecordNote> notes, QWidget* parent, const QString& whyTitle)
    : Dialog(title, sentence, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("samplesDialog"));
    resize(kWidth, kHeight);
    setCancelText(tr("Close"));
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    m_list = new ListPanel(QStringLiteral("samples"), splitter);
    m_list->filterLine()->setHint(tr("Filter…"), QStringLiteral("filter"), {});
    m_list->table()->setAccessibleName(tr("Events"));
    m_message = new MessageView(splitter);
    splitter->setSizes({kWidth / 2, kWidth / 2});
    content()->addWidget(splitter, 1);
    m_message->setBook(m_context.schemas.book());
    m_message->hide();
    connect(m_message, &MessageView::closeAsked, m_message, &QWidget::hide);
    connect(m_list, &ListPanel::currentChanged, this, &SamplesDialog::showRecord);
    if (!whyTitle.isEmpty()) {
        m_model.setColumnTitle(SamplesModel::Why, whyTitle);
    }
    m_list->setSource(&m_model);
    m_model.setRows(std::move(notes));
    if (m_model.rowCount() > 0) {
        m_list->selectSourceRow(0);
    }
}

void SamplesDialog::showRecord(int row) {
    if (row < 0 || row >= m_model.rowCount()) {
        return;
    }
    const auto& note = m_model.at(row);
    backbone::MessageQuery query;
    query.topic = note.at.topic;
    query.partitions = {note.at.partition};
    query.from = backbone::MessageQuery::From::Offset;
    query.offset = note.offset;
    query.limit = 1;
    m_context.jobs.run(
        this, {.title = tr("Reading an event of %1").arg(text(note.at.topic)), .key = QStringLiteral("samples.read")},
        [&backbone = m_context.services.backbone, query](const JobContext& job) {
            return backbone.messages().read(query, job.call(kReadLimit));
        },
        [this, offset = note.offset](const Result<backbone::MessagePage>& page) {
            const bool isThere = page && !page->records.empty() && page->records.front().offset == offset;
            message()->setVisible(!isThere);
            m_message->setVisible(isThere);
            if (isThere) {
                m_message->setRecord(page->records.front());
            } else {
                sayError(page ? tr("This event isn't there any more; retention or compaction has deleted it.")
                              : text(page.error().message));
            }
        });
}

} // namespace meshbone::ui
