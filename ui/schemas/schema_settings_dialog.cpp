// SPDX-License-Identifier: Apache-2.0
#include "schemas/schema_settings_dialog.h"

#include "schemas/schema_acts.h"
#include "schemas/schema_words.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"

#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

using Level = catalog::CompatibilityLevel;
using Mode = catalog::SubjectMode;
using Validation = catalog::WriteValidation;
constexpr int kLevels = static_cast<int>(Level::FullTransitive) + 1;
constexpr int kAsRegistry = -1; ///< the data of the item that takes what is set for the subject away

catalog::SubjectSettings settingsOf(const catalog::SchemaBook& book, const std::string& subject) {
    const auto found = std::ranges::find(book.settings(), subject, &catalog::SubjectSettings::subject);
    return found == book.settings().end() ? catalog::SubjectSettings{} : *found;
}

template <class Value>
std::optional<Value> chosen(const Choice& choice) {
    const int value = choice.currentData().toInt();
    return value == kAsRegistry ? std::nullopt : std::optional(static_cast<Value>(value));
}

template <class Value>
void choose(Choice& choice, std::optional<Value> value) {
    choice.setCurrentIndex(std::max(0, choice.findData(value ? static_cast<int>(*value) : kAsRegistry)));
}

} // namespace

SchemaSettingsDialog::SchemaSettingsDialog(PageContext& context, const QString& subject, QWidget* parent)
    : Dialog(subject.isEmpty() ? tr("Compatibility and Mode of the Registry") : tr("Compatibility and Mode"),
             subject.isEmpty() ? tr("What is asked of each new version of all subjects that have nothing of their own.")
                               : tr("What %1 asks of each new version.").arg(subject),
             parent)
    , m_context(context)
    , m_subject(subject) {
    setObjectName(QStringLiteral("schemaSettingsDialog"));
    const auto& book = *context.schemas.book();
    const auto registrys = settingsOf(book, {});
    const auto own = subject.isEmpty() ? registrys : settingsOf(book, subject.toStdString());
    buildLevels(own, registrys);
    buildPolicy();
    buildValidation(own, registrys);
    buildModes(own, registrys);
    for (auto* choice : {m_level, m_policy, m_validation, m_mode}) {
        m_before[choice] = choice->currentIndex();
    }
    m_set = addVerb(tr("Set"));
    connect(m_set, &Button::clicked, this, &SchemaSettingsDialog::apply);
    m_level->setFocus();
    askWhetherItChecks();
}

Choice* SchemaSettingsDialog::addChoice(const char* name, const QString& title, const QString& hint) {
    auto* choice = new Choice(title, this);
    choice->setObjectName(QLatin1String(name));
    addField(title, choice, hint);
    return choice;
}

Label* SchemaSettingsDialog::addWords(const char* name) {
    auto* words = new Label({}, TextStyle::Secondary, Token::Text2, this);
    words->setObjectName(QLatin1String(name));
    words->setWordWrap(true);
    content()->addWidget(words);
    return words;
}

void SchemaSettingsDialog::buildLevels(const catalog::SubjectSettings& own, const catalog::SubjectSettings& registrys) {
    m_level = addChoice("schemaLevel", tr("Compatibility"));
    const auto level = registrys.level.value_or(Level::Backward);
    if (!m_subject.isEmpty()) {
        m_level->addItem(tr("As the registry: %1").arg(levelWord(level)), kAsRegistry);
    }
    for (int i = 0; i < kLevels; ++i) {
        m_level->addItem(levelWord(static_cast<Level>(i)), i);
    }
    choose(*m_level, m_subject.isEmpty() ? level : own.level);
    m_levelWords = addWords("schemaLevelWords");
    connect(m_level, &QComboBox::currentIndexChanged, this, &SchemaSettingsDialog::sayLevel);
    sayLevel();
}

void SchemaSettingsDialog::sayLevel() {
    const auto registrys = settingsOf(*m_context.schemas.book(), {}).level.value_or(Level::Backward);
    m_levelWords->setText(text(catalog::levelWords(chosen<Level>(*m_level).value_or(registrys))));
}

void SchemaSettingsDialog::buildPolicy() {
    m_policy =
        addChoice("schemaPolicy", tr("How JSON Schemas are compared"),
                  tr("With LENIENT, adding an optional property is compatible. Avro and Protobuf don't need it."));
    m_policy->addItem(tr("STRICT: an object without a word on it takes any further property"));
    m_policy->addItem(tr("LENIENT: an object takes the properties that it names"));
    const auto policy = m_context.schemas.book()->policyOf(m_subject.toStdString());
    m_policy->setCurrentIndex(policy == catalog::CompatibilityPolicy::Lenient ? 1 : 0);
}

void SchemaSettingsDialog::buildValidation(const catalog::SubjectSettings& own,
                                           const catalog::SubjectSettings& registrys) {
    m_validation = addChoice("schemaValidation", tr("Checking what is written"));
    const auto registrysIs = registrys.validation.value_or(Validation::Off);
    if (!m_subject.isEmpty()) {
        m_validation->addItem(tr("As the registry: %1").arg(validationWord(registrysIs)), kAsRegistry);
    }
    for (const auto one : {Validation::Off, Validation::Log, Validation::Refuse}) {
        m_validation->addItem(validationWord(one), static_cast<int>(one));
    }
    choose(*m_validation, m_subject.isEmpty() ? registrysIs : own.validation);
    m_validationWords = addWords("schemaValidationWords");
    connect(m_validation, &QComboBox::currentIndexChanged, this, &SchemaSettingsDialog::sayValidation);
    sayValidation();
}

