// SPDX-License-Identifier: Apache-2.0
#include "schemas/diff_panes.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr std::size_t kAround = 3; ///< lines that stay beside what differs
constexpr int kPadding = 10;
constexpr int kBar = 3;
} // namespace

DiffPanes::DiffPanes(QWidget* parent)
    : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFont(textFont(TextStyle::Mono));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The two texts, side by side"));
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void DiffPanes::setTexts(QStringList left, QStringList right, std::vector<DiffRow> rows) {
    m_left = std::move(left);
    m_right = std::move(right);
    m_rows = std::move(rows);
    m_isUnfolded = false;
    m_markLeft = m_markRight = 0;
    m_removed = static_cast<int>(
        std::ranges::count_if(m_rows, [](const DiffRow& row) { return !row.isSame && row.left >= 0; }));
    m_added = static_cast<int>(
        std::ranges::count_if(m_rows, [](const DiffRow& row) { return !row.isSame && row.right >= 0; }));
    setAccessibleDescription(tr("%1 lines only at the left, %2 lines only at the right.").arg(m_removed).arg(m_added));
    fold();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
}

void DiffPanes::fold() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size();) {
        auto end = i;
        while (end < m_rows.size() && m_rows[end].isSame) {
            ++end;
        }
        const auto from = i == 0 ? i : i + kAround;
        const auto to = end == m_rows.size() ? end : end - std::min(end, kAround);
        if (!m_isUnfolded && end > i && to > from + 1 && m_removed + m_added > 0) {
            for (; i < from; ++i) {
                m_shown.push_back({m_rows[i], 0});
            }
            m_shown.push_back({{}, static_cast<int>(to - from)});
            i = to;
        }
        for (; i < end; ++i) {
            m_shown.push_back({m_rows[i], 0});
        }
        while (i < m_rows.size() && !m_rows[i].isSame) {
            m_shown.push_back({m_rows[i++], 0});
        }
    }
    updateBars();
    viewport()->update();
}

int DiffPanes::rowHeight() const {
    return fontMetrics().height() + 4;
}

int DiffPanes::gutter() const {
    const auto digits = std::max<qsizetype>(2, QString::number(std::max(m_left.size(), m_right.size())).size());
    return fontMetrics().horizontalAdvance(QLatin1Char('0')) * static_cast<int>(digits + 3) + kPadding;
}

void DiffPanes::updateBars() {
    verticalScrollBar()->setRange(0,
                                  std::max(0, static_cast<int>(m_shown.size()) * rowHeight() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(rowHeight());
    qsizetype longest = 0;
    for (const auto* lines : {&m_left, &m_right}) {
        for (const auto& line : *lines) {
            longest = std::max(longest, line.size());
        }
    }
    const int need = fontMetrics().horizontalAdvance(QLatin1Char('0')) * static_cast<int>(longest) + 2 * kPadding;
    const int room = viewport()->width() / 2 - gutter();
    horizontalScrollBar()->setRange(0, std::max(0, need - room));
    horizontalScrollBar()->setPageStep(std::max(1, room));
    horizontalScrollBar()->setSingleStep(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 4);
}

void DiffPanes::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateBars();
}

void DiffPanes::mousePressEvent(QMouseEvent* event) {
    const auto index =
        static_cast<std::size_t>((qRound(event->position().y()) + verticalScrollBar()->value()) / rowHeight());
    if (index < m_shown.size() && m_shown[index].folded > 0) {
        m_isUnfolded = true;
        fold();
    }
}

void DiffPanes::showLines(int left, int right) {
    m_markLeft = left;
    m_markRight = right;
    const auto has = [&](const DiffRow& row) {
        return (left > 0 && row.left == left - 1) || (right > 0 && row.right == right - 1);
    };
    const auto find = [&] {
        return std::ranges::find_if(m_shown, [&](const Shown& one) { return one.folded == 0 && has(one.row); });
    };
    auto found = find();
    if (found == m_shown.end() && std::ranges::any_of(m_rows, has)) {
        m_isUnfolded = true;
        fold();
        found = find();
    }
    if (found != m_shown.end()) {
        const auto top = static_cast<int>(found - m_shown.begin()) * rowHeight();
        verticalScrollBar()->setValue(top - viewport()->height() / 2);
    }
    viewport()->update();
}

void DiffPanes::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setFont(font());
    painter.fillRect(event->rect(), color(Token::Surface));
    const int height = rowHeight();
    const int offset = verticalScrollBar()->value();
    for (auto i = static_cast<std::size_t>(offset / height); i < m_shown.size(); ++i) {
        const auto top = static_cast<qreal>(static_cast<int>(i) * height - offset);
        if (top > event->rect().bottom()) {
            break;
        }
        paintRow(painter, m_shown[i], top);
    }
    painter.setClipping(false);
    painter.fillRect(QRect(viewport()->width() / 2, 0, 1, viewport()->height()), color(Token::Border));
    if (hasFocus()) {
        painter.fillRect(QRect(0, 0, kBar, viewport()->height()), color(Token::Accent));
    }
}

void DiffPanes::paintRow(QPainter& painter, const Shown& shown, qreal top) const {
    const auto half = viewport()->width() / 2;
    const QRectF left(0, top, half, rowHeight()), right(half + 1, top, viewport()->width() - half - 1, rowHeight());
    painter.setClipping(false);
    if (shown.folded > 0) {
        painter.fillRect(QRectF(0, top, viewport()->width(), rowHeight()), color(Token::Sunken));
        painter.setPen(color(Token::Text3));
        painter.drawText(left.adjusted(gutter(), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("… %n line(s) that (is|are) the same", nullptr, shown.folded));
        return;
    }
    paintSide(painter, left, m_left, shown.row.left, shown.row.isSame, true);
    paintSide(painter, right, m_right, shown.row.right, shown.row.isSame, false);
}

void DiffPanes::paintSide(QPainter& painter, const QRectF& box, const QStringList& lines, int line, bool isSame,
                          bool isLeft) const {
    const auto ground = line < 0 ? Token::Sunken : isSame ? Token::Surface : isLeft ? Token::DangerSoft : Token::OkSoft;
    painter.setClipping(false);
    painter.fillRect(box, color(ground));
    if (line < 0) {
        return;
    }
    const auto ink = isLeft ? Token::Danger : Token::Ok;
    if (!isSame) {
        painter.fillRect(QRectF(box.left(), box.top(), kBar, box.height()), color(ink));
    }
    if (line + 1 == (isLeft ? m_markLeft : m_markRight)) {
        painter.setPen(color(Token::Accent));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(kBar + 0.5, 0.5, -1.5, -0.5));
    }
    const auto digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    painter.setPen(color(isSame ? Token::Text3 : ink));
    painter.drawText(QRectF(box.left(), box.top(), gutter() - 2.5 * digit, box.height()),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(line + 1));
    if (!isSame) {
        painter.drawText(QRectF(box.left() + gutter() - 2 * digit, box.top(), digit, box.height()), Qt::AlignCenter,
                         isLeft ? QStringLiteral("−") : QStringLiteral("+"));
    }
    const QRectF words(box.left() + gutter(), box.top(), box.width() - gutter(), box.height());
    painter.setClipRect(words);
    painter.setPen(color(Token::Text1));
    painter.drawText(QRectF(words.left() - horizontalScrollBar()->value(), words.top(), 100'000, words.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, lines.value(line));
}

} // namespace meshbone::ui
