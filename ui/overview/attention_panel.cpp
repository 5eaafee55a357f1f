// SPDX-License-Identifier: Apache-2.0
#include "overview/attention_panel.h"

#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kLineHeight = 50;
constexpr qsizetype kLinesShown = 5;

/// A finding: icon in its tone, sentence, detail, button.
class Line : public QWidget {
public:
    Line(const AttentionItem& item, bool first, std::function<void()> run)
        : m_item(item)
        , m_first(first) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(26, 6, 0, 7);
        row->setSpacing(12);
        auto* texts = new QVBoxLayout;
        texts->setSpacing(1);
        auto* sentence = new Label(item.sentence, TextStyle::BodyStrong);
        sentence->setElided(true);
        auto* detail = new Label(item.detail, TextStyle::Secondary, Token::Text2);
        detail->setElided(true);
        texts->addWidget(sentence);
        texts->addWidget(detail);
        row->addLayout(texts, 1);
        auto* button = new Button(item.action);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(item.action, item.sentence));
        row->addWidget(button, 0, Qt::AlignVCenter);
        connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
        setFixedHeight(kLineHeight);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        if (!m_first) {
            painter.fillRect(0, 0, width(), 1, color(Token::Line));
        }
        const auto ink = m_item.tone == Tone::Accent ? Token::Accent : toneInk(m_item.tone);
        drawIcon(painter, QRectF(0, 9, 16, 16), toneIcon(m_item.tone), color(ink));
    }

private:
    AttentionItem m_item;
    bool m_first;
};

/// When nothing waits.
class Calm : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawIcon(painter, QRectF(width() / 2.0 - 10, height() / 2.0 - 36, 20, 20), QStringLiteral("check"),
                 color(Token::Ok));
        painter.setFont(textFont(TextStyle::BodyStrong));
        painter.setPen(color(Token::Text1));
        drawTabular(painter, QRectF(0, height() / 2.0 - 8, width(), 20), Qt::AlignHCenter,
                    AttentionPanel::tr("Nothing waits for you"));
        painter.setFont(textFont(TextStyle::Secondary));
        painter.setPen(color(Token::Text2));
        drawTabular(painter, QRectF(0, height() / 2.0 + 12, width(), 20), Qt::AlignHCenter,
                    AttentionPanel::tr("Lagging groups, failed replays and broken rules appear here."));
    }
};

} // namespace

AttentionPanel::AttentionPanel(PageContext& context, QWidget* parent)
    : Panel(tr("Needs attention"), parent)
    , m_context(context) {
    setObjectName(QStringLiteral("attention"));
    m_list = new QWidget;
    new QVBoxLayout(m_list);
    m_list->layout()->setContentsMargins(0, 2, 0, 0);
    m_list->layout()->setSpacing(0);
    auto* scroll = scrolled(m_list);
    content()->addWidget(scroll);
    m_scroll = scroll;
    m_shown << QStringLiteral("nothing built yet");
    connect(&context.attention, &AttentionFeed::changed, this, &AttentionPanel::rebuild);
    rebuild();
}

void AttentionPanel::rebuild() {
    const auto& items = m_context.attention.items();
    QList<QString> now;
    for (const auto& item : items) {
        now << item.sentence + u'\n' + item.detail;
    }
    if (now == m_shown) {
        return;
    }
    m_shown = now;
    setRemark(items.isEmpty() ? QString() : formatCount(items.size()));
    auto* layout = static_cast<QVBoxLayout*>(m_list->layout());
    while (auto* gone = layout->takeAt(0)) {
        if (gone->widget() != nullptr) {
            gone->widget()->hide();
            gone->widget()->deleteLater();
        }
        delete gone;
    }
    // As high as its lines, up to five; the panel below takes the rest.
    m_scroll->setFixedHeight(kLineHeight * static_cast<int>(std::clamp<qsizetype>(items.size(), 2, kLinesShown)) + 4);
    if (items.isEmpty()) {
        layout->addWidget(new Calm, 1);
        return;
    }
    for (qsizetype i = 0; i < items.size(); ++i) {
        layout->addWidget(new Line(items[i], i == 0, [this, item = items[i]] {
            if (item.retry) {
                m_context.feed.retry();
            } else {
                m_context.navigator.goTo(item.place.page, item.place.selection.isNone()
                                                              ? m_context.navigator.selection()
                                                              : item.place.selection);
            }
        }));
    }
    layout->addStretch(1);
}

} // namespace meshbone::ui
