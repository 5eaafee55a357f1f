// SPDX-License-Identifier: Apache-2.0
#include "audit/about_dialog.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>

namespace meshbone::ui {

namespace {

enum Kind : int { Everything, OneTopic, OneProduct };

/// A time as it is typed again; empty: none.
QString typed(const std::optional<TimestampMs>& timeMs) {
    return timeMs ? formatTime(*timeMs) : QString();
}

Result<std::optional<TimestampMs>> timeIn(const QLineEdit& line) {
    const auto said = line.text().trimmed();
    if (said.isEmpty()) {
        return std::nullopt;
    }
    const auto timeMs = parseTypedTime(said);
    if (!timeMs) {
        return fail(ErrorCode::InvalidArgument,
                    AboutDialog::tr("“%1” isn't a time such as 2026-11-24 12:00.").arg(said).toStdString());
    }
    return timeMs;
}

} // namespace

QString AboutChoice::words() const {
    return product.empty() ? text(topic) : AboutDialog::tr("product %1").arg(text(product));
}

AboutDialog::AboutDialog(PageContext& context, const AboutChoice& choice, const QString& title, const QString& sentence,
                         const QString& verb, QWidget* parent)
    : Dialog(title, sentence, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("aboutDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildFields(choice);
    m_verb = addVerb(verb);
    m_verb->setObjectName(QStringLiteral("aboutVerb"));
    connect(m_verb, &Button::clicked, this, &AboutDialog::accepted);
    m_name->setFocus();
}

void AboutDialog::buildFields(const AboutChoice& choice) {
    m_kind = new Choice(tr("About"), this);
    m_kind->setObjectName(QStringLiteral("aboutKind"));
    m_kind->addItems({tr("The whole ledger"), tr("A topic"), tr("A product")});
    m_kind->setCurrentIndex(!choice.product.empty() ? OneProduct : !choice.topic.empty() ? OneTopic : Everything);
    addField(tr("About"), m_kind);
    m_name = new QLineEdit(text(choice.product.empty() ? choice.topic : choice.product), this);
    m_name->setObjectName(QStringLiteral("aboutName"));
    addField(tr("Name"), m_name,
             tr("Of a topic: also its product, and the requests, grants and bindings that cover it by a prefix."));
    m_from = new QLineEdit(typed(choice.fromMs), this);
    m_from->setObjectName(QStringLiteral("aboutFrom"));
    m_from->setPlaceholderText(tr("the beginning"));
    addField(tr("From"), m_from);
    m_to = new QLineEdit(typed(choice.toMs), this);
    m_to->setObjectName(QStringLiteral("aboutTo"));
    m_to->setPlaceholderText(tr("now"));
    addField(tr("Until"), m_to,
             tr("Times in %1; the end doesn't belong to it.").arg(TimeZoneSwitch::instance().name()));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AboutDialog::offerNames);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& name) {
        if (m_kind->currentIndex() == Everything && !name.isEmpty()) {
            m_kind->setCurrentIndex(OneTopic);
        }
    });
    offerNames();
}

void AboutDialog::offerNames() {
    QStringList names;
    const auto catalog = m_context.feed.catalog();
    if (m_kind->currentIndex() == OneProduct) {
        for (const auto& product : catalog->products) {
            names << text(product.id);
        }
    } else {
        for (const auto& [topic, facts] : catalog->facts) {
            names << text(topic);
        }
    }
    auto* completer = new QCompleter(names, m_name);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer); // deletes the one before
}

Result<AboutChoice> AboutDialog::choice() const {
    AboutChoice choice;
    const auto name = m_name->text().trimmed().toStdString();
    const int kind = m_kind->currentIndex();
    if (kind != Everything && name.empty()) {
        return fail(ErrorCode::InvalidArgument, tr("Say which one.").toStdString());
    }
    (kind == OneProduct ? choice.product : choice.topic) = kind == Everything ? std::string() : name;
    const auto from = timeIn(*m_from);
    const auto to = from ? timeIn(*m_to) : from;
    if (!to) {
        return std::unexpected(to.error());
    }
    if (*from && *to && **from >= **to) {
        return fail(ErrorCode::InvalidArgument, tr("The period ends before it begins.").toStdString());
    }
    choice.fromMs = *from;
    choice.toMs = *to;
    return choice;
}

void AboutDialog::accepted() {
    const auto made = choice();
    if (made) {
        take(*made);
    } else {
        sayError(text(made.error().message));
    }
}

void AboutDialog::take(const AboutChoice& choice) {
    emit chosen(choice);
    accept();
}

} // namespace meshbone::ui
