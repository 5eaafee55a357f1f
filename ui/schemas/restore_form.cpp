// SPDX-License-Identifier: Apache-2.0
#include "schemas/restore_form.h"

#include "schemas/code_view.h"
#include "schemas/lost_ids_model.h"
#include "schemas/pretty_text.h"
#include "schemas/reference_lines.h"
#include "schemas/schema_words.h"
#include "widgets/choice.h"
#include "widgets/dialog.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QIntValidator>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <tuple>

namespace meshbone::ui {

namespace {

constexpr int kFormWidth = 460;
constexpr int kReferencesHeight = 56; // two lines; more are scrolled

bool isSameVersion(const catalog::SchemaVersion& one, const catalog::SchemaVersion& other) {
    return std::tie(one.subject, one.version, one.guid) == std::tie(other.subject, other.version, other.guid);
}

bool areSame(const std::vector<catalog::SchemaVersion>& some, const std::vector<catalog::SchemaVersion>& others) {
    return std::ranges::equal(some, others, isSameVersion);
}

} // namespace

RestoreForm::RestoreForm(QWidget* parent)
    : QWidget(parent) {
    setFixedWidth(kFormWidth);
    auto* form = new QVBoxLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    m_which = new Label({}, TextStyle::BodyStrong, Token::Text1, this);
    m_which->setObjectName(QStringLiteral("restoreWhich"));
    m_which->setElided(true);
    form->addWidget(m_which);
    m_candidate = new Choice(tr("Schema"), this);
    m_candidate->setObjectName(QStringLiteral("restoreCandidate"));
    form->addLayout(Dialog::labelled(tr("Schema"), m_candidate));
    buildPlace(*form);
    buildText(*form);
    connect(m_candidate, &QComboBox::currentIndexChanged, this, &RestoreForm::useCandidate);
    connect(m_subject, &QLineEdit::textChanged, this, &RestoreForm::changed);
    connect(m_text, &QPlainTextEdit::textChanged, this, &RestoreForm::changed);
    connect(m_references, &QPlainTextEdit::textChanged, this, &RestoreForm::changed);
}

void RestoreForm::buildPlace(QVBoxLayout& form) {
    m_subject = new QLineEdit(this);
    m_subject->setObjectName(QStringLiteral("restoreSubject"));
    m_version = new QLineEdit(this);
    m_version->setObjectName(QStringLiteral("restoreVersion"));
    m_version->setPlaceholderText(tr("next"));
    m_version->setValidator(new QIntValidator(1, std::numeric_limits<int>::max(), m_version));
    m_language = new Choice(tr("Language"), this);
    m_language->setObjectName(QStringLiteral("restoreLanguage"));
    for (const auto type : {catalog::SchemaType::Avro, catalog::SchemaType::Json, catalog::SchemaType::Protobuf}) {
        m_language->addItem(languageWord(type));
    }
    auto* row = new QHBoxLayout;
    row->addLayout(Dialog::labelled(tr("Subject"), m_subject), 3);
    row->addLayout(Dialog::labelled(tr("Version"), m_version), 1);
    row->addLayout(Dialog::labelled(tr("Language"), m_language), 1);
    form.addLayout(row);
}

void RestoreForm::buildText(QVBoxLayout& form) {
    m_text = new CodeView(tr("Text of the schema"), this);
    m_text->setObjectName(QStringLiteral("restoreText"));
    form.addWidget(m_text, 1);
    m_references = new QPlainTextEdit(this);
    m_references->setObjectName(QStringLiteral("restoreReferences"));
    m_references->setFixedHeight(kReferencesHeight);
    m_references->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_references->setTabChangesFocus(true);
    form.addLayout(Dialog::labelled(tr("References"), m_references,
                                    tr("What the text refers to, one a line: name, subject and version, such as "
                                       "“org.example.Leg leg-value 3”.")));
}

void RestoreForm::setLost(const catalog::LostId* lost) {
    const auto id = lost == nullptr ? std::nullopt : std::optional(lost->id);
    const auto candidates = lost == nullptr ? std::vector<catalog::SchemaVersion>() : lost->candidates;
    if (id && m_id == id) {
        if (areSame(candidates, m_candidates)) {
            return;
        }
        if (isTyped()) {
            m_candidates = candidates;
            fillCandidates(true);
            m_language->setEnabled(true);
            return;
        }
    }
    const auto kept = id && m_id == id ? std::optional(given()) : std::nullopt;
    m_id = id;
    m_likelySubject = lost == nullptr || lost->topics.empty()
                          ? QString()
                          : text(lost->topics.begin()->first) + QStringLiteral("-value");
    m_candidates = candidates;
    m_which->setText(id ? tr("Id %1").arg(id->value()) : tr("Choose an id at the left."));
    fillCandidates(false);
    for (auto* widget :
         std::initializer_list<QWidget*>{m_candidate, m_subject, m_version, m_language, m_text, m_references}) {
        widget->setEnabled(id.has_value());
    }
    m_version->clear();
    if (kept) { // what is looked at anew takes nothing away that was given
        giveAgain(*kept);
    } else {
        useCandidate();
    }
}

RestoreForm::Given RestoreForm::given() const {
    Given given{m_subject->text(), m_version->text(), std::nullopt};
    if (given.subject == m_likelySubject) {
        given.subject.clear();
    }
    if (const auto at = static_cast<std::size_t>(std::max(0, m_candidate->currentIndex())); at < m_candidates.size()) {
        given.candidate = m_candidates[at];
    }
    return given;
}

void RestoreForm::giveAgain(const Given& given) {
    const auto isIt = [&](const auto& one) { return given.candidate && isSameVersion(one, *given.candidate); };
    if (const auto at = std::ranges::find_if(m_candidates, isIt); at != m_candidates.end()) {
        const QSignalBlocker quiet(m_candidate);
        m_candidate->setCurrentIndex(static_cast<int>(at - m_candidates.begin()));
    }
    useCandidate();
    m_version->setText(given.version);
    if (!given.subject.isEmpty()) {
        m_subject->setText(given.subject);
    }
}

/// `isOwnText`: what stands in the form is none of them.
void RestoreForm::fillCandidates(bool isOwnText) {
    const QSignalBlocker quiet(m_candidate);
    m_candidate->clear();
    if (!m_id) {
        return;
    }
    for (const auto& one : m_candidates) {
        m_candidate->addItem(fitWords(one));
    }
    m_candidate->addItem(tr("Another text"));
    m_candidate->setCurrentIndex(isOwnText ? m_candidate->count() - 1 : 0);
}

void RestoreForm::useCandidate() {
    const auto at = static_cast<std::size_t>(std::max(0, m_candidate->currentIndex()));
    const bool isKnown = m_id && at < m_candidates.size();
    m_base = isKnown ? *m_candidates[at].definition : catalog::SchemaDefinition();
    m_shownText = isKnown ? text(PrettyText(m_base.type, m_base.text).text()) : QString();
    m_shownReferences = referenceLines(m_base.references);
    m_language->setCurrentIndex(static_cast<int>(m_base.type));
    m_language->setEnabled(m_id && !isKnown);
    m_text->setPlainText(m_shownText);
    m_references->setPlainText(m_shownReferences);
    m_subject->setText(m_likelySubject);
    emit changed();
}

bool RestoreForm::isTyped() const {
    return m_text->toPlainText() != m_shownText || m_references->toPlainText() != m_shownReferences;
}

catalog::LostSchema RestoreForm::schema() const {
    auto definition = m_base;
    if (const auto typed = m_text->toPlainText(); typed != m_shownText) {
        definition.text = typed.toStdString();
    }
    if (const auto typed = m_references->toPlainText(); typed != m_shownReferences) {
        definition.references = readReferenceLines(typed, m_base.references).value_or(definition.references);
    }
    definition.type = static_cast<catalog::SchemaType>(m_language->currentIndex());
    return {m_subject->text().trimmed().toStdString(),
            definition,
            {m_id.value_or(catalog::SchemaId(-1)), m_version->text().toInt()}};
}

QString RestoreForm::whyNot() const {
    if (!m_id) {
        return tr("Choose an id first.");
    }
    if (m_subject->text().trimmed().isEmpty()) {
        return tr("Name the subject.");
    }
    if (m_text->toPlainText().trimmed().isEmpty()) {
        return tr("Give the text of the schema.");
    }
    const auto references = m_references->toPlainText();
    const auto read = readReferenceLines(references, m_base.references);
    return read || references == m_shownReferences ? QString() : text(read.error().message);
}

} // namespace meshbone::ui
