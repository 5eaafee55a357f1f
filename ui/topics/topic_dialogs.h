// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/dialog.h"

#include <backbone/client.h>

#include <QTimer>

class QLineEdit;
class QSpinBox;

namespace meshbone::ui {

class Choice;
class Label;

/// Creates a topic: name, partitions, what is kept and for how long. The broker checks; its sentence is shown beside
/// the fields.
class CreateTopicDialog : public Dialog {
    Q_OBJECT
public:
    explicit CreateTopicDialog(PageContext& context, QWidget* parent = nullptr);

signals:
    void created(const QString& topic, const QString& notRecorded);

private:
    void create();
    void lookForAccess();
    [[nodiscard]] backbone::NewTopic wanted() const;
    PageContext& m_context;
    QLineEdit* m_name = nullptr;
    Label* m_access = nullptr;
    QTimer m_typed; ///< the name rests
    QSpinBox* m_partitions = nullptr;
    Choice* m_policy = nullptr;
    Choice* m_retention = nullptr;
    Button* m_create = nullptr;
};

/// Changes one setting of a topic, or takes it back to the default.
class SettingDialog : public Dialog {
    Q_OBJECT
public:
    SettingDialog(PageContext& context, QString topic, backbone::ConfigEntry entry, QWidget* parent = nullptr);

signals:
    void changed(const QString& notRecorded);

private:
    void apply(std::optional<std::string> value);
    PageContext& m_context;
    QString m_topic;
    backbone::ConfigEntry m_entry;
    QLineEdit* m_value = nullptr;
    Label* m_words = nullptr;
};

/// Gives a topic more partitions; says what that does to the order of keys.
class PartitionsDialog : public Dialog {
    Q_OBJECT
public:
    PartitionsDialog(PageContext& context, QString topic, int present, QWidget* parent = nullptr);

signals:
    void changed(const QString& notRecorded);

private:
    void apply();
    PageContext& m_context;
    QString m_topic;
    int m_present;
    QSpinBox* m_total = nullptr;
};

} // namespace meshbone::ui
