// SPDX-License-Identifier: Apache-2.0
#include "widgets/dialog.h"

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kWidth = 480;
} // namespace

Dialog::Dialog(const QString& title, const QString& sentence, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(12);
    auto* heading = new Label(title, TextStyle::Title);
    heading->setWordWrap(true);
    layout->addWidget(heading);
    if (!sentence.isEmpty()) {
        auto* text = new Label(sentence, TextStyle::Body, Token::Text2);
        text->setWordWrap(true);
        layout->addWidget(text);
    }
    m_content = new QVBoxLayout;
    m_content->setSpacing(10);
    layout->addLayout(m_content, 1);
    m_message = new MessageBar;
    layout->addWidget(m_message);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(8);
    m_buttons->addStretch(1);
    m_cancel = new Button(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setDefault(true);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_buttons->addWidget(m_cancel);
    layout->addLayout(m_buttons);
}

Button* Dialog::addVerb(const QString& verb, bool destructive) {
    auto* button = new Button(verb, destructive ? ButtonKind::Danger : ButtonKind::Primary);
    button->setObjectName(QStringLiteral("verb"));
    m_cancel->setDefault(destructive);
    button->setDefault(!destructive);
    m_buttons->addWidget(button);
    return button;
}

void Dialog::addField(const QString& label, QWidget* field, const QString& hint) {
    m_content->addLayout(labelled(label, field, hint));
}

QLayout* Dialog::labelled(const QString& label, QWidget* field, const QString& hint) {
    auto* box = new QVBoxLayout;
    box->setSpacing(4);
    auto* name = new Label(label, TextStyle::Secondary, Token::Text2);
    name->setBuddy(field);
    if (field->accessibleName().isEmpty()) {
        field->setAccessibleName(label);
    }
    box->addWidget(name);
    box->addWidget(field);
    if (!hint.isEmpty()) {
        auto* below = new Label(hint, TextStyle::Small, Token::Text3);
        below->setWordWrap(true);
        box->addWidget(below);
    }
    return box;
}

void Dialog::sayError(const QString& sentence) {
    m_message->say(Tone::Danger, sentence);
}

void Dialog::setCancelText(const QString& text) {
    m_cancel->setText(text);
}

void confirmAction(QWidget* parent, const QString& title, const QString& effect, const QString& verb,
                   const QString& typed, std::function<void()> confirmed) {
    auto* dialog = new Dialog(title, effect, parent);
    dialog->setObjectName(QStringLiteral("confirm"));
    dialog->setModal(true);
    auto* button = dialog->addVerb(verb, true);
    if (!typed.isEmpty()) {
        auto* line = new QLineEdit;
        line->setObjectName(QStringLiteral("typed"));
        dialog->addField(Dialog::tr("Type “%1” to go on").arg(typed), line);
        button->setEnabled(false);
        QObject::connect(line, &QLineEdit::textChanged, button,
                         [button, typed](const QString& text) { button->setEnabled(text == typed); });
    }
    QObject::connect(button, &QPushButton::clicked, dialog, [dialog, confirmed = std::move(confirmed)] {
        dialog->accept();
        confirmed();
    });
    dialog->show();
}

} // namespace meshbone::ui
