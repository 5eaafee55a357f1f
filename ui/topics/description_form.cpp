// SPDX-License-Identifier: Apache-2.0
#include "topics/description_form.h"

#include "widgets/format.h"

#include <QPlainTextEdit>

namespace meshbone::ui {

DescriptionForm::DescriptionForm(PageContext& context, const QString& topic, QWidget* parent)
    : CatalogForm(context, tr("Describe %1").arg(topic),
                  tr("What one event is, where it comes from and what to mind when reading it."),
                  tr("Save Description"), parent)
    , m_topic(topic) {
    setObjectName(QStringLiteral("descriptionForm"));
    if (const auto* facts = context.feed.catalog()->topic(topic.toStdString())) {
        m_before = text(facts->description);
        m_seen = facts->described;
    }
    m_description = addText(QStringLiteral("description"), tr("Description"), m_before);
    finishForm();
    m_description->setFocus();
    m_description->selectAll();
}

Result<catalog::Submission> DescriptionForm::submission() const {
    const auto description = m_description->toPlainText().trimmed();
    if (description == m_before) {
        return fail(ErrorCode::InvalidArgument,
                    tr("The description is as it was; change it, or cancel.").toStdString());
    }
    const auto* facts = context().feed.catalog()->topic(m_topic.toStdString());
    if ((facts == nullptr ? 0 : facts->described) != m_seen) {
        return fail(ErrorCode::Conflict,
                    tr("Somebody described it meanwhile: “%1” Open the form again to build on that.")
                        .arg(facts == nullptr ? QString() : text(facts->description))
                        .toStdString());
    }
    return catalog::Submission{catalog::DescribeTopic{m_topic.toStdString(), description.toStdString()}, why(), m_seen};
}

} // namespace meshbone::ui
