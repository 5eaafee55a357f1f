// SPDX-License-Identifier: Apache-2.0
#include "access/campaign_form.h"

#include "access/access_words.h"
#include "access/until_field.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QLineEdit>

namespace meshbone::ui {

namespace {
constexpr TimestampMs kFourWeeksMs = TimestampMs{28} * 86'400'000;
} // namespace

CampaignForm::CampaignForm(PageContext& context, const QString& product, QWidget* parent)
    : CatalogForm(context, tr("Recertify the grants of a product"),
                  tr("Its owner is asked for each grant that is in force: keep it, or drop it, which revokes it. What "
                     "isn't answered stays in force."),
                  tr("Open Recertification"), parent) {
    setObjectName(QStringLiteral("campaignForm"));
    m_product = new Choice(tr("Product"));
    m_product->setObjectName(QStringLiteral("product"));
    for (const auto& one : context.feed.catalog()->products) {
        m_product->addItem(text(one.name.empty() ? one.id : one.name), text(one.id));
    }
    m_product->setCurrentIndex(std::max(0, m_product->findData(product)));
    addField(tr("Product"), m_product);
    m_name = addLine(QStringLiteral("name"), tr("Name"), {}, tr("For example “Spring review”."));
    m_due = new UntilField;
    m_due->setUntil(nowMs() + kFourWeeksMs);
    addField(tr("Answers are due"), m_due);
    finishForm();
}

Result<catalog::Submission> CampaignForm::submission() const {
    const auto name = m_name->text().trimmed();
    const auto id = slugOf(name);
    const auto due = m_due->until();
    if (id.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, tr("Give it a name, so that its owner knows why.").toStdString());
    }
    if (m_product->currentIndex() < 0) {
        return fail(ErrorCode::InvalidArgument,
                    tr("There is no product yet whose grants could be listed.").toStdString());
    }
    if (!due) {
        return std::unexpected(due.error());
    }
    return catalog::Submission{catalog::OpenCampaign{id.toStdString(), name.toStdString(),
                                                     m_product->currentData().toString().toStdString(), *due},
                               why(),
                               {}};
}

} // namespace meshbone::ui
