// SPDX-License-Identifier: Apache-2.0
#include "access/as_of_dialog.h"

#include "access/as_of_model.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace meshbone::ui {

namespace {
constexpr QSize kSize{980, 620};
constexpr std::chrono::seconds kTimeout{60};
} // namespace

AsOfDialog::AsOfDialog(PageContext& context, TimestampMs timeMs, QWidget* parent)
    : Dialog(tr("Access As Of"), tr("Who might do what at that time, by the entries of the ledger up to then."), parent)
    , m_context(context) {
    setObjectName(QStringLiteral("asOfDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* row = new QHBoxLayout;
    m_time = new QLineEdit(formatTime(timeMs), this);
    m_time->setObjectName(QStringLiteral("asOfTime"));
    m_time->setAccessibleName(tr("Time"));
    m_time->setMinimumWidth(200);
    auto* show = new Button(tr("Show"), ButtonKind::Plain, this);
    show->setObjectName(QStringLiteral("asOfShow"));
    show->setAutoDefault(false);
    m_which = new Segmented({tr("In force"), tr("Ended too")}, tr("Which grants"));
    m_which->setObjectName(QStringLiteral("asOfWhich"));
    m_words = new Label({}, TextStyle::Secondary, Token::Text2);
    m_words->setObjectName(QStringLiteral("asOfWords"));
    row->addWidget(m_time);
    row->addWidget(show);
    row->addWidget(m_which);
    row->addWidget(m_words, 1);
    content()->addLayout(row);
    m_model = new AsOfModel(this);
    m_list = new ListPanel(QStringLiteral("asOf"));
    m_list->table()->setAccessibleName(tr("Grants at that time"));
    m_list->setSource(m_model);
    m_list->emptyView()->setMessage(QStringLiteral("access"), tr("Nobody had been granted anything"),
                                    tr("At that time no grant was in force."));
    content()->addWidget(m_list, 1);
    setCancelText(tr("Close"));
    resize(kSize);
    connect(show, &Button::clicked, this, &AsOfDialog::load);
    connect(m_time, &QLineEdit::returnPressed, this, &AsOfDialog::load);
    connect(m_which, &Segmented::currentChanged, this, &AsOfDialog::fill);
    load();
}

void AsOfDialog::load() {
    const auto timeMs = parseTypedTime(m_time->text().trimmed());
    if (!timeMs) {
        sayError(tr("“%1” isn't a time such as 2026-11-24 12:00.").arg(m_time->text()));
        return;
    }
    message()->hide();
    m_list->setLoading(true, tr("Reading the ledger up to then…"));
    m_context.jobs.run(
        this, {.title = tr("Reading the past"), .key = QStringLiteral("asOf")},
        [catalog = m_context.services.catalog, timeMs = *timeMs](const JobContext& job) {
            return catalog->accessAsOf(timeMs, job.call(kTimeout));
        },
        [this](Result<catalog::AccessAsOf> access) {
            m_list->setLoading(false);
            if (access) {
                show(*access);
            } else {
                sayError(text(access.error().message));
            }
        });
}

void AsOfDialog::show(const catalog::AccessAsOf& access) {
    m_access = access;
    m_words->setText(access.number < 0 ? tr("The ledger begins later.")
                                       : tr("Up to entry #%1: %2 principals, %3 policies, %4 requests.")
                                             .arg(formatCount(access.number),
                                                  formatCount(static_cast<qint64>(access.principals.size())),
                                                  formatCount(static_cast<qint64>(access.policies.size())),
                                                  formatCount(static_cast<qint64>(access.requests.size()))));
    fill();
}

void AsOfDialog::fill() {
    m_model->setAccess(m_access, m_which->current() == 1);
}

} // namespace meshbone::ui
