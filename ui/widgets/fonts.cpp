// SPDX-License-Identifier: Apache-2.0
#include "widgets/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr qreal kDesignPointSize = 9.75; // 13 px at 96 dpi

struct Families {
    QString text, mono;
    qreal pointSize = kDesignPointSize;
};

Families& families() {
    static Families chosen;
    return chosen;
}

bool hasFamily(const QString& name) {
    return QFontDatabase::families().contains(name);
}

/// Without a desktop behind the platform its font size says nothing, so the design's stands.
qreal desktopPointSize() {
    const auto platform = QGuiApplication::platformName();
    if (platform == u"offscreen" || platform == u"minimal") {
        return kDesignPointSize;
    }
    const auto size = QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF();
    return size > 0 ? std::clamp(size, 8.0, 24.0) : kDesignPointSize;
}

qreal digitWidth(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

bool hasDigit(const QString& text) {
    return std::ranges::any_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Calls visit(run, width, isDigit) for each digit and each run of other characters.
template <class Visit>
void eachRun(const QString& text, const QFontMetricsF& metrics, qreal cell, Visit visit) {
    qsizetype begin = 0;
    const auto flush = [&](qsizetype end) {
        if (end > begin) {
            const auto run = text.mid(begin, end - begin);
            visit(run, metrics.horizontalAdvance(run), false);
        }
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] >= u'0' && text[i] <= u'9') {
            flush(i);
            visit(QString(text[i]), cell, true);
            begin = i + 1;
        }
    }
    flush(text.size());
}

} // namespace

void installFonts() {
    auto& chosen = families();
    chosen.text = hasFamily(QStringLiteral("Inter")) ? QStringLiteral("Inter")
                                                     : QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    chosen.mono = hasFamily(QStringLiteral("JetBrains Mono"))
                      ? QStringLiteral("JetBrains Mono")
                      : QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    chosen.pointSize = desktopPointSize();
    QApplication::setFont(textFont(TextStyle::Body));
}

QFont textFont(TextStyle style) {
    const auto& chosen = families();
    QFont result(chosen.text);
    qreal pixels = 13;
    auto weight = QFont::Normal;
    switch (style) {
    case TextStyle::Body:
        break;
    case TextStyle::BodyStrong:
        weight = QFont::DemiBold;
        break;
    case TextStyle::Secondary:
        pixels = 12;
        break;
    case TextStyle::SecondaryStrong:
        pixels = 12;
        weight = QFont::DemiBold;
        break;
    case TextStyle::Small:
        pixels = 11;
        weight = QFont::Medium;
        break;
    case TextStyle::SmallStrong:
        pixels = 11;
        weight = QFont::DemiBold;
        break;
    case TextStyle::Title:
        pixels = 16;
        weight = QFont::DemiBold;
        break;
    case TextStyle::DetailTitle:
        pixels = 15;
        weight = QFont::DemiBold;
        break;
    case TextStyle::Figure:
        pixels = 22;
        weight = QFont::DemiBold;
        break;
    case TextStyle::Mono:
    case TextStyle::MonoStrong:
        pixels = 12;
        result.setFamily(chosen.mono);
        result.setStyleHint(QFont::Monospace);
        result.setStyleStrategy(QFont::PreferNoShaping); // ligatures would change what a payload says
        weight = style == TextStyle::MonoStrong ? QFont::DemiBold : QFont::Normal;
        break;
    }
    result.setPointSizeF(chosen.pointSize * pixels / 13);
    result.setWeight(weight);
    return result;
}

qreal tabularWidth(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    if (!hasDigit(text)) {
        return metrics.horizontalAdvance(text);
    }
    qreal width = 0;
    eachRun(text, metrics, digitWidth(metrics), [&](const QString&, qreal advance, bool) { width += advance; });
    return width;
}

void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    auto shown = text;
    auto width = tabularWidth(painter.font(), shown);
    if (width > rect.width() + 0.5) {
        // The tabular form is a little wider than what elidedText measures.
        const auto surplus = width - metrics.horizontalAdvance(shown);
        shown = metrics.elidedText(shown, Qt::ElideRight, std::max(0.0, rect.width() - surplus));
        width = tabularWidth(painter.font(), shown);
    }
    qreal x = rect.left();
    if (alignment & Qt::AlignRight) {
        x = rect.right() - width;
    } else if (alignment & Qt::AlignHCenter) {
        x = rect.left() + (rect.width() - width) / 2;
    }
    const auto baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    if (!hasDigit(shown)) {
        painter.drawText(QPointF(x, baseline), shown);
        return;
    }
    eachRun(shown, metrics, digitWidth(metrics), [&](const QString& run, qreal advance, bool digit) {
        const auto inset = digit ? (advance - metrics.horizontalAdvance(run)) / 2 : 0;
        painter.drawText(QPointF(x + inset, baseline), run);
        x += advance;
    });
}

} // namespace meshbone::ui
