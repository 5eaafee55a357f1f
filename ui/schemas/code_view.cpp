// SPDX-License-Identifier: Apache-2.0
#include "schemas/code_view.h"

#include "widgets/fonts.h"

#include <QPainter>
#include <QTextBlock>

namespace meshbone::ui {

namespace {
constexpr int kGutterPadding = 10;
}

class CodeView::Gutter : public QWidget {
public:
    explicit Gutter(CodeView* view)
        : QWidget(view)
        , m_view(view) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_view->paintGutter(event); }

private:
    CodeView* m_view;
};

CodeView::CodeView(const QString& accessibleName, QWidget* parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this)) {
    setAccessibleName(accessibleName);
    setFont(textFont(TextStyle::Mono));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    placeGutter();
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeView::placeGutter);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        dy != 0 ? m_gutter->scroll(0, dy) : m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        paintMark();
        m_gutter->update();
    });
}

int CodeView::gutterWidth() const {
    const auto digits = std::max<qsizetype>(2, QString::number(blockCount()).size());
    return fontMetrics().horizontalAdvance(QLatin1Char('0')) * static_cast<int>(digits) + 2 * kGutterPadding;
}

void CodeView::placeGutter() {
    setViewportMargins(gutterWidth(), 0, 0, 0);
    const auto inside = contentsRect();
    m_gutter->setGeometry(QRect(inside.left(), inside.top(), gutterWidth(), viewport()->height()));
    m_gutter->update();
}

void CodeView::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

void CodeView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_gutter != nullptr) {
        placeGutter();
    }
}

void CodeView::paintGutter(QPaintEvent* event) {
    QPainter painter(m_gutter);
    painter.setFont(font());
    const qreal shift = viewport()->y() - m_gutter->y();
    for (auto block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const auto box = blockBoundingGeometry(block).translated(contentOffset()).translated(0, shift);
        if (box.top() > event->rect().bottom()) {
            break;
        }
        const int line = block.blockNumber() + 1;
        painter.setPen(color(line == m_markedLine ? toneInk(m_markTone) : Token::Text3));
        painter.drawText(QRectF(0, box.top(), m_gutter->width() - kGutterPadding, box.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(line));
    }
}

void CodeView::markLine(int line, Tone tone) {
    m_markedLine = line;
    m_markTone = tone;
    paintMark();
    m_gutter->update();
}

void CodeView::paintMark() {
    QList<QTextEdit::ExtraSelection> marks;
    const auto block = document()->findBlockByNumber(m_markedLine - 1);
    if (m_markedLine > 0 && block.isValid()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setBackground(color(toneGround(m_markTone)));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << mark;
    }
    setExtraSelections(marks);
}

void CodeView::goTo(const catalog::TextPlace& place) {
    const auto block = document()->findBlockByNumber(place.line - 1);
    if (place.line <= 0 || !block.isValid()) {
        return;
    }
    QTextCursor cursor(block);
    const auto bytes = block.text().toUtf8().left(std::max(0, place.column - 1)); // columns count bytes
    cursor.setPosition(block.position() + static_cast<int>(QString::fromUtf8(bytes).size()));
    setTextCursor(cursor);
    centerCursor();
}

} // namespace meshbone::ui
