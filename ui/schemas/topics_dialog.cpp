// SPDX-License-Identifier: Apache-2.0
#include "schemas/topics_dialog.h"

#include "widgets/button.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kTopicsWidth = 480, kTopicsHeight = 420;
} // namespace

TopicsDialog::TopicsDialog(const ChoiceItems& topics, const QStringList& chosen, QWidget* parent)
    : Dialog(tr("Topics to Look At"), tr("The events of these topics are looked at, and no others."), parent) {
    setObjectName(QStringLiteral("topicsDialog"));
    resize(kTopicsWidth, kTopicsHeight);
    for (const auto& one : *topics) {
        m_known.insert(one.id);
    }
    m_topic = new LongChoice(tr("Topic to add"), true, this);
    m_topic->setObjectName(QStringLiteral("topicToAdd"));
    m_topic->setItems(topics);
    m_topic->setCurrentIndex(-1);
    m_topic->clearEditText();
    addField(tr("Add a topic"), m_topic);
    m_lines = new QPlainTextEdit(chosen.join(u'\n'), this);
    m_lines->setObjectName(QStringLiteral("topicLines"));
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setTabChangesFocus(true);
    addField(tr("Topics, one a line"), m_lines);
    m_choose = addVerb(tr("Choose Topics"));
    m_choose->setObjectName(QStringLiteral("chooseTopics"));
    connect(m_topic, &QComboBox::activated, this, [this](int row) { add(m_topic->itemData(row).toString()); });
    connect(m_lines, &QPlainTextEdit::textChanged, this, &TopicsDialog::updateVerb);
    connect(m_choose, &Button::clicked, this, [this] {
        emit this->chosen(named());
        accept();
    });
    updateVerb();
}

/// Enter adds the topic that is typed, and ends nothing.
void TopicsDialog::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || !m_topic->lineEdit()->hasFocus()) {
        Dialog::keyPressEvent(event);
    }
}

void TopicsDialog::add(const QString& topic) {
    if (!named().contains(topic)) {
        m_lines->setPlainText((named() << topic).join(u'\n'));
    }
    m_topic->setCurrentIndex(-1);
    m_topic->clearEditText();
    // A completer writes what it completed once more, after it has told of it.
    QMetaObject::invokeMethod(m_topic, &QComboBox::clearEditText, Qt::QueuedConnection);
}

QStringList TopicsDialog::named() const {
    QStringList topics;
    for (const auto& line : m_lines->toPlainText().split(u'\n')) {
        topics << line.trimmed();
    }
    topics.removeAll(QString());
    topics.removeDuplicates();
    return topics;
}

QString TopicsDialog::whyNot() const {
    const auto topics = named();
    const auto unknown = std::ranges::find_if(topics, [this](const QString& one) { return !m_known.contains(one); });
    return topics.isEmpty()          ? tr("Name a topic.")
           : unknown != topics.end() ? tr("There is no topic “%1”.").arg(unknown->left(100))
                                     : QString();
}

void TopicsDialog::updateVerb() {
    m_choose->setReason(whyNot());
}

} // namespace meshbone::ui
