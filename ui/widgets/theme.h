// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

class QApplication;

namespace meshbone::ui {

/// Every colour of the program, by what it is for. The values stand in theme_tokens.cpp and nowhere else.
enum class Token : quint8 {
    Window,
    Surface,
    Sunken,
    Raised,
    Hover,
    Pressed,
    Border,
    Line,
    Control,
    Text1,
    Text2,
    Text3,
    Accent,
    AccentFill,
    AccentHover,
    AccentSoft,
    AccentText,
    OnAccent,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    WarnLine,
    Danger,
    DangerSoft,
    NeutralSoft,
    Bar,
    BarDim,
    Edge,
    EdgeDim,
    NodeLine,
    NodeDim,
    Veil, ///< laid over the page behind the palette
};
inline constexpr int kTokenCount = static_cast<int>(Token::Veil) + 1;

/// What a message, chip or state says. State is never colour alone: toneIcon() gives the shape that goes with it.
enum class Tone : quint8 { Neutral, Accent, Ok, Warn, Danger };

/// The colours of a domain: ground, outline and text.
struct DomainColors {
    QColor fill, edge, ink;
};
inline constexpr int kDomainColorCount = 8;

enum class Scheme : quint8 { System, Light, Dark };

/// The token's colour in the light or the dark scheme.
QColor tokenColor(Token token, bool dark);
DomainColors domainTokens(int index, bool dark); ///< repeats after kDomainColorCount
QString tokenName(Token token);                  ///< as in theme.qss, for example "Text1"

/// The one theme: turns tokens into palette and style sheet, light or dark, as the system has it or forced.
/// GUI thread only; lives as long as the application.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();

    /// Sets style, palette, fonts and style sheet on the application. Call once, before the first window.
    void install(QApplication& application);
    void setScheme(Scheme scheme);
    [[nodiscard]] Scheme scheme() const { return m_scheme; }
    [[nodiscard]] bool isDark() const { return m_dark; }

    [[nodiscard]] QColor color(Token token) const { return tokenColor(token, m_dark); }
    /// The order in which domains take their colours; those that aren't in it come after, in order of sight.
    void setDomainOrder(const QStringList& domains);
    [[nodiscard]] DomainColors domain(const QString& id);

signals:
    void changed(); ///< after palette and style sheet were applied

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Theme() = default;
    void apply();
    [[nodiscard]] bool systemIsDark() const;

    QApplication* m_application = nullptr;
    Scheme m_scheme = Scheme::System;
    bool m_dark = false;
    bool m_applying = false;
    QHash<QString, int> m_domains;
};

/// Shorthands for painters.
inline QColor color(Token token) {
    return Theme::instance().color(token);
}
inline DomainColors domainColors(const QString& id) {
    return Theme::instance().domain(id);
}

Token toneInk(Tone tone);
Token toneGround(Tone tone);
QString toneIcon(Tone tone); ///< check, triangle, cross in octagon, circled i

} // namespace meshbone::ui
