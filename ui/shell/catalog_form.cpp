// SPDX-License-Identifier: Apache-2.0
#include "shell/catalog_form.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kTextHeight = 72;
constexpr std::chrono::seconds kSubmitTimeout{15};
} // namespace

QString slugOf(const QString& name) {
    QString slug;
    for (const auto c : name.trimmed().toLower().normalized(QString::NormalizationForm_KD)) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9')) {
            slug += c;
        } else if ((c.isSpace() || c == u'-' || c == u'_' || c == u'.') && !slug.isEmpty() && !slug.endsWith(u'-')) {
            slug += u'-';
        }
    }
    while (slug.endsWith(u'-')) {
        slug.chop(1);
    }
    return slug;
}

CatalogForm::CatalogForm(PageContext& context, const QString& title, const QString& sentence, const QString& verb,
                         QWidget* parent)
    : Dialog(title, sentence, parent)
    , m_context(context) {
    m_verb = addVerb(verb);
    connect(m_verb, &QPushButton::clicked, this, &CatalogForm::send);
    setModal(true);
}

QLineEdit* CatalogForm::addLine(const QString& name, const QString& label, const QString& value, const QString& hint) {
    auto* line = new QLineEdit(value);
    line->setObjectName(name);
    addField(label, line, hint);
    return line;
}

QPlainTextEdit* CatalogForm::addText(const QString& name, const QString& label, const QString& value) {
    auto* area = new QPlainTextEdit(value);
    area->setObjectName(name);
    area->setFixedHeight(kTextHeight);
    area->setTabChangesFocus(true);
    addField(label, area);
    return area;
}

Choice* CatalogForm::addTeamChoice(const QString& current) {
    auto* choice = new Choice(tr("Owner"));
    choice->setObjectName(QStringLiteral("owner"));
    for (const auto& team : m_context.feed.catalog()->teams) {
        choice->addItem(text(team.name.empty() ? team.id : team.name), text(team.id));
    }
    choice->setCurrentIndex(std::max(0, choice->findData(current)));
    addField(tr("Owner"), choice, choice->count() == 0 ? tr("There is no team yet; create one first.") : QString());
    return choice;
}

Choice* CatalogForm::addDomainChoice(const QString& current) {
    auto* choice = new Choice(tr("Domain"));
    choice->setObjectName(QStringLiteral("domain"));
    for (const auto& domain : m_context.feed.catalog()->domains) {
        choice->addItem(text(m_context.feed.catalog()->domainName(domain.id)), text(domain.id));
    }
    choice->setCurrentIndex(std::max(0, choice->findData(current)));
    addField(tr("Domain"), choice, choice->count() == 0 ? tr("There is no domain yet; create one first.") : QString());
    return choice;
}

Choice* CatalogForm::addTeam(const QString& name, const QString& label, const QString& none, const QString& current) {
    auto* choice = new Choice(label);
    choice->setObjectName(name);
    choice->addItem(none, QString());
    for (const auto& team : m_context.feed.catalog()->teams) {
        choice->addItem(text(m_context.feed.catalog()->teamName(team.id)), text(team.id));
    }
    choice->setCurrentIndex(std::max(0, choice->findData(current)));
    addField(label, choice);
    return choice;
}

Choice* CatalogForm::addPerson(const QString& name, const QString& label, const QString& none, const QString& current) {
    auto* choice = new Choice(label);
    choice->setObjectName(name);
    choice->addItem(none, QString());
    for (const auto& person : m_context.feed.catalog()->people) {
        choice->addItem(text(m_context.feed.catalog()->personName(person.id)), text(person.id));
    }
    choice->setCurrentIndex(std::max(0, choice->findData(current)));
    addField(label, choice);
    return choice;
}

void CatalogForm::finishForm() {
    m_why = addLine(QStringLiteral("why"), tr("Why"), {}, tr("Kept in the ledger beside the change; may stay empty."));
}

std::string CatalogForm::why() const {
    return m_why == nullptr ? std::string() : m_why->text().trimmed().toStdString();
}

void CatalogForm::send() {
    auto* catalog = m_context.services.catalog;
    const auto asked = submission();
    if (!asked) {
        sayError(text(asked.error().message));
        return;
    }
    m_verb->setReason(tr("The entry is being written to the ledger."));
    message()->hide();
    m_context.jobs.run(
        this, {.title = tr("Writing to the ledger"), .key = QStringLiteral("submit")},
        [catalog, submission = *asked](const JobContext& job) {
            return catalog->submit(submission, job.call(kSubmitTimeout));
        },
        [this](const Result<catalog::LedgerEntry>& entry) {
            m_verb->setReason({});
            if (!entry) {
                sayError(text(entry.error().message));
            } else if (!entry->accepted) {
                sayError(text(entry->rejection));
            } else {
                emit submitted(subject());
                accept();
            }
        });
}

} // namespace meshbone::ui
