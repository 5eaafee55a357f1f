// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include <array>

namespace meshbone::ui {

namespace {

struct TokenRow {
    const char* name;
    QRgb light, dark;
};

constexpr QRgb opaque(quint32 rgb) {
    return 0xff000000u | rgb;
}

// One row a token, in the order of the enum.
constexpr std::array<TokenRow, kTokenCount> kTokens{{
    {"Window", opaque(0xf2f2f0), opaque(0x17181a)},
    {"Surface", opaque(0xffffff), opaque(0x1f2022)},
    {"Sunken", opaque(0xf8f8f6), opaque(0x1b1c1e)},
    {"Raised", opaque(0xffffff), opaque(0x2a2b2e)},
    {"Hover", opaque(0xf1f1ee), opaque(0x292a2d)},
    {"Pressed", opaque(0xe6e6e2), opaque(0x323338)},
    {"Border", opaque(0xe0e0dc), opaque(0x34353a)},
    {"Line", opaque(0xebebe7), opaque(0x2b2c30)},
    {"Control", opaque(0xbdbdb7), opaque(0x53555b)},
    {"Text1", opaque(0x1b1c1e), opaque(0xececea)},
    {"Text2", opaque(0x484a4e), opaque(0xbfc0c2)},
    {"Text3", opaque(0x636569), opaque(0x9b9da1)},
    {"Accent", opaque(0x1f55c4), opaque(0x82aeff)},
    {"AccentFill", opaque(0x1f55c4), opaque(0x2f66d3)},
    {"AccentHover", opaque(0x1a48a8), opaque(0x3869d2)},
    {"AccentSoft", opaque(0xe3ebfb), opaque(0x223253)},
    {"AccentText", opaque(0x1a48a8), opaque(0xabc8ff)},
    {"OnAccent", opaque(0xffffff), opaque(0xffffff)},
    {"Ok", opaque(0x1b7340), opaque(0x6fc793)},
    {"OkSoft", opaque(0xdff1e6), opaque(0x1c3829)},
    {"Warn", opaque(0x8a4f00), opaque(0xf0b35a)},
    {"WarnSoft", opaque(0xfceed3), opaque(0x3f2f17)},
    {"WarnLine", opaque(0xc47400), opaque(0xe09a36)},
    {"Danger", opaque(0xb0251d), opaque(0xf58e85)},
    {"DangerSoft", opaque(0xfbe4e2), opaque(0x472523)},
    {"NeutralSoft", opaque(0xeaeae6), opaque(0x333438)},
    {"Bar", opaque(0xb9c3d6), opaque(0x4c5a76)},
    {"BarDim", opaque(0xd9d9d4), opaque(0x3a3b40)},
    {"Edge", opaque(0x9a9c9f), opaque(0x74767b)},
    {"EdgeDim", opaque(0xd2d2cd), opaque(0x3b3c41)},
    {"NodeLine", opaque(0x8b8d90), opaque(0x7b7d82)},
    {"NodeDim", opaque(0xd2d2cd), opaque(0x404146)},
    {"Veil", 0x38000000u, 0x73000000u},
}};

struct DomainRow {
    QRgb lightFill, lightEdge, lightInk, darkFill, darkEdge, darkInk;
};

// Hues of one lightness; the name of the domain always stands beside them.
constexpr std::array<DomainRow, kDomainColorCount> kDomains{{
    {opaque(0xe5f2f4), opaque(0xa5cfd6), opaque(0x0e5f6b), opaque(0x1a2b2e), opaque(0x2e5960),
     opaque(0x7ccbd6)}, // teal
    {opaque(0xf8ece4), opaque(0xe0bba3), opaque(0x87401d), opaque(0x30251e), opaque(0x694936),
     opaque(0xe3a882)}, // clay
    {opaque(0xeaf2e2), opaque(0xb8cfa2), opaque(0x3f611c), opaque(0x232e1e), opaque(0x496238),
     opaque(0xa8cc85)}, // moss
    {opaque(0xf1ebf5), opaque(0xcbbada), opaque(0x684485), opaque(0x2a2532), opaque(0x564767),
     opaque(0xc9aee0)}, // plum
    {opaque(0xe6eef8), opaque(0xa9c2e0), opaque(0x24558a), opaque(0x1c2733), opaque(0x34526f),
     opaque(0x94bde6)}, // steel
    {opaque(0xf8eaee), opaque(0xe0b1bf), opaque(0x8a2f4c), opaque(0x31222a), opaque(0x6b3c4d),
     opaque(0xe59db2)}, // rose
    {opaque(0xf5f0dc), opaque(0xd6c795), opaque(0x665210), opaque(0x2c2817), opaque(0x5c5130),
     opaque(0xd6c078)}, // straw
    {opaque(0xe4f3ec), opaque(0xa4d2bd), opaque(0x155f43), opaque(0x1a2d25), opaque(0x2f5c49),
     opaque(0x7dcdaa)}, // jade
}};

} // namespace

QColor tokenColor(Token token, bool dark) {
    const auto& row = kTokens.at(static_cast<std::size_t>(token));
    return QColor::fromRgba(dark ? row.dark : row.light);
}

DomainColors domainTokens(int index, bool dark) {
    const auto& row = kDomains.at(static_cast<std::size_t>(index % kDomainColorCount));
    if (dark) {
        return {QColor::fromRgba(row.darkFill), QColor::fromRgba(row.darkEdge), QColor::fromRgba(row.darkInk)};
    }
    return {QColor::fromRgba(row.lightFill), QColor::fromRgba(row.lightEdge), QColor::fromRgba(row.lightInk)};
}

QString tokenName(Token token) {
    return QLatin1String(kTokens.at(static_cast<std::size_t>(token)).name);
}

Token toneInk(Tone tone) {
    switch (tone) {
    case Tone::Accent:
        return Token::AccentText;
    case Tone::Ok:
        return Token::Ok;
    case Tone::Warn:
        return Token::Warn;
    case Tone::Danger:
        return Token::Danger;
    case Tone::Neutral:
        break;
    }
    return Token::Text2;
}

Token toneGround(Tone tone) {
    switch (tone) {
    case Tone::Accent:
        return Token::AccentSoft;
    case Tone::Ok:
        return Token::OkSoft;
    case Tone::Warn:
        return Token::WarnSoft;
    case Tone::Danger:
        return Token::DangerSoft;
    case Tone::Neutral:
        break;
    }
    return Token::NeutralSoft;
}

QString toneIcon(Tone tone) {
    switch (tone) {
    case Tone::Ok:
        return QStringLiteral("check");
    case Tone::Warn:
        return QStringLiteral("warning");
    case Tone::Danger:
        return QStringLiteral("error");
    case Tone::Accent:
    case Tone::Neutral:
        break;
    }
    return QStringLiteral("info");
}

} // namespace meshbone::ui
