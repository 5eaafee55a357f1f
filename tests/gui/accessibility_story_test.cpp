// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QDialog>
#include <QLabel>
#include <QLayout>
#include <QMenu>
#include <QScrollBar>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

/// Parts of a control, which speaks for them.
bool isPartOfAControl(const QWidget* widget) {
    const QByteArray name = widget->metaObject()->className();
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget->parentWidget());
    return (area != nullptr && area->viewport() == widget) || widget->objectName().startsWith(QStringLiteral("qt_")) ||
           name == "QLineEditIconButton" || name == "QTableCornerButton" || name == "QComboBoxPrivateContainer" ||
           name == "QComboBoxListView" || qobject_cast<const QScrollBar*>(widget) != nullptr ||
           qobject_cast<const QMenu*>(widget) != nullptr || qobject_cast<const QHeaderView*>(widget) != nullptr;
}

/// Something that a person works with: it takes the focus, or it is a list. A label's text is its name; the action of
/// an empty view gets its text when it is shown.
bool isControl(const QWidget* widget) {
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const bool unusedAction = widget->objectName() == u"emptyAction" && widget->isHidden();
    if (qobject_cast<const QLabel*>(widget) != nullptr || unusedAction) {
        return false;
    }
    const bool list = qobject_cast<const QAbstractItemView*>(widget) != nullptr;
    return (list || widget->focusPolicy() != Qt::NoFocus || button != nullptr) && !widget->isWindow();
}

/// What a screen reader says first.
QString spokenName(QWidget* widget) {
    auto* spoken = QAccessible::queryAccessibleInterface(widget);
    return spoken == nullptr ? QString() : spoken->text(QAccessible::Name).trimmed();
}

/// Controls without a name below `root`, shown now or not.
QStringList nameless(const QWidget* root) {
    QStringList found;
    for (auto* widget : root->findChildren<QWidget*>()) {
        if (!isPartOfAControl(widget) && isControl(widget) && spokenName(widget).isEmpty()) {
            found << QStringLiteral("%1 '%2' in '%3'")
                         .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                              widget->parentWidget()->objectName());
        }
    }
    found.removeDuplicates();
    return found;
}

/// Visible texts and controls that got less room than they need, or that stand outside of the window.
QStringList cutOff(const QWidget* window) {
    QStringList found;
    for (auto* widget : window->findChildren<QWidget*>()) {
        const bool shown = widget->isVisible() && !widget->visibleRegion().isEmpty();
        const bool judged = qobject_cast<QLabel*>(widget) != nullptr || isControl(widget);
        if (!shown || !judged || isPartOfAControl(widget) || qobject_cast<QAbstractScrollArea*>(widget) != nullptr) {
            continue;
        }
        const auto need = widget->minimumSizeHint();
        const bool small = widget->width() < need.width() || widget->height() < need.height();
        const QRect place(widget->mapTo(window, QPoint(0, 0)), widget->size());
        bool scrolls = false;
        for (auto* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
            scrolls = scrolls || qobject_cast<QAbstractScrollArea*>(above) != nullptr;
        }
        if (small || (!scrolls && !window->rect().contains(place))) {
            found << QStringLiteral("%1 '%2' '%3' is %4 x %5, needs %6 x %7, at %8, %9")
                         .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                              spokenName(widget))
                         .arg(widget->width())
                         .arg(widget->height())
                         .arg(need.width())
                         .arg(need.height())
                         .arg(place.x())
                         .arg(place.y());
        }
    }
    return found;
}

/// Pairs of neighbours that lie over one another.
QStringList overlapping(const QWidget* window) {
    QStringList found;
    for (const auto* parent : window->findChildren<QWidget*>()) {
        if (!parent->isVisible() || parent->layout() == nullptr) {
            continue;
        }
        QList<QWidget*> shown;
        for (int i = 0; i < parent->layout()->count(); ++i) {
            auto* widget = parent->layout()->itemAt(i)->widget();
            if (widget != nullptr && widget->isVisible() && !widget->size().isEmpty()) {
                for (const auto* other : shown) {
                    if (other->geometry().intersects(widget->geometry())) {
                        found << QStringLiteral("%1 '%2' over %3 '%4', %5 px at %6 over one to %7")
                                     .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                                          QString::fromLatin1(other->metaObject()->className()), other->objectName())
                                     .arg(widget->height())
                                     .arg(widget->y())
                                     .arg(other->geometry().bottom());
                    }
                }
                shown << widget;
            }
        }
    }
    return found;
}

} // namespace

