// SPDX-License-Identifier: Apache-2.0
#include "access/pattern_field.h"

#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kMaxRows = 50;
enum Kind : int { Exactly, Beginning };
} // namespace

PatternField::PatternField(const QString& name, const QString& title, const QStringList& known, QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_line = new QLineEdit;
    m_line->setObjectName(name);
    m_line->setAccessibleName(title);
    m_line->setMaxLength(255);
    if (!known.isEmpty()) {
        auto* completer = new QCompleter(known, m_line);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        m_line->setCompleter(completer);
    }
    m_kind = new Choice(tr("What the name covers: %1").arg(title));
    m_kind->setObjectName(name + QStringLiteral("Kind"));
    m_kind->addItems({tr("this name"), tr("all that begin so")});
    row->addWidget(m_line, 1);
    row->addWidget(m_kind);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &PatternField::changed);
    connect(m_line, &QLineEdit::editingFinished, this, &PatternField::takeStar);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PatternField::changed);
}

void PatternField::takeStar() {
    const auto name = m_line->text().trimmed();
    if (name.size() > 1 && name.endsWith(u'*') && m_kind->currentIndex() == Exactly) {
        m_kind->setCurrentIndex(Beginning);
        m_line->setText(name.chopped(1));
    }
}

void PatternField::setPattern(const catalog::NamePattern& pattern) {
    m_kind->setCurrentIndex(pattern.pattern == backbone::PatternType::Prefixed ? Beginning : Exactly);
    m_line->setText(text(pattern.name));
}

catalog::NamePattern PatternField::pattern() const {
    return {m_line->text().trimmed().toStdString(),
            m_kind->currentIndex() == Beginning ? backbone::PatternType::Prefixed : backbone::PatternType::Literal};
}

PatternList::PatternList(const QString& name, const QString& title, QStringList known, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_title(title)
    , m_known(std::move(known)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_layout = new QVBoxLayout;
    m_layout->setSpacing(4);
    layout->addLayout(m_layout);
    auto* more = new Button(tr("Add another"), ButtonKind::Link);
    more->setObjectName(name + QStringLiteral("More"));
    more->setAccessibleName(tr("Add another: %1").arg(title));
    layout->addWidget(more, 0, Qt::AlignLeft);
    connect(more, &Button::clicked, this, [this] {
        if (m_rows.size() < kMaxRows) {
            addRow({}).field->setFocus(Qt::TabFocusReason);
            showRemovers();
        }
    });
    addRow({});
    showRemovers();
}

PatternList::Row& PatternList::addRow(const catalog::NamePattern& pattern) {
    auto* whole = new QWidget;
    auto* box = new QHBoxLayout(whole);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(4);
    const auto number = m_made++;
    const auto name = number == 0 ? m_name : m_name + QString::number(number);
    auto* field = new PatternField(name, m_title, m_known);
    auto* remove = Button::iconButton(QStringLiteral("close"), tr("Leave this one out"));
    remove->setObjectName(name + QStringLiteral("Remove"));
    box->addWidget(field, 1);
    box->addWidget(remove);
    field->setPattern(pattern);
    connect(field, &PatternField::changed, this, &PatternList::changed);
    connect(remove, &Button::clicked, this, [this, whole] { removeRow(whole); });
    m_layout->addWidget(whole);
    m_rows.push_back({whole, field, remove});
    return m_rows.back();
}

void PatternList::removeRow(const QWidget* whole) {
    const auto found = std::ranges::find(m_rows, whole, &Row::whole);
    if (found == m_rows.end() || m_rows.size() == 1) {
        return;
    }
    found->whole->hide();
    found->whole->deleteLater(); // it is the button's own parent
    m_rows.erase(found);
    showRemovers();
    emit changed();
}

void PatternList::showRemovers() {
    for (const auto& row : m_rows) {
        row.remove->setVisible(m_rows.size() > 1);
    }
}

void PatternList::setPatterns(const std::vector<catalog::NamePattern>& patterns) {
    while (m_rows.size() > std::max<std::size_t>(patterns.size(), 1)) {
        m_rows.back().whole->hide();
        m_rows.back().whole->deleteLater();
        m_rows.pop_back();
    }
    while (m_rows.size() < patterns.size()) {
        addRow({});
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].field->setPattern(i < patterns.size() ? patterns[i] : catalog::NamePattern{});
    }
    showRemovers();
    emit changed();
}

std::vector<catalog::NamePattern> PatternList::patterns() const {
    std::vector<catalog::NamePattern> all;
    for (const auto& row : m_rows) {
        if (auto one = row.field->pattern(); !one.name.empty()) {
            all.push_back(std::move(one));
        }
    }
    std::ranges::sort(all);
    const auto twice = std::ranges::unique(all);
    all.erase(twice.begin(), twice.end());
    return all;
}

} // namespace meshbone::ui
