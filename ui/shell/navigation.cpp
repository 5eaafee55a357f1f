// SPDX-License-Identifier: Apache-2.0
#include "shell/navigation.h"

#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/icons.h"

#include <QAbstractButton>
#include <QAction>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kNavigationWidth = 184;
constexpr int kEntryHeight = 34;
} // namespace

class Navigation::Entry : public QAbstractButton {
public:
    Entry(const QString& page, const QString& title, const QString& icon, const QString& shortcut, bool small)
        : m_page(page)
        , m_icon(icon)
        , m_shortcut(shortcut)
        , m_small(small) {
        setText(title);
        setAccessibleName(title);
        setCheckable(!small);
        setAutoExclusive(!small);
        setFixedHeight(small ? 29 : kEntryHeight);
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }
    [[nodiscard]] const QString& page() const { return m_page; }
    void setCounter(int count) {
        m_counter = count > 0 ? formatCount(count) : QString();
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(8, 1, -8, -1);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(isChecked() ? Token::AccentSoft : Token::Pressed));
            painter.drawRoundedRect(box, 6, 6);
        }
        if (isChecked()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(Token::Accent));
            painter.drawRoundedRect(QRectF(8, 8, 3, height() - 16), 1.5, 1.5);
        }
        if (hasFocus()) {
            painter.setPen(QPen(color(Token::Accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5);
        }
        const auto ink = color(isChecked() ? Token::AccentText : m_small ? Token::Text2 : Token::Text1);
        const auto iconInk = color(isChecked() ? Token::AccentText : Token::Text2);
        drawIcon(painter, QRectF(20, std::round((height() - 16) / 2.0), 16, 16), m_icon, iconInk);
        painter.setFont(textFont(isChecked() ? TextStyle::BodyStrong
                                 : m_small   ? TextStyle::Secondary
                                             : TextStyle::Body));
        if (!isChecked() && !m_small) {
            auto font = painter.font();
            font.setWeight(QFont::Medium);
            painter.setFont(font);
        }
        painter.setPen(ink);
        drawTabular(painter, QRectF(46, 0, width() - 60, height()), Qt::AlignLeft, text());
        paintEnd(painter);
    }

private:
    void paintEnd(QPainter& painter) const {
        if (!m_counter.isEmpty()) {
            const ChipSpec chip{m_counter, Tone::Neutral, {}, {}};
            const auto width = chipWidth(chip);
            drawChip(painter, QRectF(this->width() - width - 16, 0, width, height()), chip);
        } else if (!m_shortcut.isEmpty()) {
            const auto width = keyCapsWidth(m_shortcut, true);
            drawKeyCaps(painter, QRectF(this->width() - width - 15, 0, width, height()), m_shortcut, true,
                        color(Token::Text3), color(Token::Control));
        }
    }
    QString m_page, m_icon, m_shortcut, m_counter;
    bool m_small;
};

Navigation::Navigation(PageContext& context, const PageRegistry& pages, QWidget* parent)
    : Ground(Token::Window, Qt::RightEdge, parent) {
    setFixedWidth(kNavigationWidth);
    setAccessibleName(tr("Pages"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 9, 0, 8);
    layout->setSpacing(0);
    for (const auto& page : pages) {
        auto* entry = new Entry(page.id, page.title, page.icon, {}, false);
        entry->setObjectName(QStringLiteral("nav-%1").arg(page.id));
        connect(entry, &QAbstractButton::clicked, this, [&context, id = page.id] { context.navigator.goTo(id); });
        m_entries << entry;
        layout->addWidget(entry);
    }
    layout->addStretch(1);
    auto* connectEntry = new Entry({}, tr("Connect a client…"), QStringLiteral("plug"), {}, true);
    connectEntry->setObjectName(QStringLiteral("nav-connect"));
    connect(connectEntry, &QAbstractButton::clicked, this,
            [&context] { context.commands.run(QStringLiteral("client.connect")); });
    auto* settingsEntry = new Entry({}, tr("Settings"), QStringLiteral("settings"), QStringLiteral("Ctrl+,"), true);
    settingsEntry->setObjectName(QStringLiteral("nav-settings"));
    connect(settingsEntry, &QAbstractButton::clicked, this,
            [&context] { context.commands.run(QStringLiteral("window.settings")); });
    layout->addWidget(connectEntry);
    layout->addWidget(settingsEntry);
}

void Navigation::setCurrent(const QString& page) {
    for (auto* entry : m_entries) {
        entry->setChecked(entry->page() == page);
    }
}

void Navigation::setCounter(const QString& page, int count) {
    for (auto* entry : m_entries) {
        if (entry->page() == page) {
            entry->setCounter(count);
        }
    }
}

void Navigation::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        focusNextPrevChild(event->key() == Qt::Key_Down);
        return;
    }
    Ground::keyPressEvent(event);
}

} // namespace meshbone::ui
