// SPDX-License-Identifier: Apache-2.0
#include "widgets/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace meshbone::ui {

namespace {

QString pathOf(const QString& name) {
    return QStringLiteral(":/meshbone/icons/%1.svg").arg(name);
}

/// The text of an icon's file; read once. A missing icon is a bug and leaves its place empty.
const QByteArray& source(const QString& name) {
    static QHash<QString, QByteArray> sources;
    auto found = sources.find(name);
    if (found == sources.end()) {
        QFile file(pathOf(name));
        QByteArray text;
        if (file.open(QIODevice::ReadOnly)) {
            text = file.readAll();
        } else {
            qWarning("There is no icon '%s'.", qPrintable(name));
        }
        found = sources.insert(name, text);
    }
    return *found;
}

QPixmap rendered(const QString& name, const QSize& pixels, const QColor& ink) {
    const auto key =
        QStringLiteral("mb-icon/%1/%2x%3/%4").arg(name).arg(pixels.width()).arg(pixels.height()).arg(ink.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    auto text = source(name);
    if (!text.isEmpty()) {
        QSvgRenderer renderer(text.replace("currentColor", ink.name().toLatin1()));
        QPainter painter(&pixmap);
        painter.setOpacity(ink.alphaF());
        renderer.render(&painter);
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Takes its colour from the theme when it is drawn, so that a change of scheme needs no new icons.
class ThemedIcon : public QIconEngine {
public:
    ThemedIcon(QString name, Token ink)
        : m_name(std::move(name))
        , m_ink(ink) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        drawIcon(*painter, rect, m_name, inkFor(mode));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return rendered(m_name, size, inkFor(mode));
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        auto result = pixmap(size, mode, state);
        result.setDevicePixelRatio(scale);
        return result;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new ThemedIcon(m_name, m_ink); }

private:
    [[nodiscard]] QColor inkFor(QIcon::Mode mode) const {
        return color(mode == QIcon::Disabled ? Token::Text3 : m_ink);
    }
    QString m_name;
    Token m_ink;
};

} // namespace

QIcon icon(const QString& name, Token ink) {
    return QIcon(new ThemedIcon(name, ink));
}

void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& ink) {
    const auto scale = painter.device()->devicePixelRatioF();
    const auto pixels = (rect.size() * scale).toSize();
    if (pixels.isEmpty()) {
        return;
    }
    auto pixmap = rendered(name, pixels, ink);
    pixmap.setDevicePixelRatio(scale);
    painter.drawPixmap(rect.topLeft(), pixmap);
}

bool hasIcon(const QString& name) {
    return QFile::exists(pathOf(name));
}

} // namespace meshbone::ui