/// What those hear who don't see the window.
class AccessibilityStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("accessibility-story")); }

    void everyControlOfEveryPageHasAName_data() {
        QTest::addColumn<QString>("page");
        for (const auto& entry : allPages()) {
            QTest::newRow(qPrintable(entry.id)) << entry.id;
        }
    }
    void everyControlOfEveryPageHasAName() {
        QFETCH(QString, page);
        TestWindow t(page);
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        QVERIFY(t.settle());
        const auto found = nameless(t.window.get());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("\n"))));
    }

    void everyControlOfEveryFormHasAName_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("command");
        for (const auto& [page, command] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"overview", "client.connect"},   {"overview", "window.settings"}, {"topics", "topic.create"},
                 {"topics", "topic.describe"},     {"topics", "topic.partitions"},  {"topics", "topic.delete"},
                 {"products", "product.new"},      {"products", "domain.new"},      {"products", "product.edit"},
                 {"products", "product.remove"},   {"overview", "person.enroll"},   {"overview", "person.key"},
                 {"access", "principal.register"}, {"access", "policy.new"},        {"access", "policy.roles"},
                 {"access", "policy.classify"},    {"schemas", "schema.new"},       {"schemas", "schema.register"},
                 {"schemas", "schema.settings"},   {"schemas", "schema.delete"}}) {
            QTest::newRow(command) << QString::fromLatin1(page) << QString::fromLatin1(command);
        }
        for (const auto* command : {"topic.contract.import", "topic.contract.draft"}) {
            QTest::newRow(command) << QStringLiteral("topics") << QString::fromLatin1(command);
        }
    }
    void everyControlOfEveryFormHasAName() {
        QFETCH(QString, page);
        QFETCH(QString, command);
        TestWindow t(page);
        t.window->context().navigator.select(page == u"products"
                                                 ? Selection{SelectionKind::Product, QStringLiteral("airports")}
                                                 : Selection{SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        QVERIFY(t.settle());
        QVERIFY2(t.window->context().commands.run(command),
                 qPrintable(t.window->context().commands.whyDisabled(command)));
        auto* dialog = t.window->findChild<QDialog*>();
        QVERIFY(dialog != nullptr);
        QVERIFY(!spokenName(dialog).isEmpty() || !dialog->windowTitle().isEmpty());
        const auto found = nameless(dialog);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("\n"))));
        dialog->close();
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        for (const auto& entry : allPages()) {
            QTest::addRow("%s, large", qPrintable(entry.id)) << entry.id << QSize(1600, 1000);
            QTest::addRow("%s, full HD at 150 %%", qPrintable(entry.id)) << entry.id << QSize(1280, 720);
        }
    }
    void nothingIsCutOff() {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        TestWindow t(page);
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("seismic.quakes-near-airports")});
        t.window->resize(size);
        QVERIFY(t.settle());
        QTRY_COMPARE(t.window->size(), size);
        QStringList found;
        QTRY_VERIFY2((found = cutOff(t.window.get()) + overlapping(t.window.get())).isEmpty(),
                     qPrintable(found.join(QStringLiteral("\n"))));
    }

    /// A row of a list is read from its cells, whatever they are drawn as.
    void cellsAreRead() {
        TestWindow t(QStringLiteral("topics"));
        const auto* model = t.find<QTableView>("topicsTable")->model();
        QVERIFY(model->rowCount() > 0);
        for (int column = 0; column < model->columnCount(); ++column) {
            QVERIFY2(!model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty(),
                     qPrintable(QString::number(column)));
        }
        QVERIFY(model->index(0, 0).data(Qt::DisplayRole).toString().startsWith(QStringLiteral("aviation.")));
        QVERIFY(!model->index(0, 1).data(Qt::DisplayRole).toString().isEmpty()); // a chip
    }
};

QTEST_MAIN(AccessibilityStoryTest)
#include "accessibility_story_test.moc"
