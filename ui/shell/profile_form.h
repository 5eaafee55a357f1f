// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/known_cluster.h>

#include <QString>
#include <QWidget>

#include <map>

class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace meshbone::ui {

class Choice;
class Segmented;

/// The fields of a profile: how to reach a cluster, as whom, and what is at stake there. The name of one that exists
/// stays, because its folder bears it.
class ProfileForm : public QWidget {
    Q_OBJECT
public:
    /// `file`: where passwords are kept, as it is told beside them.
    ProfileForm(const backbone::KnownCluster& edited, bool isNew, const QString& file, QWidget* parent = nullptr);
    /// What the fields say, or the sentence that says what is wrong with them.
    [[nodiscard]] Result<backbone::KnownCluster> cluster() const;

private:
    void addLogin(QVBoxLayout& layout, const QString& file);
    void addTls(QVBoxLayout& layout);
    void addRegistry(QVBoxLayout& layout);
    void addProperties(QVBoxLayout& layout);
    QLineEdit* line(const char* name, const QString& label, const std::string& value);
    QWidget* fileField(const char* name, const QString& label, const std::string& value, QLineEdit*& into);
    void follow();

    backbone::KnownCluster m_edited;
    QLineEdit *m_name = nullptr, *m_bootstrap = nullptr, *m_user = nullptr, *m_password = nullptr;
    QLineEdit *m_caFile = nullptr, *m_certificateFile = nullptr, *m_keyFile = nullptr;
    QLineEdit *m_registryUrl = nullptr, *m_registryUser = nullptr, *m_registryPassword = nullptr;
    Choice *m_protocol = nullptr, *m_mechanism = nullptr;
    QPlainTextEdit* m_properties = nullptr;
    Segmented* m_stake = nullptr;
};

/// Further settings as text, NAME=VALUE a line, and back.
QString settingLines(const std::map<std::string, std::string>& properties);
Result<std::map<std::string, std::string>> settingsIn(const QString& lines);

} // namespace meshbone::ui
