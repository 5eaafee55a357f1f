// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "shell/profile_book.h"
#include "widgets/dialog.h"

class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace meshbone::ui {

class CapabilityList;
class Choice;
class Segmented;

/// "New profile…" and "Edit…": how to reach a cluster, and a test that says what is there before it is saved. The name
/// of a profile that exists stays, because its folder bears it.
class ProfileDialog : public Dialog {
    Q_OBJECT
public:
    ProfileDialog(PageContext& context, const std::optional<backbone::KnownCluster>& edited, QWidget* parent = nullptr);

signals:
    void saved(const QString& name, bool open);
    void removed(const QString& name);

private:
    void build();
    void buildLogin(QVBoxLayout& form);
    void buildTls(QVBoxLayout& form);
    QWidget* buildTest();
    void addVerbs();
    void follow();
    QLineEdit* line(const char* name, const QString& label, const std::string& value);
    QWidget* fileField(const char* name, const QString& label, const std::string& value, QLineEdit*& into);
    /// What the fields say, or the sentence that says what is wrong with them.
    [[nodiscard]] Result<backbone::KnownCluster> cluster() const;
    void test();
    void save(bool open);
    void remove();

    PageContext& m_context;
    backbone::KnownCluster m_edited;
    bool m_isNew = true;
    QLineEdit *m_name = nullptr, *m_bootstrap = nullptr, *m_user = nullptr, *m_password = nullptr;
    QLineEdit *m_caFile = nullptr, *m_certificateFile = nullptr, *m_keyFile = nullptr;
    Choice *m_protocol = nullptr, *m_mechanism = nullptr;
    QPlainTextEdit* m_properties = nullptr;
    Segmented* m_stake = nullptr;
    CapabilityList* m_found = nullptr;
    Button *m_test = nullptr, *m_save = nullptr, *m_open = nullptr;
};

/// A profile as a line of text a setting, and back; for the form and its tests.
QString settingLines(const std::map<std::string, std::string>& properties);
Result<std::map<std::string, std::string>> settingsIn(const QString& lines);

} // namespace meshbone::ui
