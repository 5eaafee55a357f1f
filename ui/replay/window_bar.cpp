// SPDX-License-Identifier: Apache-2.0
#include "replay/window_bar.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStringListModel>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr double kBarZoomStep = 1.6;
constexpr int kTimeWidth = 190;
constexpr qsizetype kNameChars = 32;
} // namespace

WindowBar::WindowBar(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 16, 4);
    layout->setSpacing(8);
    m_topic = new Choice(tr("Topic to be replayed"), this);
    m_topic->setObjectName(QStringLiteral("replayTopic"));
    m_topic->setMinimumWidth(240);
    m_names = new QStringListModel(this); // a combo box's own model makes an item of each of very many names
    m_topic->setModel(m_names);
    m_topic->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const auto field = [this](const char* name, const QString& accessible) {
        auto* edit = new QLineEdit(this);
        edit->setObjectName(QString::fromLatin1(name));
        edit->setAccessibleName(accessible);
        edit->setFixedWidth(kTimeWidth);
        edit->setFont(textFont(TextStyle::Mono));
        edit->setPlaceholderText(QStringLiteral("2018-02-06 15:50"));
        connect(edit, &QLineEdit::editingFinished, this, &WindowBar::readFields);
        return edit;
    };
    m_from = field("replayFrom", tr("From, event time"));
    m_to = field("replayTo", tr("To, event time, not included"));
    m_scale = new Label({}, TextStyle::Secondary, Token::Text3, this);
    auto* minus = Button::iconButton(QStringLiteral("minus"), tr("Show more time"), this);
    auto* plus = Button::iconButton(QStringLiteral("plus"), tr("Show less time"), this);
    auto* all = Button::iconButton(QStringLiteral("fit"), tr("Show all events"), this);
    layout->addWidget(m_topic);
    layout->addSpacing(8);
    layout->addWidget(new Label(tr("From"), TextStyle::Body, Token::Text2, this));
    layout->addWidget(m_from);
    layout->addWidget(new Label(tr("to"), TextStyle::Body, Token::Text2, this));
    layout->addWidget(m_to);
    layout->addStretch();
    for (auto* widget : std::initializer_list<QWidget*>{m_scale, minus, plus, all}) {
        layout->addWidget(widget);
    }
    connect(m_topic, &QComboBox::textActivated, this, &WindowBar::topicChosen);
    connect(minus, &Button::clicked, this, [this] { emit zoomAsked(1 / kBarZoomStep); });
    connect(plus, &Button::clicked, this, [this] { emit zoomAsked(kBarZoomStep); });
    connect(all, &Button::clicked, this, &WindowBar::allAsked);
}

void WindowBar::setTopics(const QStringList& topics) {
    if (m_topics == topics) {
        return;
    }
    m_topics = topics;
    const auto chosen = topic();
    // As wide as the longest name needs, about: to measure each of very many takes longer than to show them.
    const auto longest = topics.isEmpty() ? 0 : std::ranges::max(topics, {}, &QString::size).size();
    m_topic->setMinimumContentsLength(static_cast<int>(std::min<qsizetype>(longest, kNameChars)));
    m_names->setStringList(topics);
    m_topic->setCurrentIndex(static_cast<int>(topics.indexOf(chosen)));
}

void WindowBar::setTopic(const QString& topic) {
    if (m_topic->findText(topic) < 0) {
        m_topic->addItem(topic);
    }
    m_topic->setCurrentText(topic);
}

QString WindowBar::topic() const {
    return m_topic->currentText();
}

void WindowBar::setWindow(const WindowMs& window) {
    m_from->setText(window.isEmpty() ? QString() : formatTime(window.fromMs));
    m_to->setText(window.isEmpty() ? QString() : formatTime(window.toMs));
}

void WindowBar::setScale(const QString& scale) {
    m_scale->setText(scale);
}

void WindowBar::readFields() {
    if (m_from->text().trimmed().isEmpty() || m_to->text().trimmed().isEmpty()) {
        return; // half a window: wait for the rest
    }
    for (auto* field : {m_from, m_to}) {
        if (!parseTypedTime(field->text())) {
            emit badWindow(tr("“%1” is not a time; write it as 2018-02-06 15:50:00.000.").arg(field->text()));
            return;
        }
    }
    if (const WindowMs typed{*parseTypedTime(m_from->text()), *parseTypedTime(m_to->text())}; typed.isEmpty()) {
        emit badWindow(tr("The window is empty; its end must be later than its beginning."));
        return;
    }
    emit windowTyped({*parseTypedTime(m_from->text()), *parseTypedTime(m_to->text())});
}

} // namespace meshbone::ui
