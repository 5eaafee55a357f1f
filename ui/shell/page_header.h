// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panel.h"

class QHBoxLayout;

namespace meshbone::ui {

class Button;
class Label;
class Navigator;

/// The 52 px above a page: back and forward, title or crumb, remark, the page's actions.
class PageHeader : public Ground {
    Q_OBJECT
public:
    PageHeader(Navigator& navigator, const QString& title, QWidget* parent = nullptr);
    void setRemark(const QString& remark);
    void setCrumb(const QString& here);
    void addWidget(QWidget* widget);

private:
    QString m_pageTitle;
    Label* m_root = nullptr;
    Label* m_title = nullptr;
    Label* m_remark = nullptr;
    QWidget* m_chevron = nullptr;
    QHBoxLayout* m_row = nullptr;
};

} // namespace meshbone::ui
