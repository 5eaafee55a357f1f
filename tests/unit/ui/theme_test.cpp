// SPDX-License-Identifier: Apache-2.0
#include "widgets/fonts.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QtTest>

#include <cmath>

using namespace meshbone::ui;

namespace {

double channel(double value) {
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

/// WCAG 2.1, relative luminance.
double luminance(const QColor& color) {
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const auto light = std::max(luminance(a), luminance(b));
    const auto dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

constexpr double kEnough = 4.5;

struct Pair {
    Token ink, ground;
};

/// Every text on every ground that the program draws it on.
std::vector<Pair> usedPairs() {
    std::vector<Pair> pairs;
    const auto add = [&](std::initializer_list<Token> inks, std::initializer_list<Token> grounds) {
        for (const auto ink : inks) {
            for (const auto ground : grounds) {
                pairs.push_back({ink, ground});
            }
        }
    };
    add({Token::Text1, Token::Text2, Token::Text3}, {Token::Window, Token::Surface, Token::Sunken, Token::Raised,
                                                     Token::Hover, Token::AccentSoft, Token::NeutralSoft});
    add({Token::Text1, Token::Text2}, {Token::Pressed, Token::OkSoft, Token::WarnSoft, Token::DangerSoft});
    add({Token::Accent}, {Token::Surface, Token::Sunken, Token::Raised});
    add({Token::AccentText}, {Token::AccentSoft, Token::Surface});
    add({Token::OnAccent}, {Token::AccentFill, Token::AccentHover});
    add({Token::Ok}, {Token::Window, Token::Surface, Token::OkSoft, Token::Hover, Token::AccentSoft});
    add({Token::Warn}, {Token::Window, Token::Surface, Token::WarnSoft, Token::Hover, Token::AccentSoft});
    add({Token::Danger}, {Token::Window, Token::Surface, Token::DangerSoft, Token::Hover, Token::AccentSoft});
    return pairs;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().install(*qApp); }

    void everyPairCanBeRead() {
        for (const bool dark : {false, true}) {
            for (const auto& [ink, ground] : usedPairs()) {
                const auto value = contrast(tokenColor(ink, dark), tokenColor(ground, dark));
                QVERIFY2(value >= kEnough,
                         qPrintable(QStringLiteral("%1 on %2, %3: %4")
                                        .arg(tokenName(ink), tokenName(ground), dark ? "dark" : "light")
                                        .arg(value, 0, 'f', 2)));
            }
        }
    }

    void everyDomainCanBeRead() {
        for (const bool dark : {false, true}) {
            for (int i = 0; i < kDomainColorCount; ++i) {
                const auto domain = domainTokens(i, dark);
                for (const auto& ground :
                     {domain.fill, tokenColor(Token::Surface, dark), tokenColor(Token::AccentSoft, dark)}) {
                    const auto value = contrast(domain.ink, ground);
                    QVERIFY2(value >= kEnough,
                             qPrintable(QStringLiteral("domain %1: %2").arg(i).arg(value, 0, 'f', 2)));
                }
            }
        }
    }

    void schemeCanBeForced() {
        auto& theme = Theme::instance();
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setScheme(Scheme::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window), tokenColor(Token::Surface, true));
        theme.setScheme(Scheme::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), tokenColor(Token::Surface, false));
        QCOMPARE(changed.count(), 2);
    }

    void theStyleSheetNamesOnlyKnownTokens() {
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY2(!qApp->styleSheet().contains(u'@'), "an @Name in theme.qss is no token");
    }

    void domainsKeepTheirColours() {
        auto& theme = Theme::instance();
        theme.setDomainOrder({QStringLiteral("b"), QStringLiteral("a")});
        QCOMPARE(theme.domain(QStringLiteral("b")).ink, domainTokens(0, theme.isDark()).ink);
        const auto seenLater = theme.domain(QStringLiteral("c")).ink;
        QCOMPARE(seenLater, domainTokens(2, theme.isDark()).ink);
        QCOMPARE(theme.domain(QStringLiteral("c")).ink, seenLater);
    }

    void everyIconIsDrawnInItsInk() {
        const auto files = QDir(QStringLiteral(":/meshbone/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 40);
        for (const auto& file : files) {
            const auto name = file.chopped(4);
            QVERIFY(hasIcon(name));
            const auto image = icon(name, Token::Danger).pixmap(QSize(32, 32)).toImage();
            bool inked = false;
            for (int y = 0; y < image.height() && !inked; ++y) {
                for (int x = 0; x < image.width() && !inked; ++x) {
                    const auto pixel = image.pixelColor(x, y);
                    inked = pixel.alpha() > 200 && pixel.red() > pixel.blue() + 60;
                }
            }
            QVERIFY2(inked, qPrintable(name));
        }
    }

    void tabularDigitsAreEquallyWide() {
        const auto style = textFont(TextStyle::Body);
        QCOMPARE(tabularWidth(style, QStringLiteral("1,111")), tabularWidth(style, QStringLiteral("8,888")));
        QVERIFY(tabularWidth(style, QStringLiteral("11")) > tabularWidth(style, QStringLiteral("1")));
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
