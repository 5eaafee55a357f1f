// SPDX-License-Identifier: Apache-2.0
#include "shell/finder.h"

#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QGraphicsDropShadowEffect>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kBoxWidth = 640;
constexpr int kBoxTop = 108;
constexpr int kMaxListHeight = 372;
constexpr int kRowHeight = 36;
constexpr int kHeadingHeight = 28;
} // namespace

void FinderModel::setItems(QList<FinderItem> items, const QString& query) {
    beginResetModel();
    m_items = std::move(items);
    m_query = query;
    endResetModel();
}

int FinderModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant FinderModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& item = at(index.row());
    if (role == Qt::DisplayRole) {
        return item.text;
    }
    if (role == Qt::AccessibleTextRole) {
        return QStringLiteral("%1, %2").arg(item.text, item.whyDisabled.isEmpty() ? item.detail : item.whyDisabled);
    }
    return {};
}

Qt::ItemFlags FinderModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

class Finder::Box : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(Token::Control), 1));
        painter.setBrush(color(Token::Raised));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        painter.fillRect(1, 51, width() - 2, 1, color(Token::Border));
        painter.fillRect(1, height() - 37, width() - 2, 1, color(Token::Border));
        drawIcon(painter, QRectF(18, 18, 16, 16), QStringLiteral("search"), color(Token::Text2));
        paintHints(painter);
    }

private:
    void paintHints(QPainter& painter) const {
        const std::array<std::pair<QString, QString>, 3> hints{{{QStringLiteral("↑+↓"), tr("move")},
                                                                {QStringLiteral("Enter"), tr("run")},
                                                                {QStringLiteral("Esc"), tr("close")}}};
        qreal x = 18;
        painter.setFont(textFont(TextStyle::Secondary));
        for (const auto& [keys, word] : hints) {
            const QRectF line(x, height() - 36, width(), 36);
            x += drawKeyCaps(painter, line, keys, true, color(Token::Text2), color(Token::Control)) + 6;
            painter.setPen(color(Token::Text2));
            drawTabular(painter, QRectF(x, height() - 36, 80, 36), Qt::AlignLeft, word);
            x += tabularWidth(painter.font(), word) + 16;
        }
    }
};

/// A line: icon, text with the query's words in bold, detail, shortcut; above the first of a group its heading.
class Finder::Delegate : public QStyledItemDelegate {
public:
    explicit Delegate(const FinderModel& model)
        : m_model(model) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        return {kBoxWidth - 20, kRowHeight + (m_model.startsGroup(index.row()) ? kHeadingHeight : 0)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& item = m_model.at(index.row());
        auto row = QRectF(option.rect);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (m_model.startsGroup(index.row())) {
            painter->setFont(textFont(TextStyle::SmallStrong));
            painter->setPen(color(Token::Text3));
            drawTabular(*painter, QRectF(row.left() + 18, row.top() + 4, row.width() - 36, kHeadingHeight - 4),
                        Qt::AlignLeft, item.group);
            row.setTop(row.top() + kHeadingHeight);
        }
        const bool enabled = item.whyDisabled.isEmpty();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(color(Token::AccentSoft));
            painter->drawRoundedRect(row.adjusted(8, 1, -8, -1), 6, 6);
            painter->setBrush(color(Token::Accent));
            painter->drawRoundedRect(QRectF(row.left() + 8, row.top() + 8, 3, row.height() - 16), 1.5, 1.5);
        }
        drawIcon(*painter, QRectF(row.left() + 18, row.center().y() - 8, 16, 16), item.icon,
                 color(enabled ? Token::Text2 : Token::Text3));
        const auto end =
            paintText(*painter, QRectF(row.left() + 48, row.top(), row.width() - 180, row.height()), item, enabled);
        const auto caps = item.shortcut.isEmpty() ? 0 : keyCapsWidth(item.shortcut, true);
        painter->setFont(textFont(TextStyle::Secondary));
        painter->setPen(color(Token::Text3));
        drawTabular(*painter, QRectF(end + 12, row.top(), row.right() - end - caps - 40, row.height()), Qt::AlignLeft,
                    enabled ? item.detail : item.whyDisabled);
        if (caps > 0) {
            drawKeyCaps(*painter, QRectF(row.right() - caps - 20, row.top(), caps, row.height()), item.shortcut, true,
                        color(Token::Text2), color(Token::Control));
        }
        painter->restore();
    }

private:
    [[nodiscard]] qreal paintText(QPainter& painter, QRectF room, const FinderItem& item, bool enabled) const {
        const auto at = m_model.query().isEmpty() ? -1 : item.text.indexOf(m_model.query(), 0, Qt::CaseInsensitive);
        painter.setPen(color(enabled ? Token::Text1 : Token::Text3));
        const auto part = [&](const QString& text, TextStyle style) {
            painter.setFont(textFont(style));
            drawTabular(painter, room, Qt::AlignLeft, text);
            room.setLeft(std::min(room.right(), room.left() + tabularWidth(painter.font(), text)));
        };
        if (at < 0) {
            part(item.text, TextStyle::Body);
        } else {
            const auto size = m_model.query().size();
            part(item.text.left(at), TextStyle::Body);
            part(item.text.mid(at, size), TextStyle::BodyStrong);
            part(item.text.mid(at + size), TextStyle::Body);
        }
        return room.left();
    }
    const FinderModel& m_model;
};

