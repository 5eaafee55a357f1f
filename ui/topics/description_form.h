// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/catalog_form.h"

namespace meshbone::ui {

/// What a topic holds, in a person's words; an entry of the ledger, guarded by the description that was seen. An empty
/// one takes the topic's own description away: its product's word on it stands then.
class DescriptionForm : public CatalogForm {
    Q_OBJECT
public:
    DescriptionForm(PageContext& context, const QString& topic, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override { return m_topic; }

private:
    QString m_topic, m_before;
    std::int64_t m_seen = 0; ///< revision; 0: nobody had described it
    QPlainTextEdit* m_description = nullptr;
};

} // namespace meshbone::ui
