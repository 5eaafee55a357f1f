// SPDX-License-Identifier: Apache-2.0
#include "widgets/english.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTranslator>

namespace meshbone::ui {

namespace {

class EnglishForms : public QTranslator {
public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char*, const char* source, const char*, int n) const override {
        return n < 0 ? QString() : englishForm(QString::fromUtf8(source), n); // null: the source stands
    }
};

} // namespace

QString englishForm(const QString& source, int n) {
    static const QRegularExpression choice(QStringLiteral("\\(([^()|]*)\\|([^()|]*)\\)"));
    auto form = source;
    form.replace(choice, n == 1 ? QStringLiteral("\\1") : QStringLiteral("\\2"));
    return form.replace(QStringLiteral("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

void installEnglish() {
    QCoreApplication::installTranslator(new EnglishForms(QCoreApplication::instance()));
}

} // namespace meshbone::ui
