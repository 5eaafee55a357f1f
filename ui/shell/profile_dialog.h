// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "shell/profile_book.h"
#include "widgets/dialog.h"

#include <optional>

namespace meshbone::ui {

class CapabilityList;
class ProfileForm;

/// "New profile…" and "Edit…": the fields of a profile, and a test that says what is there before it is saved.
class ProfileDialog : public Dialog {
    Q_OBJECT
public:
    ProfileDialog(PageContext& context, const std::optional<backbone::KnownCluster>& edited, QWidget* parent = nullptr);

signals:
    void saved(const QString& name, bool open);
    void removed(const QString& name);

private:
    void build();
    QWidget* buildTest();
    void addVerbs();
    void test();
    void save(bool open);
    void remove();

    PageContext& m_context;
    backbone::KnownCluster m_edited;
    bool m_isNew = true;
    ProfileForm* m_form = nullptr;
    CapabilityList* m_found = nullptr;
    Button *m_test = nullptr, *m_save = nullptr, *m_open = nullptr;
};

} // namespace meshbone::ui
