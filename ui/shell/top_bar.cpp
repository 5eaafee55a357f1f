// SPDX-License-Identifier: Apache-2.0
#include "shell/top_bar.h"

#include "shell/profile_menu.h"
#include "widgets/button.h"
#include "widgets/cell.h"
#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/icons.h"

#include <QActionGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace meshbone::ui {

namespace {

constexpr int kHeight = 48;
constexpr int kSearchWidth = 480;

/// The program's mark: its sign on a rounded square.
class Mark : public QWidget {
public:
    Mark() { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::AccentFill));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        drawIcon(painter, QRectF(2, 2, 16, 16), QStringLiteral("meshbone"), color(Token::OnAccent));
    }
};

} // namespace

/// Icon and word of the backbone's state, in its tone.
class TopBar::Health : public QWidget {
public:
    Health() { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }
    void setState(Tone tone, const QString& icon, const QString& word, const QString& tip) {
        m_cell = cell::state(tone, word, icon);
        setToolTip(tip);
        setAccessibleName(tr("Backbone: %1").arg(word));
        setFixedSize(static_cast<int>(cellWidth(m_cell, false)) + 2, 24);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawCell(painter, QRectF(rect()), m_cell, false, false);
    }

private:
    Cell m_cell;
};

/// Looks like a field and opens the finder; typing into it begins there.
class TopBar::SearchField : public QPushButton {
public:
    SearchField() {
        setObjectName(QStringLiteral("search"));
        setAccessibleName(tr("Search topics, products, people"));
        setFixedHeight(32);
        setMaximumWidth(kSearchWidth);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setCursor(Qt::IBeamCursor);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(hasFocus()     ? Token::Accent
                                  : underMouse() ? Token::Text3
                                                 : Token::Border),
                            hasFocus() ? 2 : 1));
        painter.setBrush(color(Token::Surface));
        const auto inset = hasFocus() ? 1.0 : 0.5;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 6, 6);
        drawIcon(painter, QRectF(11, (height() - 14) / 2.0, 14, 14), QStringLiteral("search"), color(Token::Text2));
        painter.setFont(textFont(TextStyle::Body));
        painter.setPen(color(Token::Text3));
        const auto shortcut = QStringLiteral("Ctrl+K");
        const auto caps = keyCapsWidth(shortcut, true);
        drawTabular(painter, QRectF(34, 0, width() - 50 - caps, height()), Qt::AlignLeft,
                    tr("Search topics, products, people, lineage…"));
        drawKeyCaps(painter, QRectF(width() - caps - 9, 0, caps, height()), shortcut, true, color(Token::Text3),
                    color(Token::Control));
    }
};

TopBar::TopBar(PageContext& context, QWidget* parent)
    : Ground(Token::Window, Qt::BottomEdge, parent)
    , m_context(context) {
    setFixedHeight(kHeight);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(18, 0, 14, 0);
    grid->setHorizontalSpacing(16);
    auto* left = new QHBoxLayout;
    left->setSpacing(6);
    left->addWidget(new Mark);
    left->addWidget(makeProfileButton());
    if (context.services.production) {
        auto* mark = new Chip({tr("production"), Tone::Warn, QStringLiteral("shield"), {}});
        mark->setObjectName(QStringLiteral("production"));
        mark->setToolTip(tr("What can't be undone here asks for the name to be typed."));
        left->addWidget(mark);
    }
    m_health = new Health;
    m_health->setObjectName(QStringLiteral("health"));
    left->addWidget(m_health);
    left->addStretch(1);
    auto* search = new SearchField;
    connect(search, &QPushButton::clicked, this, &TopBar::searchAsked);
    auto* right = new QHBoxLayout;
    right->setSpacing(4);
    right->addStretch(1);
    right->addWidget(makeZoneButton());
    m_flag = new Button({}, ButtonKind::Ghost);
    m_flag->setObjectName(QStringLiteral("flag"));
    m_flag->setIconName(QStringLiteral("flag"));
    connect(m_flag, &QPushButton::clicked, this, [this] { m_context.navigator.goTo(QStringLiteral("overview")); });
    right->addWidget(m_flag);
    auto* menuButton = Button::iconButton(QStringLiteral("menu"), tr("Main menu"));
    menuButton->setObjectName(QStringLiteral("mainMenu"));
    m_menu = new QMenu(menuButton);
    menuButton->setMenu(m_menu);
    right->addWidget(menuButton);
    grid->addLayout(left, 0, 0);
    grid->addWidget(search, 0, 1);
    grid->addLayout(right, 0, 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnMinimumWidth(1, 240);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    connect(&context.feed, &LiveFeed::stateChanged, this, &TopBar::updateHealth);
    connect(&context.attention, &AttentionFeed::changed, this, &TopBar::updateFlag);
    updateHealth();
    updateFlag();
}

Button* TopBar::makeProfileButton() {
    auto* button = new Button(text(m_context.services.backbone.profile().name), ButtonKind::Ghost);
    button->setObjectName(QStringLiteral("profile"));
    button->setAccessibleName(tr("Profile: %1").arg(button->text()));
    button->setStrong(true);
    auto* menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("profileMenu"));
    m_profiles = new ProfileMenu(m_context, *menu, this);
    button->setMenu(menu);
    return button;
}

Button* TopBar::makeZoneButton() {
    auto* button = new Button(TimeZoneSwitch::instance().name(), ButtonKind::Ghost);
    button->setObjectName(QStringLiteral("timeZone"));
    auto* menu = new QMenu(button);
    auto* group = new QActionGroup(menu);
    for (const bool utc : {true, false}) {
        auto* action = menu->addAction(utc ? tr("UTC") : tr("Local Time"));
        action->setCheckable(true);
        action->setChecked(utc == TimeZoneSwitch::instance().isUtc());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, utc] { m_context.settings.setUtc(utc); });
        connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, action,
                [action, utc] { action->setChecked(utc == TimeZoneSwitch::instance().isUtc()); });
    }
    button->setMenu(menu);
    const auto follow = [button] {
        button->setText(TimeZoneSwitch::instance().name());
        button->setAccessibleName(tr("Times are shown in %1").arg(button->text()));
        button->setToolTip(button->accessibleName());
    };
    follow();
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, button, follow);
    return button;
}

void TopBar::updateHealth() {
    const auto& state = m_context.feed.state();
    switch (state.reachability) {
    case backbone::Reachability::Healthy:
        m_health->setState(Tone::Ok, {}, tr("healthy"), tr("Since %1").arg(formatTime(state.sinceMs)));
        break;
    case backbone::Reachability::Unreachable:
        m_health->setState(Tone::Danger, {}, tr("unreachable"), text(state.reason));
        break;
    case backbone::Reachability::Connecting:
        m_health->setState(Tone::Neutral, QStringLiteral("pending"), tr("connecting…"), {});
        break;
    }
}

void TopBar::updateFlag() {
    const auto count = static_cast<int>(m_context.attention.items().size());
    m_flag->setText(formatCount(count));
    m_flag->setAccessibleName(tr("%n (thing needs|things need) attention", nullptr, count));
    m_flag->setToolTip(m_flag->accessibleName());
}

} // namespace meshbone::ui
