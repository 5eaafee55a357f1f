// SPDX-License-Identifier: Apache-2.0
#include "topics/topic_dialogs.h"

#include "access/standing_access.h"
#include "topics/detail_models.h"
#include "topics/topic_acts.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kPartitionsMax = 10'000;
enum Policy : int { DeleteOld, KeepLatest, Both };
constexpr std::chrono::milliseconds kTypingPause{400};
} // namespace

CreateTopicDialog::CreateTopicDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Create a Topic"), {}, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("createTopicDialog"));
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("topicName"));
    m_name->setPlaceholderText(QStringLiteral("domain.what-happens"));
    m_name->setMaxLength(249);
    addField(tr("Name"), m_name, tr("Letters, digits, dot, underscore and hyphen; up to 249."));
    m_access = new Label({}, TextStyle::Secondary, Token::Warn, this);
    m_access->setObjectName(QStringLiteral("standingAccess"));
    m_access->setWordWrap(true);
    m_access->hide();
    content()->addWidget(m_access);
    m_typed.setSingleShot(true);
    m_typed.setInterval(kTypingPause);
    connect(m_name, &QLineEdit::textChanged, &m_typed, qOverload<>(&QTimer::start));
    connect(&m_typed, &QTimer::timeout, this, &CreateTopicDialog::lookForAccess);
    m_partitions = new QSpinBox(this);
    m_partitions->setObjectName(QStringLiteral("topicPartitions"));
    m_partitions->setRange(1, kPartitionsMax);
    m_partitions->setValue(4);
    addField(tr("Partitions"), m_partitions,
             tr("How many consumers of a group can share the work. It can grow, never shrink."));
    m_policy = new Choice(tr("What is kept"), this);
    m_policy->setObjectName(QStringLiteral("topicPolicy"));
    m_policy->addItems({tr("Events, until they are old"), tr("The latest event of each key"),
                        tr("The latest of each key, until it is old")});
    addField(tr("What is kept"), m_policy);
    m_retention = new Choice(tr("For how long"), this);
    m_retention->setObjectName(QStringLiteral("topicRetention"));
    m_retention->addItem(tr("7 days"), QStringLiteral("604800000"));
    m_retention->addItem(tr("1 hour"), QStringLiteral("3600000"));
    m_retention->addItem(tr("1 day"), QStringLiteral("86400000"));
    m_retention->addItem(tr("30 days"), QStringLiteral("2592000000"));
    m_retention->addItem(tr("1 year"), QStringLiteral("31536000000"));
    m_retention->addItem(tr("For ever"), QStringLiteral("-1"));
    addField(tr("For how long"), m_retention, tr("By the events' own time: older ones are deleted as they arrive."));
    m_create = addVerb(tr("Create"));
    connect(m_create, &Button::clicked, this, &CreateTopicDialog::create);
    connect(m_policy, &QComboBox::currentIndexChanged, this,
            [this](int policy) { m_retention->setEnabled(policy != KeepLatest); });
    m_name->setFocus();
}

backbone::NewTopic CreateTopicDialog::wanted() const {
    backbone::NewTopic topic;
    topic.name = m_name->text().trimmed().toStdString();
    topic.partitions = m_partitions->value();
    const int policy = m_policy->currentIndex();
    topic.configs["cleanup.policy"] = policy == DeleteOld    ? "delete"
                                      : policy == KeepLatest ? "compact"
                                                             : "compact,delete";
    if (policy != KeepLatest) {
        topic.configs["retention.ms"] = m_retention->currentData().toString().toStdString();
    }
    return topic;
}

/// Access that was left by an earlier topic of the name, or given ahead, is in force from the first moment.
void CreateTopicDialog::lookForAccess() {
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("standing")},
        [&services = m_context.services, catalog = m_context.feed.catalog(),
         topic = m_name->text().trimmed().toStdString()](const JobContext& job) -> Result<StandingAccess> {
            return topic.empty() ? StandingAccess{} : standingAccess(services, *catalog, topic, job);
        },
        [this](const Result<StandingAccess>& access) {
            m_access->setText(standingText(*access));
            m_access->setVisible(!access->isNone());
        });
}

