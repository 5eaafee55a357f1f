// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include "widgets/english.h"
#include "widgets/fonts.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <vector>

// In a static library nothing else would bring the resources in; the macro needs the global namespace.
static void initResources() {
    Q_INIT_RESOURCE(widgets);
}

namespace meshbone::ui {

namespace {

QPalette paletteOf(bool dark) {
    const auto c = [dark](Token token) { return tokenColor(token, dark); };
    QPalette palette;
    palette.setColor(QPalette::Window, c(Token::Surface));
    palette.setColor(QPalette::WindowText, c(Token::Text1));
    palette.setColor(QPalette::Base, c(Token::Surface));
    palette.setColor(QPalette::AlternateBase, c(Token::Sunken));
    palette.setColor(QPalette::Text, c(Token::Text1));
    palette.setColor(QPalette::Button, c(Token::Surface));
    palette.setColor(QPalette::ButtonText, c(Token::Text1));
    palette.setColor(QPalette::BrightText, c(Token::Danger));
    palette.setColor(QPalette::Highlight, c(Token::AccentFill));
    palette.setColor(QPalette::HighlightedText, c(Token::OnAccent));
    palette.setColor(QPalette::PlaceholderText, c(Token::Text3));
    palette.setColor(QPalette::ToolTipBase, c(Token::Raised));
    palette.setColor(QPalette::ToolTipText, c(Token::Text1));
    palette.setColor(QPalette::Link, c(Token::Accent));
    palette.setColor(QPalette::LinkVisited, c(Token::AccentText));
    palette.setColor(QPalette::Light, c(Token::Raised));
    palette.setColor(QPalette::Midlight, c(Token::Line));
    palette.setColor(QPalette::Mid, c(Token::Border));
    palette.setColor(QPalette::Dark, c(Token::Control));
    palette.setColor(QPalette::Shadow, c(Token::Control));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, c(Token::Text3));
    }
    return palette;
}

/// The style sheet names tokens as @Name; the longest name is replaced first, so that @AccentSoft isn't read as
/// @Accent.
QString styleSheetOf(bool dark) {
    QFile file(QStringLiteral(":/meshbone/theme.qss"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("The style sheet is missing from the program's resources.");
    }
    auto text = QString::fromUtf8(file.readAll());
    std::vector<Token> tokens;
    for (int i = 0; i < kTokenCount; ++i) {
        tokens.push_back(static_cast<Token>(i));
    }
    std::ranges::sort(tokens, std::greater{}, [](Token token) { return tokenName(token).size(); });
    for (const auto token : tokens) {
        text.replace(u'@' + tokenName(token), tokenColor(token, dark).name(QColor::HexArgb));
    }
    return text;
}

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::install(QApplication& application) {
    initResources();
    m_application = &application;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    installFonts();
    installEnglish();
    application.installEventFilter(this);
    apply();
}

void Theme::setScheme(Scheme scheme) {
    if (m_scheme != scheme) {
        m_scheme = scheme;
        apply();
    }
}

void Theme::setDomainOrder(const QStringList& domains) {
    QHash<QString, int> order;
    for (const auto& id : domains) {
        order.insert(id, static_cast<int>(order.size()));
    }
    m_domains = std::move(order);
}

DomainColors Theme::domain(const QString& id) {
    const auto found = m_domains.constFind(id);
    const int index = found != m_domains.constEnd() ? *found : static_cast<int>(m_domains.size());
    if (found == m_domains.constEnd()) {
        m_domains.insert(id, index);
    }
    return domainTokens(index, m_dark);
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange && m_scheme == Scheme::System && !m_applying) {
        apply();
    }
    return QObject::eventFilter(watched, event);
}

// Qt 6.4 has no colour scheme in QStyleHints: without our palette on it, the application shows the system's.
bool Theme::systemIsDark() const {
    QApplication::setPalette(QPalette());
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

void Theme::apply() {
    if (m_application == nullptr) {
        m_dark = m_scheme == Scheme::Dark;
        return;
    }
    m_applying = true;
    m_dark = m_scheme == Scheme::System ? systemIsDark() : m_scheme == Scheme::Dark;
    QApplication::setPalette(paletteOf(m_dark));
    m_application->setStyleSheet(styleSheetOf(m_dark));
    m_applying = false;
    emit changed();
}

} // namespace meshbone::ui
