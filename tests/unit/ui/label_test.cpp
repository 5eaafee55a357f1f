// SPDX-License-Identifier: Apache-2.0
#include "widgets/label.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QtTest>

using namespace meshbone::ui;

/// A label ends in an ellipsis where it doesn't fit.
class LabelTest : public QObject {
    Q_OBJECT

    static QImage painted(Label& label, int width) {
        label.resize(width, label.sizeHint().height());
        return label.grab().toImage();
    }

private slots:
    void anElidedOneMayBeNarrow() {
        Label plain(QStringLiteral("seismic.quakes-near-airports"), TextStyle::Title);
        QCOMPARE(plain.minimumSizeHint().width(), plain.sizeHint().width());
        plain.setElided(true);
        QVERIFY(plain.minimumSizeHint().width() <= 24);
        QVERIFY(plain.sizeHint().width() > 100);
    }

    void whatIsCutEndsInAnEllipsis() {
        Label label(QStringLiteral("seismic.quakes-near-airports"), TextStyle::Title);
        const int narrow = label.sizeHint().width() / 2;
        const auto shown = label.fontMetrics().elidedText(label.text(), Qt::ElideRight, narrow);
        QVERIFY(shown.endsWith(QChar(0x2026)));
        Label asShown(shown, TextStyle::Title);
        QCOMPARE(painted(label, narrow), painted(asShown, narrow));
    }

    void theToolTipSaysTheRest() {
        Label label(QStringLiteral("seismic.quakes-near-airports"));
        label.resize(40, 20);
        label.show();
        QHelpEvent help(QEvent::ToolTip, {2, 2}, label.mapToGlobal(QPoint(2, 2)));
        QCoreApplication::sendEvent(&label, &help);
        QCOMPARE(QToolTip::text(), label.text());
    }

    void textThatCanBeSelectedIsLeftToQt() {
        Label label(QStringLiteral("a hash that is copied"));
        label.setTextInteractionFlags(Qt::TextSelectableByMouse);
        label.setElided(true);
        QVERIFY(label.minimumSizeHint().width() > 24);
    }
};

QTEST_MAIN(LabelTest)
#include "label_test.moc"