void CreateTopicDialog::create() {
    const auto topic = wanted();
    if (topic.name.empty()) {
        sayError(tr("A topic needs a name."));
        m_name->setFocus();
        return;
    }
    m_create->setEnabled(false);
    catalog::RecordAct record{"topic.created", topic.name, {}, topic.configs};
    record.after["partitions"] = std::to_string(topic.partitions);
    actOnTopic(
        m_context, this, tr("Creating %1").arg(text(topic.name)), record,
        [topic](backbone::Admin& admin, const CallOptions& call) { return admin.createTopic(topic, call); },
        [this, name = text(topic.name)](Result<ActOutcome> outcome) {
            m_create->setEnabled(true);
            if (!outcome) {
                sayError(QString::fromStdString(outcome.error().message));
                return;
            }
            emit created(name, outcome->notRecorded);
            accept();
        });
}

SettingDialog::SettingDialog(PageContext& context, QString topic, backbone::ConfigEntry entry, QWidget* parent)
    : Dialog(text(entry.name), tr("A setting of %1.").arg(topic), parent)
    , m_context(context)
    , m_topic(std::move(topic))
    , m_entry(std::move(entry)) {
    setObjectName(QStringLiteral("settingDialog"));
    m_value = new QLineEdit(text(m_entry.value.value_or("")), this);
    m_value->setObjectName(QStringLiteral("settingValue"));
    m_value->setFont(textFont(TextStyle::Mono));
    addField(tr("Value"), m_value);
    m_words = new Label(settingInWords(text(m_entry.name), m_value->text()), TextStyle::Secondary, Token::Text3, this);
    content()->addWidget(m_words);
    connect(m_value, &QLineEdit::textChanged, this,
            [this](const QString& value) { m_words->setText(settingInWords(text(m_entry.name), value)); });
    if (m_entry.source == backbone::ConfigSource::Topic) {
        auto* reset = new Button(tr("Back to the default"), ButtonKind::Link, this);
        reset->setObjectName(QStringLiteral("settingReset"));
        content()->addWidget(reset);
        connect(reset, &Button::clicked, this, [this] { apply(std::nullopt); });
    }
    connect(addVerb(tr("Set")), &Button::clicked, this, [this] { apply(m_value->text().trimmed().toStdString()); });
    m_value->setFocus();
    m_value->selectAll();
}

void SettingDialog::apply(std::optional<std::string> value) {
    catalog::RecordAct record{"topic.configured", m_topic.toStdString(), {}, {}};
    const bool own = m_entry.source == backbone::ConfigSource::Topic;
    record.before[m_entry.name] = own ? m_entry.value.value_or("") : catalog::kNoOwnSetting;
    record.after[m_entry.name] = value.value_or(catalog::kNoOwnSetting);
    actOnTopic(
        m_context, this, tr("Configuring %1").arg(m_topic), record,
        [topic = m_topic.toStdString(), name = m_entry.name, value](backbone::Admin& admin, const CallOptions& call) {
            return admin.alterTopicConfig(topic, {{name, value}}, call);
        },
        [this](Result<ActOutcome> outcome) {
            if (!outcome) {
                sayError(QString::fromStdString(outcome.error().message));
                return;
            }
            emit changed(outcome->notRecorded);
            accept();
        });
}

PartitionsDialog::PartitionsDialog(PageContext& context, QString topic, int present, QWidget* parent)
    : Dialog(tr("Add Partitions"),
             tr("%1 has %2. New events of a key may then go to another partition than its earlier ones, so their order "
                "is kept "
                "only within each. Partitions can't be taken away again.")
                 .arg(topic, tr("%n partition(s)", nullptr, present)),
             parent)
    , m_context(context)
    , m_topic(std::move(topic))
    , m_present(present) {
    setObjectName(QStringLiteral("partitionsDialog"));
    m_total = new QSpinBox(this);
    m_total->setObjectName(QStringLiteral("partitionsTotal"));
    m_total->setRange(present + 1, kPartitionsMax);
    addField(tr("Partitions in all"), m_total);
    connect(addVerb(tr("Add Partitions")), &Button::clicked, this, &PartitionsDialog::apply);
}

void PartitionsDialog::apply() {
    const int total = m_total->value();
    const catalog::RecordAct record{"topic.configured",
                                    m_topic.toStdString(),
                                    {{"partitions", std::to_string(m_present)}},
                                    {{"partitions", std::to_string(total)}}};
    actOnTopic(
        m_context, this, tr("Adding partitions to %1").arg(m_topic), record,
        [topic = m_topic.toStdString(), total](backbone::Admin& admin, const CallOptions& call) {
            return admin.addPartitions(topic, total, call);
        },
        [this](Result<ActOutcome> outcome) {
            if (!outcome) {
                sayError(QString::fromStdString(outcome.error().message));
                return;
            }
            emit changed(outcome->notRecorded);
            accept();
        });
}

} // namespace meshbone::ui
