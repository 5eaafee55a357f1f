// SPDX-License-Identifier: Apache-2.0
#include "topics/event_form_view.h"

#include "topics/event_form_delegate.h"
#include "widgets/button.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QShortcut>
#include <QTreeView>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kNameWidth = 190, kTypeWidth = 150;
constexpr int kLevelsOpen = 3;
} // namespace

EventFormView::EventFormView(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("eventForm"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_tree = new QTreeView(this);
    m_tree->setObjectName(QStringLiteral("eventFormTree"));
    m_tree->setAccessibleName(tr("Fields of the event"));
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new EventFormDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setHeaderHidden(true);
    m_tree->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_tree->setTabKeyNavigation(false);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(EventFormModel::Value, QHeaderView::Stretch);
    m_tree->header()->resizeSection(EventFormModel::Name, kNameWidth);
    m_tree->header()->resizeSection(EventFormModel::Type, kTypeWidth);
    layout->addWidget(m_tree, 1);
    buildButtons();
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_place = place(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        expand();
        goTo(m_place);
        updateButtons();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &EventFormView::updateButtons);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &EventFormView::updateButtons);
    updateButtons();
}

void EventFormView::buildButtons() {
    auto* row = new QHBoxLayout;
    m_add = new Button(tr("Set"), ButtonKind::Plain, this);
    m_add->setObjectName(QStringLiteral("eventFormAdd"));
    m_add->setIconName(QStringLiteral("plus"));
    m_add->setKeyCap(QStringLiteral("Ins"));
    m_remove = new Button(tr("Remove"), ButtonKind::Plain, this);
    m_remove->setObjectName(QStringLiteral("eventFormRemove"));
    m_remove->setKeyCap(QStringLiteral("Del"));
    for (auto* button : {m_add, m_remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_add, &Button::clicked, this, &EventFormView::add);
    connect(m_remove, &Button::clicked, this, &EventFormView::remove);
    const auto onKey = [this](Qt::Key key, void (EventFormView::*act)()) {
        connect(new QShortcut(key, m_tree, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this, act);
    };
    onKey(Qt::Key_Insert, &EventFormView::add);
    onKey(Qt::Key_Delete, &EventFormView::remove);
}

QModelIndex EventFormView::current() const {
    return m_tree->currentIndex().siblingAtColumn(EventFormModel::Name);
}

/// As deep as a form is read at a glance; a schema that leads back to itself has no end.
void EventFormView::expand() {
    m_tree->expandToDepth(kLevelsOpen);
}

void EventFormView::updateButtons() {
    const auto at = current();
    const bool addsItem = m_model.canAddItem(at);
    m_add->setText(addsItem ? tr("Add an Item") : tr("Set"));
    m_add->setReason(addsItem || m_model.canSet(at) ? QString()
                                                    : tr("Choose a field that isn't set, a list or a map."));
    m_remove->setReason(m_model.canRemove(at) ? QString() : tr("Choose an item, or a field that may be left out."));
}

void EventFormView::add() {
    const auto at = current();
    if (m_model.canAddItem(at)) {
        m_model.addItem(at);
    } else if (m_model.canSet(at)) {
        m_model.set(at);
    }
}

void EventFormView::remove() {
    if (const auto at = current(); m_model.canRemove(at)) {
        m_model.remove(at);
    }
}

QList<int> EventFormView::place() const {
    QList<int> rows;
    for (auto at = current(); at.isValid(); at = at.parent()) {
        rows.prepend(at.row());
    }
    return rows;
}

void EventFormView::goTo(const QList<int>& place) {
    QModelIndex at;
    for (const int row : place) {
        const auto child = m_model.index(std::min(row, m_model.rowCount(at) - 1), 0, at);
        if (!child.isValid()) {
            break;
        }
        at = child;
    }
    if (at.isValid()) {
        m_tree->setCurrentIndex(at);
    }
}

} // namespace meshbone::ui
