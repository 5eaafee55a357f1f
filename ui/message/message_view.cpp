// SPDX-License-Identifier: Apache-2.0
#include "message/message_view.h"

#include "message/decoded_payload.h"
#include "message/payload.h"
#include "widgets/button.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/property_list.h"
#include "widgets/segmented.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
enum Form : int { Tree, Json, Text, Hex };
constexpr int kHeadersShownMax = 50;
constexpr int kFieldWidth = 130;

} // namespace

MessageView::MessageView(QWidget* parent)
    : Ground(Token::Surface, Qt::LeftEdge, parent) {
    setObjectName(QStringLiteral("messageView"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    m_trouble = new MessageBar(this);
    m_trouble->setObjectName(QStringLiteral("messageTrouble"));
    m_trouble->hide();
    layout->addWidget(m_trouble);
    m_tree = new QTreeView(this);
    m_tree->setObjectName(QStringLiteral("messageTree"));
    m_tree->setAccessibleName(tr("Fields of the message"));
    m_tree->setModel(&m_model);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(JsonTreeModel::Value, QHeaderView::Stretch);
    m_tree->header()->resizeSection(JsonTreeModel::Name, kFieldWidth + 40);
    m_tree->header()->resizeSection(JsonTreeModel::Type, 70);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setAccessibleName(tr("Value of the message"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(textFont(TextStyle::Mono));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_text);
    layout->addWidget(m_stack, 1);
    auto* below = new QVBoxLayout;
    below->setContentsMargins(16, 8, 16, 10);
    below->setSpacing(6);
    m_facts = new PropertyList(this);
    m_facts->setLabelWidth(kFieldWidth);
    m_headers = new PropertyList(this);
    m_headers->setLabelWidth(kFieldWidth);
    m_headerCount = new Label({}, TextStyle::SmallStrong, Token::Text2, this);
    layout->addWidget(new Rule(this));
    below->addWidget(m_facts);
    below->addWidget(m_headerCount);
    below->addWidget(m_headers);
    layout->addLayout(below);
}

void MessageView::buildHeader() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(8);
    m_title = new Label({}, TextStyle::BodyStrong, Token::Text1, this);
    m_where = new Label({}, TextStyle::Secondary, Token::Text3, this);
    m_form = new Segmented({tr("Tree"), tr("JSON"), tr("Text"), tr("Hex")}, tr("Form of the value"), this);
    m_form->setObjectName(QStringLiteral("messageForm"));
    auto* copy = Button::iconButton(QStringLiteral("copy"), tr("Copy the value"), this);
    auto* close = Button::iconButton(QStringLiteral("close"), tr("Close the message"), this);
    row->addWidget(m_title);
    row->addWidget(m_where);
    row->addStretch();
    row->addWidget(m_form);
    row->addWidget(copy);
    row->addWidget(close);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    static_cast<QVBoxLayout*>(layout())->addWidget(new Rule(this));
    connect(m_form, &Segmented::currentChanged, this, [this](int form) {
        m_chosen.insert(text(m_record.topic), form); // only a person's choice comes here; see decode()
        showValue();
    });
    connect(copy, &Button::clicked, this, &MessageView::copyMessage);
    connect(close, &Button::clicked, this, &MessageView::closeAsked);
}

void MessageView::setRecord(const Record& record) {
    m_record = record;
    m_title->setText(tr("Offset %1").arg(formatCount(record.offset.value())));
    m_where->setText(tr("partition %1").arg(record.partition.value()));
    decode();
    m_headers->clear();
    const auto count = static_cast<int>(record.headers.size());
    m_headerCount->setText(count == 0 ? tr("No headers") : tr("%n header(s)", nullptr, count));
    for (int i = 0; i < std::min(count, kHeadersShownMax); ++i) {
        const auto& header = record.headers[static_cast<std::size_t>(i)];
        m_headers->add(text(header.name), payloadLine(header.value, 200), TextStyle::Mono);
    }
}

void MessageView::setBook(catalog::SchemaBookPtr book, const QString& problem) {
    m_book = std::move(book);
    m_bookProblem = problem;
    decode();
}

void MessageView::decode() {
    m_key = m_book ? m_book->decode(m_record, true) : catalog::DecodedPart{};
    m_value = m_book ? m_book->decode(m_record, false) : catalog::DecodedPart{};
    m_readable = readableBytes(m_value, m_record.value);
    m_model.setValue(payloadTree(m_readable).value_or(catalog::JsonTree()));
    m_tree->expandToDepth(1);
    {
        const QSignalBlocker blocker(m_form);
        m_form->setCurrent(formForRecord());
    }
    m_trouble->setVisible(!m_value.problem.empty());
    if (!m_value.problem.empty()) {
        m_trouble->say(Tone::Warn, text(m_value.problem), m_value.schema ? QString() : m_bookProblem);
    }
    showValue();
    showFacts();
}

void MessageView::showFacts() {
    m_facts->clear();
    m_facts->add(tr("Key"), payloadLine(readableBytes(m_key, m_record.key), 200), TextStyle::Mono);
    const auto addFact = [this](const QString& label, const QString& fact) {
        if (!fact.isEmpty()) {
            m_facts->add(label, fact);
        }
    };
    addFact(tr("Schema of the key"), schemaFact(m_key));
    addFact(tr("Schema"), schemaFact(m_value));
    addFact(tr("Framing"), framingFact(m_value));
    m_facts->add(m_record.timestampType == TimestampType::LogAppendTime ? tr("Appended") : tr("Event time"),
                 formatTime(m_record.timestampMs), TextStyle::Mono);
    m_facts->add(tr("Size"),
                 m_record.value ? formatBytes(static_cast<qint64>(m_record.value->size())) : tr("null value"));
}

int MessageView::bestForm() const {
    if (!m_value.problem.empty()) {
        return Hex;
    }
    const auto kind = payloadKind(m_readable);
    if (kind == PayloadKind::Json) {
        const auto json = payloadJson(m_readable).value_or(QJsonValue());
        return !json.toObject().isEmpty() || !json.toArray().isEmpty() ? Tree : m_value.schema ? Json : Text;
    }
    if (m_value.schema) {
        return Json; // a bare number or text has no fields
    }
    return kind == PayloadKind::Binary ? Hex : Text;
}

int MessageView::formForRecord() const {
    const int best = bestForm();
    const int chosen = m_chosen.value(text(m_record.topic), best);
    const bool structured = chosen == Tree || chosen == Json; // shows nothing of a value that isn't JSON
    return structured && best != Tree ? best : chosen;
}

void MessageView::showValue() {
    const int form = m_form->current();
    m_stack->setCurrentWidget(form == Tree ? static_cast<QWidget*>(m_tree) : m_text);
    if (form == Json) {
        m_text->setPlainText(payloadPretty(m_readable));
    } else if (form == Text) {
        m_text->setPlainText(payloadText(m_record.value));
    } else if (form == Hex) {
        m_text->setPlainText(payloadHex(m_record.value));
    }
}

void MessageView::copyMessage() const {
    QApplication::clipboard()->setText(m_form->current() == Hex ? payloadHex(m_record.value)
                                                                : payloadPretty(m_readable));
}

} // namespace meshbone::ui
