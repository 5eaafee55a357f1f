// SPDX-License-Identifier: Apache-2.0
#include "schemas/impact_list.h"

#include "schemas/impact_rows.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QDateTime>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

ImpactList::ImpactList(PageContext& context, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_context(context) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_list = new ListPanel(name, this);
    m_list->setSource(&m_model);
    m_list->filterLine()->setHint(tr("Filter…"), QStringLiteral("filter"), {});
    m_list->table()->setAccessibleName(tr("Who meets the field"));
    m_list->emptyView()->setMessage(QStringLiteral("people"), tr("Nobody meets it"),
                                    tr("No topic carries the subject's name, and no schema refers to it."));
    layout->addWidget(m_list, 1);
    m_coverage = new Label({}, TextStyle::Secondary, Token::Text2, this);
    m_coverage->setObjectName(name + QStringLiteral("Coverage"));
    m_coverage->setElided(true);
    m_coverage->setContentsMargins(16, 4, 16, 6);
    layout->addWidget(m_coverage);
    connect(m_list, &ListPanel::activated, this, [this](int row) {
        const auto place = m_model.at(row).place;
        m_context.navigator.goTo(place.page, place.selection);
    });
}

int ImpactList::consumers() const {
    return static_cast<int>(
        std::ranges::count(m_model.rows(), ImpactRow::Kind::Consumer, [](const ImpactRow& row) { return row.kind; }));
}

void ImpactList::clear() {
    m_model.setRows({});
    m_coverage->setText({});
}

void ImpactList::ask(const QString& subject, const QStringList& fields) {
    m_list->setLoading(m_model.rowCount() == 0, tr("Asking lineage who meets it…"));
    const ImpactQuestion question{m_context.schemas.book(),
                                  m_context.feed.catalog(),
                                  m_context.services.lineage,
                                  subject.toStdString(),
                                  fields,
                                  QDateTime::currentMSecsSinceEpoch(),
                                  m_context.schemas.registry()};
    m_context.jobs.run(
        this, {.title = tr("Who meets %1").arg(subject), .key = QStringLiteral("impact")},
        [question](const JobContext& job) { return impactOf(question, job.stopToken()); },
        [this](Result<ImpactAnswer> answer) {
            m_list->setLoading(false);
            m_list->messageBar()->setVisible(!answer);
            if (answer) {
                m_model.setRows(std::move(answer->rows));
                m_coverage->setText(answer->coverage);
            } else {
                clear();
                m_list->messageBar()->say(Tone::Danger, text(answer.error().message));
            }
            emit answered();
        });
}

ImpactTab::ImpactTab(PageContext& context, QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("impactTab"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list = new ImpactList(context, QStringLiteral("schemaImpact"), this);
    layout->addWidget(m_list);
    m_field = new Choice(tr("Field that goes"), this);
    m_field->setObjectName(QStringLiteral("impactField"));
    m_list->list()->addFilter(m_field);
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        m_isAsked = false;
        ask();
    });
}

void ImpactTab::setSubject(const QString& subject, const QStringList& fields) {
    const auto chosen = subject == m_subject ? m_field->currentData().toString() : QString();
    if (subject != m_subject) {
        m_list->clear();
    }
    m_subject = subject;
    {
        const QSignalBlocker blocker(m_field);
        m_field->clear();
        m_field->addItem(tr("The whole schema"), QString());
        for (const auto& field : fields) {
            m_field->addItem(field, field);
        }
    }
    m_isAsked = false;
    chooseField(chosen);
}

void ImpactTab::chooseField(const QString& field) {
    const int index = std::max(0, m_field->findData(field));
    if (index != m_field->currentIndex()) {
        m_field->setCurrentIndex(index);
    } else {
        ask();
    }
}

void ImpactTab::ask() {
    if (m_isAsked || !isVisible() || m_subject.isEmpty()) {
        return;
    }
    m_isAsked = true;
    const auto field = m_field->currentData().toString();
    m_list->ask(m_subject, field.isEmpty() ? QStringList() : QStringList(field));
}

void ImpactTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    ask();
}

} // namespace meshbone::ui
