// SPDX-License-Identifier: Apache-2.0
#include "contracts/contract_verbs.h"

#include "contracts/contract_tab.h"
#include "contracts/draft_dialog.h"
#include "contracts/import_dialog.h"
#include "contracts/remove_contract_form.h"
#include "schemas/schema_acts.h"
#include "shell/ledger_entry.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"

#include <QAction>
#include <QFileDialog>

namespace meshbone::ui {

ContractVerbs::ContractVerbs(PageContext& context, ContractTab* tab)
    : QObject(tab)
    , m_context(context)
    , m_tab(tab) {
    addCommands();
}

QString ContractVerbs::id(const char* verb) const {
    return (m_tab->subject().product ? QStringLiteral("product.contract.") : QStringLiteral("topic.contract.")) +
           QLatin1String(verb);
}

void ContractVerbs::addCommands() {
    const auto page = m_tab->subject().product ? QStringLiteral("products") : QStringLiteral("topics");
    const auto add = [&](const char* verb, const QString& text, const QKeySequence& shortcut, const char* icon,
                         void (ContractVerbs::*run)(), QString (ContractVerbs::*why)() const) {
        m_context.commands.add(this, {id(verb), text, tr("Contract"), shortcut, QString::fromLatin1(icon), page,
                                      [this, run] { (this->*run)(); }, [this, why] { return (this->*why)(); }, true});
    };
    add("check", tr("Check"), QKeySequence(QStringLiteral("K")), "check", &ContractVerbs::check,
        &ContractVerbs::whyNoCheck);
    add("import", tr("Import…"), QKeySequence(QStringLiteral("I")), "open", &ContractVerbs::importFile,
        &ContractVerbs::whyNoImport);
    add("export", tr("Export…"), {}, "export", &ContractVerbs::exportFile, &ContractVerbs::whyNoContract);
    add("draft", tr("Draft From the Catalog…"), {}, "edit", &ContractVerbs::draft, &ContractVerbs::whyNoImport);
    add("remove", tr("Remove…"), {}, "trash", &ContractVerbs::remove, &ContractVerbs::whyNoRemoval);
}

QString ContractVerbs::whyNoImport() const {
    if (m_context.services.catalog == nullptr) {
        return text(m_context.services.catalogProblem);
    }
    const auto& subject = m_tab->subject();
    if (subject.name.empty()) {
        return subject.product ? tr("Choose a product first.") : tr("Choose a topic first.");
    }
    return !subject.product && isInternalTopic(subject.name) ? tr("An internal topic is promised to nobody.")
                                                             : QString();
}

QString ContractVerbs::whyNoContract() const {
    const auto why = whyNoImport();
    return why.isEmpty() && !m_tab->look().agreed ? tr("No contract is agreed for it.") : why;
}

QString ContractVerbs::whyNoRemoval() const {
    const auto why = whyNoContract();
    return why.isEmpty() ? whyNoEntry(m_context) : why;
}

QString ContractVerbs::whyNoCheck() const {
    const auto why = whyNoContract();
    return why.isEmpty() ? whyNoRegistry(m_context) : why;
}

void ContractVerbs::importFile() {
    auto* dialog = new ImportDialog(m_context, m_tab->subject(), m_tab);
    connect(dialog, &ContractDialog::agreed, m_tab, &ContractTab::sayAgreed);
    dialog->open();
}

void ContractVerbs::draft() {
    auto* dialog = new DraftDialog(m_context, m_tab->subject(), m_tab);
    connect(dialog, &ContractDialog::agreed, m_tab, &ContractTab::sayAgreed);
    dialog->open();
}

void ContractVerbs::exportFile() {
    const auto& look = m_tab->look();
    const auto path = QFileDialog::getSaveFileName(
        m_tab, tr("Export the Contract"),
        contractFileName(m_tab->subject(), look.contract ? look.contract->kind : catalog::ContractKind{}),
        tr("YAML (*.yaml *.yml);;All files (*)"));
    if (path.isEmpty() || !look.agreed) {
        return;
    }
    const auto written = writeFile(path, QByteArray::fromStdString(look.agreed->text));
    m_tab->say(written ? Tone::Ok : Tone::Danger,
               written ? tr("The contract is written to “%1”, byte for byte as it is kept.").arg(path)
                       : text(written.error().message));
}

void ContractVerbs::remove() {
    auto* form = new RemoveContractForm(m_context, m_tab->subject(), m_tab->look(), m_tab);
    connect(form, &CatalogForm::submitted, m_tab, [this](const QString& name) {
        const auto* undo = m_context.commands.action(QStringLiteral("edit.undo"));
        const auto keys = undo == nullptr ? QString() : undo->shortcut().toString(QKeySequence::NativeText);
        m_tab->say(Tone::Ok, tr("The contract of %1 has ended.").arg(name),
                   keys.isEmpty() ? QString() : tr("%1 brings it back.").arg(keys));
    });
    form->open();
}

/// With the schemas as the registry has them now: the tab looks again when they are read.
void ContractVerbs::check() {
    emit m_tab->wanted();
    m_context.schemas.reload();
}

} // namespace meshbone::ui
