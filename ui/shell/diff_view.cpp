// SPDX-License-Identifier: Apache-2.0
#include "shell/diff_view.h"

#include "shell/ledger_words.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QPainter>

namespace meshbone::ui {

namespace {
constexpr int kLineHeight = 26;
constexpr int kMargin = 16;
} // namespace

DiffView::DiffView(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

DiffView::Line DiffView::lineOf(bool added, const QString& field, const QString& value) {
    return {added, field, shownValue(field, value), humanValue(field, value)};
}

void DiffView::setChanges(std::vector<catalog::FieldChange> changes) {
    m_lines.clear();
    QStringList spoken;
    for (const auto& change : changes) {
        const auto field = text(change.field);
        if (change.before) {
            m_lines.push_back(lineOf(false, field, text(*change.before)));
        }
        if (change.after) {
            m_lines.push_back(lineOf(true, field, text(*change.after)));
        }
        spoken << tr("%1 from %2 to %3")
                      .arg(field, change.before ? shownValue(field, text(*change.before)) : tr("nothing"),
                           change.after ? shownValue(field, text(*change.after)) : tr("nothing"));
    }
    setAccessibleName(tr("Before and after"));
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QSize DiffView::sizeHint() const {
    return {360, static_cast<int>(m_lines.size()) * kLineHeight};
}

void DiffView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextStyle::Mono));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto& line = m_lines[i];
        const QRectF row(0, static_cast<qreal>(i) * kLineHeight, width(), kLineHeight);
        painter.fillRect(row, color(line.added ? Token::OkSoft : Token::DangerSoft));
        painter.setPen(color(line.added ? Token::Ok : Token::Danger));
        drawTabular(painter, row.adjusted(kMargin, 0, 0, 0), Qt::AlignLeft,
                    line.added ? QStringLiteral("+") : QStringLiteral("−"));
        painter.setPen(color(Token::Text1));
        const auto value = line.human.isEmpty() ? line.value : QStringLiteral("%1  %2").arg(line.value, line.human);
        // What a short value leaves is the field's; a long one leaves half.
        const auto valueWidth = tabularWidth(painter.font(), value);
        const auto most = std::max(row.width() * 0.5, row.width() - kMargin * 2 - 31 - valueWidth);
        const auto fieldWidth = std::min(tabularWidth(painter.font(), line.field), most);
        drawTabular(painter, QRectF(kMargin + 18, row.top(), fieldWidth + 1, row.height()), Qt::AlignLeft, line.field);
        const QRectF rest(kMargin + 18 + fieldWidth + 12, row.top(), width() - kMargin * 2 - 30 - fieldWidth,
                          row.height());
        // A value that fits stands at the right; a long text begins at the left, so that its beginning is seen.
        const bool fits = valueWidth <= rest.width();
        drawTabular(painter, rest, fits ? Qt::AlignRight : Qt::AlignLeft, value);
    }
}

} // namespace meshbone::ui
