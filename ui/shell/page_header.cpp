// SPDX-License-Identifier: Apache-2.0
#include "shell/page_header.h"

#include "shell/navigator.h"
#include "widgets/button.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace meshbone::ui {

namespace {

constexpr int kHeight = 52;

class Chevron : public QWidget {
public:
    Chevron() { setFixedSize(14, 14); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawIcon(painter, QRectF(rect()), QStringLiteral("chevron-right"), color(Token::Text3));
    }
};

} // namespace

PageHeader::PageHeader(Navigator& navigator, const QString& title, QWidget* parent)
    : Ground(Token::Surface, Qt::BottomEdge, parent)
    , m_pageTitle(title) {
    setFixedHeight(kHeight);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(10, 0, 16, 0);
    m_row->setSpacing(8);
    auto* back = Button::iconButton(QStringLiteral("arrow-left"), tr("Back (Alt+Left)"));
    auto* forward = Button::iconButton(QStringLiteral("arrow-right"), tr("Forward (Alt+Right)"));
    back->setObjectName(QStringLiteral("back"));
    forward->setObjectName(QStringLiteral("forward"));
    const auto follow = [back, forward, &navigator] {
        back->setEnabled(navigator.canGoBack());
        forward->setEnabled(navigator.canGoForward());
    };
    follow();
    connect(&navigator, &Navigator::historyChanged, this, follow);
    connect(back, &QPushButton::clicked, &navigator, &Navigator::back);
    connect(forward, &QPushButton::clicked, &navigator, &Navigator::forward);
    m_root = new Label({}, TextStyle::Body, Token::Text2);
    m_chevron = new Chevron;
    m_title = new Label(title, TextStyle::Title);
    m_title->setElided(true);
    m_remark = new Label({}, TextStyle::Secondary, Token::Text2);
    m_remark->setElided(true);
    m_remark->setContentsMargins(4, 2, 0, 0);
    m_row->addWidget(back);
    m_row->addWidget(forward);
    m_row->addSpacing(6);
    for (auto* widget : {static_cast<QWidget*>(m_root), m_chevron, static_cast<QWidget*>(m_title)}) {
        m_row->addWidget(widget);
    }
    m_row->addWidget(m_remark, 1);
    setCrumb({});
}

void PageHeader::setRemark(const QString& remark) {
    m_remark->setText(remark);
}

void PageHeader::setCrumb(const QString& here) {
    m_root->setText(m_pageTitle);
    m_root->setVisible(!here.isEmpty());
    m_chevron->setVisible(!here.isEmpty());
    m_title->setText(here.isEmpty() ? m_pageTitle : here);
}

void PageHeader::addWidget(QWidget* widget) {
    m_row->addWidget(widget);
}

} // namespace meshbone::ui
