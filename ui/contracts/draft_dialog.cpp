// SPDX-License-Identifier: Apache-2.0
#include "contracts/draft_dialog.h"

#include "contracts/contract_panes.h"
#include "schemas/code_view.h"
#include "widgets/button.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QFileDialog>
#include <QHBoxLayout>

namespace meshbone::ui {

DraftDialog::DraftDialog(PageContext& context, const catalog::ContractSubject& here, QWidget* parent)
    : ContractDialog(context, here, tr("Draft a Contract for %1").arg(text(here.name)),
                     here.product
                         ? tr("Made from the product's description, its owner and its ports. Change it as you like.")
                         : tr("Made from the topic's product, its owner and its latest schema. Change it as you like."),
                     parent) {
    setObjectName(QStringLiteral("contractDraft"));
    panes()->code()->setReadOnly(false);
    auto* save = new Button(tr("Save as File…"), ButtonKind::Plain, this);
    save->setObjectName(QStringLiteral("contractSave"));
    save->setIconName(QStringLiteral("save"));
    top()->insertWidget(0, save, 0, Qt::AlignBottom);
    connect(save, &Button::clicked, this, &DraftDialog::save);
    connect(panes()->code(), &QPlainTextEdit::textChanged, this, &DraftDialog::follow);
    connect(&context.schemas, &SchemaFeed::changed, this, [this] {
        if (!m_isEdited) { // they may have been read only now
            reviewNow();
        }
    });
    panes()->code()->setFocus();
    reviewNow();
}

std::string DraftDialog::edited() const {
    return panes()->code()->toPlainText().toStdString();
}

/// Also called when the draft itself is put there, which is no edit.
void DraftDialog::follow() {
    if (m_isEdited || edited() != reviewed().text) {
        m_isEdited = true;
        reviewSoon();
    }
}

ContractDialog::Source DraftDialog::source() const {
    if (m_isEdited) {
        return [text = edited()]() -> Result<std::string> { return text; };
    }
    return [&services = context().services, book = context().schemas.book(), here = here()] {
        return here.product ? catalog::draftProductContract(*services.catalog, here.name)
                            : catalog::draftTopicContract(*services.catalog, *book, here.name,
                                                          services.backbone.profile().bootstrap);
    };
}

void DraftDialog::save() {
    const auto kind = here().product ? catalog::ContractKind::DataProduct : catalog::ContractKind::DataContract;
    const auto path = QFileDialog::getSaveFileName(this, tr("Save the Draft"), contractFileName(here(), kind),
                                                   tr("YAML (*.yaml *.yml);;All files (*)"));
    if (path.isEmpty()) {
        return;
    }
    const auto written = writeFile(path, QByteArray::fromStdString(edited()));
    message()->say(written ? Tone::Ok : Tone::Danger,
                   written ? tr("The draft is written to “%1”.").arg(path) : text(written.error().message));
}

} // namespace meshbone::ui