Finder::Finder(PageContext& context, const PageRegistry& pages, QWidget* window)
    : QWidget(window)
    , m_context(context)
    , m_pages(pages) {
    setObjectName(QStringLiteral("finder"));
    hide();
    m_box = new Box(this);
    auto* layout = new QVBoxLayout(m_box);
    layout->setContentsMargins(1, 1, 1, 37);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(46, 0, 18, 0);
    m_line = new QLineEdit;
    m_line->setObjectName(QStringLiteral("finderLine"));
    m_line->setAccessibleName(tr("Search"));
    m_line->setProperty("bare", true);
    m_line->setFont(textFont(TextStyle::DetailTitle));
    auto lineFont = m_line->font();
    lineFont.setWeight(QFont::Normal);
    m_line->setFont(lineFont);
    m_line->setFixedHeight(50);
    m_count = new Label({}, TextStyle::Secondary, Token::Text3);
    head->addWidget(m_line, 1);
    head->addWidget(m_count);
    layout->addLayout(head);
    m_model = new FinderModel(this);
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("finderList"));
    m_list->setAccessibleName(tr("Results"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new Delegate(*m_model));
    m_list->itemDelegate()->setParent(m_list);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    layout->addSpacing(4);
    layout->addWidget(m_list, 1);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &Finder::search);
    connect(m_list, &QAbstractItemView::clicked, this, &Finder::runCurrent);
}

void Finder::open(Mode mode) {
    m_mode = mode;
    if (!isVisible()) {
        m_before = window()->focusWidget();
    }
    m_line->setPlaceholderText(mode == Mode::Commands ? tr("Type a command or a name")
                                                      : tr("Search topics, products, people, lineage"));
    m_line->setAccessibleName(m_line->placeholderText());
    m_line->clear();
    setGeometry(parentWidget()->rect());
    search({});
    show();
    raise();
    m_line->setFocus();
}

void Finder::close() {
    hide();
    if (m_before != nullptr) {
        m_before->setFocus();
    }
}

void Finder::search(const QString& text) {
    const auto query = text.trimmed();
    QList<FinderItem> items;
    if (m_mode == Mode::Commands) {
        items = findCommands(m_context, query);
        if (!query.isEmpty()) {
            items += findThings(m_context, m_pages, query);
        }
    } else {
        items = findThings(m_context, m_pages, query);
        if (!query.isEmpty()) {
            items += findCommands(m_context, query);
        }
    }
    m_count->setText(items.isEmpty() ? tr("nothing found")
                                     : tr("%n result(s)", nullptr, static_cast<int>(items.size())));
    m_model->setItems(std::move(items), query);
    if (m_model->rowCount() > 0) {
        m_list->setCurrentIndex(m_model->index(0));
    }
    placeBox();
}

void Finder::placeBox() {
    int height = 0;
    for (int row = 0; row < m_model->rowCount() && height < kMaxListHeight; ++row) {
        height += kRowHeight + (m_model->startsGroup(row) ? kHeadingHeight : 0);
    }
    height = std::min({height, kMaxListHeight, std::max(kRowHeight, this->height() - kBoxTop - 120)});
    const auto width = std::min(kBoxWidth, this->width() - 32);
    m_box->setGeometry((this->width() - width) / 2, kBoxTop, width, 52 + 4 + height + 6 + 37);
    update(); // the shadow lies around the box, where nothing would be painted anew by itself
}

void Finder::moveCurrent(int step) {
    const auto count = m_model->rowCount();
    if (count > 0) {
        const auto row = (m_list->currentIndex().row() + step + count) % count;
        m_list->setCurrentIndex(m_model->index(row));
    }
}

void Finder::runCurrent() {
    const auto current = m_list->currentIndex();
    if (!current.isValid() || !m_model->at(current.row()).whyDisabled.isEmpty()) {
        return;
    }
    const auto run = m_model->at(current.row()).run;
    close();
    run();
}

bool Finder::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_line || event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        moveCurrent(1);
        return true;
    case Qt::Key_Up:
        moveCurrent(-1);
        return true;
    case Qt::Key_PageDown:
        moveCurrent(8);
        return true;
    case Qt::Key_PageUp:
        moveCurrent(-8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the focus stays in the box until it is closed
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void Finder::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Veil));
    // A soft shadow: a few ever fainter frames cost less than a blur effect over the whole window.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const auto veil = color(Token::Veil);
    for (int i = 1; i <= 8; ++i) {
        auto shade = veil;
        shade.setAlpha(veil.alpha() / (6 + i * 2));
        painter.setBrush(shade);
        painter.drawRoundedRect(QRectF(m_box->geometry()).adjusted(-i * 2, -i + 4, i * 2, i * 2 + 4), 8 + i * 2,
                                8 + i * 2);
    }
}

void Finder::mousePressEvent(QMouseEvent* event) {
    if (!m_box->geometry().contains(event->position().toPoint())) {
        close();
    }
}

void Finder::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeBox();
}

} // namespace meshbone::ui
