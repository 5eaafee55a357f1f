// SPDX-License-Identifier: Apache-2.0
#include "widgets/empty_view.h"

#include "widgets/button.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kTickMs = 40;
constexpr int kQuietTicks = 5; // 200 ms without a sign: most loads are over by then
constexpr int kTextWidth = 560, kTextWidthLeast = 160;
constexpr int kDrawnFrom = 240;
} // namespace

/// Three places of the mesh: two still empty, the middle one with what belongs here.
class EmptyView::Drawing : public QWidget {
public:
    explicit Drawing(QWidget* parent)
        : QWidget(parent) {
        setFixedSize(344, 64);
    }
    void setIcon(const QString& icon) {
        m_icon = icon;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color(Token::NodeLine), 1.5, Qt::DashLine, Qt::FlatCap));
        painter.drawRoundedRect(QRectF(2, 14, 76, 34), 9, 9);
        painter.drawRoundedRect(QRectF(266, 14, 76, 34), 9, 9);
        painter.drawLine(QPointF(80, 31), QPointF(112, 31));
        painter.drawLine(QPointF(232, 31), QPointF(264, 31));
        painter.setPen(QPen(color(Token::Accent), 1.5));
        painter.setBrush(color(Token::AccentSoft));
        painter.drawRoundedRect(QRectF(114, 8, 116, 46), 14, 14);
        drawIcon(painter, QRectF(160, 19, 24, 24), m_icon, color(Token::Accent));
    }

private:
    QString m_icon = QStringLiteral("topic");
};

/// Its size is fixed by fitSentence(). A label that wraps would be asked for its height at many a width each time that
/// something beside the list is shown or hidden, at each level of layouts: hundreds of times, 50 ms.
class EmptyView::Sentence : public Label {
public:
    Sentence()
        : Label({}, TextStyle::Body, Token::Text2) {
        setWordWrap(true);
    }
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
};

EmptyView::EmptyView(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 24, 16, 24);
    layout->setSpacing(8);
    m_drawing = new Drawing(this);
    m_title = new Label({}, TextStyle::Title);
    m_title->setAlignment(Qt::AlignCenter);
    m_sentence = new Sentence;
    m_sentence->setAlignment(Qt::AlignCenter);
    m_button = new Button({}, ButtonKind::Primary);
    m_button->setObjectName(QStringLiteral("emptyAction"));
    m_button->hide();
    m_extra = new QVBoxLayout;
    layout->addStretch(2);
    layout->addWidget(m_drawing, 0, Qt::AlignHCenter);
    layout->addSpacing(12);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(6);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addLayout(m_extra);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_run) {
            m_run();
        }
    });
}

void EmptyView::setMessage(const QString& icon, const QString& title, const QString& sentence) {
    m_drawing->setIcon(icon);
    m_title->setText(title);
    m_sentence->setText(sentence);
    fitSentence();
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

/// An aligned item in a box layout isn't asked for its height at its width.
void EmptyView::fitSentence() {
    const auto margins = layout()->contentsMargins();
    const int room = std::clamp(width() - margins.left() - margins.right(), kTextWidthLeast, kTextWidth);
    const auto sentence = m_sentence->text();
    const auto bounds =
        m_sentence->fontMetrics().boundingRect(QRect(0, 0, room, 10'000), Qt::AlignCenter | Qt::TextWordWrap, sentence);
    const QSize size(room, bounds.height() + 2);
    if (m_sentence->size() == size) {
        return;
    }
    m_sentence->setFixedSize(size);
    m_sentence->clear(); // QLabel remembers what it needed at another width until it gets a text
    m_sentence->setText(sentence);
}

/// The drawing is the first to go where there is little room.
void EmptyView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_drawing->setVisible(height() >= kDrawnFrom && width() >= m_drawing->maximumWidth());
    fitSentence();
}

void EmptyView::setAction(const QString& text, std::function<void()> run) {
    m_run = std::move(run);
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

QString EmptyView::title() const {
    return m_title->text();
}

LoadingView::LoadingView(const QString& sentence, QWidget* parent)
    : QWidget(parent) {
    setSentence(sentence);
}

void LoadingView::setSentence(const QString& sentence) {
    m_sentence = sentence;
    setAccessibleName(sentence);
    update();
}

void LoadingView::showEvent(QShowEvent*) {
    m_ticks = 0;
    if (m_timer == 0) {
        m_timer = startTimer(kTickMs);
    }
}

void LoadingView::hideEvent(QHideEvent*) {
    if (m_timer != 0) {
        killTimer(m_timer);
        m_timer = 0;
    }
}

void LoadingView::timerEvent(QTimerEvent*) {
    ++m_ticks;
    update();
}

void LoadingView::paintEvent(QPaintEvent*) {
    if (m_ticks < kQuietTicks) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(width() / 2.0, height() * 0.4);
    const QRectF ring(middle.x() - 11, middle.y() - 11, 22, 22);
    painter.setPen(QPen(color(Token::BarDim), 2.5));
    painter.drawEllipse(ring);
    painter.setPen(QPen(color(Token::Accent), 2.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, -m_ticks * 12 * 16, 90 * 16);
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color(Token::Text2));
    drawTabular(painter, QRectF(0, middle.y() + 22, width(), 24), Qt::AlignHCenter, m_sentence);
}

} // namespace meshbone::ui
