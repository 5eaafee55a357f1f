// SPDX-License-Identifier: Apache-2.0
#include "lineage/jump_field.h"

#include "widgets/chip.h"
#include "widgets/icons.h"

#include <QAbstractItemView>
#include <QPainter>

namespace meshbone::ui {

namespace {
constexpr std::size_t kProposals = 12;
constexpr int kWidth = 200, kWidthMin = 100;
} // namespace

JumpField::JumpField(const lineage::Lineage* lineage, JobRunner& jobs, QWidget* parent)
    : QLineEdit(parent)
    , m_lineage(lineage)
    , m_jobs(jobs) {
    setObjectName(QStringLiteral("lineageJump"));
    setAccessibleName(tr("Jump to a node"));
    setPlaceholderText(tr("Jump…"));
    setFixedHeight(30);
    setMinimumWidth(kWidthMin); // beside a long name in the header it gives way
    setMaximumWidth(kWidth);
    setTextMargins(24, 0, 0, 0);
    m_completer.setModel(&m_names);
    m_completer.setCompletionMode(QCompleter::UnfilteredPopupCompletion); // the search has filtered already
    m_completer.setWidget(this);
    connect(this, &QLineEdit::textEdited, this, &JumpField::propose);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        if (!m_names.stringList().isEmpty()) {
            emit chosen(m_names.stringList().first());
        }
    });
    connect(&m_completer, qOverload<const QString&>(&QCompleter::activated), this, [this](const QString& name) {
        setText(name);
        emit chosen(name);
    });
}

void JumpField::propose(const QString& text) {
    if (m_lineage == nullptr || text.trimmed().isEmpty()) {
        m_names.setStringList({});
        m_completer.popup()->hide();
        return;
    }
    JobOptions options;
    options.key = QStringLiteral("lineage.jump");
    m_jobs.run(
        this, options,
        [lineage = m_lineage, wanted = text.trimmed().toStdString()](const JobContext&) -> Result<QStringList> {
            QStringList names;
            for (const auto& node : lineage->search(wanted, kProposals)) {
                names << QString::fromStdString(node.name);
            }
            return names;
        },
        [this](Result<QStringList> names) {
            m_names.setStringList(names.value_or(QStringList()));
            if (hasFocus() && m_names.rowCount() > 0) {
                m_completer.complete();
            }
        });
}

void JumpField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawIcon(painter, QRectF(8, (height() - 16) / 2.0, 16, 16), QStringLiteral("search"), color(Token::Text3));
    if (text().isEmpty() && !hasFocus() && width() == kWidth) {
        const QString keys = QStringLiteral("Ctrl+F");
        const qreal width = keyCapsWidth(keys, true);
        drawKeyCaps(painter, QRectF(rect().right() - width - 6, (height() - kKeyCapHeight) / 2.0, width, kKeyCapHeight),
                    keys, true, color(Token::Text3), color(Token::Control));
    }
}

} // namespace meshbone::ui