void SchemaSettingsDialog::sayValidation() {
    m_validation->setEnabled(m_cantCheck.isEmpty());
    m_validation->setToolTip(m_cantCheck);
    const auto registrys = settingsOf(*m_context.schemas.book(), {}).validation.value_or(Validation::Off);
    m_validationWords->setText(
        m_cantCheck.isEmpty() ? validationEffect(chosen<Validation>(*m_validation).value_or(registrys)) : m_cantCheck);
}

/// Whether the registry keeps it is what only it can say.
void SchemaSettingsDialog::askWhetherItChecks() {
    m_context.jobs.run(
        this, {.title = {}, .key = {}},
        [registry = m_context.schemas.registry()](const JobContext& job) {
            return registry->status(job.call(std::chrono::seconds(10)));
        },
        [this](const Result<catalog::RegistryStatus>& status) {
            if (!status && status.error().code == ErrorCode::Unsupported) {
                m_cantCheck = tr("This schema registry doesn't keep whether what is written is checked; Meshbone's own "
                                 "does.");
                m_validation->setCurrentIndex(m_before[m_validation]);
                sayValidation();
            }
        });
}

void SchemaSettingsDialog::buildModes(const catalog::SubjectSettings& own, const catalog::SubjectSettings& registrys) {
    m_mode = addChoice("schemaMode", tr("Mode"));
    if (!m_subject.isEmpty()) {
        m_mode->addItem(tr("As the registry: %1").arg(modeWord(registrys.mode.value_or(Mode::ReadWrite))), kAsRegistry);
    }
    m_mode->addItem(tr("READWRITE: new versions are taken"), static_cast<int>(Mode::ReadWrite));
    m_mode->addItem(tr("READONLY: nothing can be registered or deleted"), static_cast<int>(Mode::ReadOnly));
    m_mode->addItem(tr("IMPORT: versions are taken only with an id that is given"), static_cast<int>(Mode::Import));
    if (own.mode && m_mode->findData(static_cast<int>(*own.mode)) < 0) { // set by somebody who knows why: kept
        m_mode->addItem(modeWord(*own.mode), static_cast<int>(*own.mode));
    }
    choose(*m_mode, m_subject.isEmpty() ? own.mode.value_or(Mode::ReadWrite) : own.mode);
    m_modeWords = addWords("schemaModeWords");
    m_modeWords->setInk(Token::Warn);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &SchemaSettingsDialog::sayMode);
    sayMode();
}

void SchemaSettingsDialog::sayMode() {
    const bool isImport = chosen<Mode>(*m_mode) == Mode::Import;
    m_modeWords->setVisible(isImport);
    m_modeWords->setText(isImport ? tr("IMPORT is for recovery: nothing is compared with the versions before, so that "
                                       "what is incompatible is taken too, and producers that register without an id "
                                       "are refused. Set it back afterwards.")
                                  : QString());
}

bool SchemaSettingsDialog::isChanged(Choice* choice) const {
    return choice->isEnabled() && choice->currentIndex() != m_before.at(choice);
}

/// What is to be done, in an order in which a mode that takes nothing comes last.
std::vector<SchemaSettingsDialog::Change> SchemaSettingsDialog::changes() const {
    using Registry = catalog::SchemaRegistry;
    const auto subject = m_subject.toStdString();
    std::vector<Change> all;
    if (isChanged(m_level)) {
        all.emplace_back([subject, level = chosen<Level>(*m_level)](Registry& registry, const CallOptions& call) {
            return registry.setLevel(subject, level, call);
        });
    }
    if (isChanged(m_policy)) {
        const auto policy = m_policy->currentIndex() == 1 ? catalog::CompatibilityPolicy::Lenient
                                                          : catalog::CompatibilityPolicy::Strict;
        all.emplace_back([subject, policy](Registry& registry, const CallOptions& call) {
            return registry.setPolicy(subject, policy, call);
        });
    }
    if (isChanged(m_validation)) {
        all.emplace_back(
            [subject, validation = chosen<Validation>(*m_validation)](Registry& registry, const CallOptions& call) {
                return registry.setValidation(subject, validation, call);
            });
    }
    if (isChanged(m_mode)) {
        all.emplace_back([subject, mode = chosen<Mode>(*m_mode)](Registry& registry, const CallOptions& call) {
            return registry.setMode(subject, mode, mode == Mode::Import, call); // there are schemas: it was warned
        });
    }
    return all;
}

void SchemaSettingsDialog::apply() {
    const auto all = changes();
    if (all.empty()) {
        accept();
        return;
    }
    m_set->setEnabled(false);
    actOnRegistry(
        m_context, this,
        m_subject.isEmpty() ? tr("Setting what the registry asks") : tr("Setting what %1 asks").arg(m_subject),
        [all](catalog::SchemaRegistry& registry, const CallOptions& call) -> Status {
            for (const auto& change : all) {
                if (auto status = change(registry, call); !status) {
                    return status;
                }
            }
            return {};
        },
        [this](const Status& status) {
            m_set->setEnabled(true);
            status ? accept() : sayError(text(status.error().message));
        });
}

} // namespace meshbone::ui
