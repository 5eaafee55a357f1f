// SPDX-License-Identifier: Apache-2.0
#include "products/people_forms.h"

#include "shell/ledger_entry.h"
#include "widgets/button.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

const catalog::Person* personOf(const CatalogView& catalog, const QString& id) {
    const auto found = std::ranges::find(catalog.people, id.toStdString(), &catalog::Person::id);
    return found == catalog.people.end() ? nullptr : &*found;
}

bool isEnrolled(const CatalogView& catalog, const PersonCard& card) {
    const auto* person = personOf(catalog, card.id);
    return person != nullptr && std::ranges::count(person->publicKeys, card.key.toStdString()) > 0;
}

} // namespace

QString PersonCard::line() const {
    return QStringLiteral("%1 %2 %3").arg(id, key, name);
}

std::optional<PersonCard> PersonCard::from(const QString& line) {
    // 32 bytes in base64
    static const QRegularExpression form(QStringLiteral("^([a-z0-9-]+) ([A-Za-z0-9+/]{43}=) (.+)$"));
    const auto found = form.match(line.trimmed());
    return found.hasMatch() ? std::optional(PersonCard{found.captured(1), found.captured(2), found.captured(3)})
                            : std::nullopt;
}

std::optional<PersonCard> ownCard(const PageContext& context) {
    const auto& services = context.services;
    const auto key = services.catalog == nullptr ? std::string() : services.catalog->publicKey();
    if (key.empty() || services.person.empty()) {
        return std::nullopt;
    }
    return PersonCard{text(services.person), text(key), text(context.feed.catalog()->personName(services.person))};
}

PersonForm::PersonForm(PageContext& context, QWidget* parent)
    : CatalogForm(context, tr("Enrol a person"),
                  tr("Who is enrolled may write to the ledger; their entries are proven by their key. The other person "
                     "copies theirs from “My Public Key…” in their own Meshbone and sends it to you; make sure that it "
                     "is from them."),
                  tr("Enrol"), parent) {
    setObjectName(QStringLiteral("personForm"));
    m_card = addLine(QStringLiteral("publicKey"), tr("Their public key"), {},
                     tr("The whole line that they copied, or the key alone."));
    m_id =
        addLine(QStringLiteral("id"), tr("Id"), {},
                tr("As their Meshbone shows it: their entries name it. With the id of somebody who is enrolled it is a "
                   "further key of theirs."));
    m_name = addLine(QStringLiteral("name"), tr("Name"), {});
    connect(m_card, &QLineEdit::textChanged, this, &PersonForm::takeCard);
    finishForm();
    m_card->setFocus();
}

void PersonForm::takeCard(const QString& line) {
    if (const auto card = PersonCard::from(line)) {
        m_id->setText(card->id);
        m_name->setText(card->name);
        m_card->setText(card->key);
    }
}

Result<catalog::Submission> PersonForm::submission() const {
    const auto key = m_card->text().trimmed();
    const auto name = m_name->text().trimmed();
    if (key.isEmpty() || subject().isEmpty() || name.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, tr("A person needs a key, an id and a name.").toStdString());
    }
    const auto* known = personOf(*context().feed.catalog(), subject());
    return catalog::Submission{catalog::PutPerson{subject().toStdString(), name.toStdString(), key.toStdString()},
                               why(), known == nullptr ? 0 : known->revision};
}

QString PersonForm::subject() const {
    return m_id->text().trimmed();
}

OwnKeyDialog::OwnKeyDialog(PageContext& context, QWidget* parent)
    : Dialog(
          tr("My public key"),
          tr("Entries that you write to the ledger are signed with a key that stays on this machine. Somebody who is "
             "enrolled enrols you with its public half; it is no secret."),
          parent) {
    setObjectName(QStringLiteral("ownKeyDialog"));
    const auto card = *ownCard(context);
    auto* line = new QLineEdit(card.line());
    line->setObjectName(QStringLiteral("ownKey"));
    line->setReadOnly(true);
    line->setFont(textFont(TextStyle::Mono));
    line->setCursorPosition(0);
    addField(tr("Id, key and name"), line);
    auto* standing = new MessageBar;
    content()->addWidget(standing);
    isEnrolled(*context.feed.catalog(), card)
        ? standing->say(Tone::Ok, tr("This key is enrolled for “%1”.").arg(card.id))
        : standing->say(Tone::Warn, tr("This key isn't enrolled here: the ledger rejects what you would write."));
    setCancelText(tr("Close"));
    auto* copy = addVerb(tr("Copy"));
    copy->setIconName(QStringLiteral("copy"));
    connect(copy, &Button::clicked, this, [line = card.line()] { QGuiApplication::clipboard()->setText(line); });
}

void installPeopleCommands(PageContext& context) {
    context.commands.add(context.commands.window(),
                         {QStringLiteral("person.enroll"),
                          PersonForm::tr("Enrol a Person…"),
                          PersonForm::tr("Products"),
                          {},
                          QStringLiteral("person"),
                          {},
                          [&context] { (new PersonForm(context, context.commands.window()))->show(); },
                          [&context] { return whyNoEntry(context); },
                          false});
    context.commands.add(context.commands.window(),
                         {QStringLiteral("person.key"),
                          PersonForm::tr("My Public Key…"),
                          PersonForm::tr("Products"),
                          {},
                          QStringLiteral("copy"),
                          {},
                          [&context] { (new OwnKeyDialog(context, context.commands.window()))->show(); },
                          [&context] {
                              return ownCard(context) ? QString()
                                                      : PersonForm::tr("Nobody is set as the author of changes here.");
                          },
                          false});
}

} // namespace meshbone::ui
