// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/dialog.h"

#include <map>

namespace meshbone::ui {

class Choice;
class Label;

/// What a subject asks of its versions: the level of compatibility and the policy, its own or the registry's, whether
/// what is written is checked, and whether it takes new versions at all. Or the same of the whole registry, for all
/// subjects that have nothing of their own.
class SchemaSettingsDialog : public Dialog {
    Q_OBJECT
public:
    /// `subject` empty: of the whole registry.
    SchemaSettingsDialog(PageContext& context, const QString& subject, QWidget* parent = nullptr);

private:
    using Change = std::function<Status(catalog::SchemaRegistry&, const CallOptions&)>;
    void buildLevels(const catalog::SubjectSettings& own, const catalog::SubjectSettings& registrys);
    void buildPolicy();
    void buildValidation(const catalog::SubjectSettings& own, const catalog::SubjectSettings& registrys);
    void buildModes(const catalog::SubjectSettings& own, const catalog::SubjectSettings& registrys);
    Choice* addChoice(const char* name, const QString& title, const QString& hint = {});
    Label* addWords(const char* name);
    void sayLevel();
    void sayValidation();
    void sayMode();
    void askWhetherItChecks();
    [[nodiscard]] bool isChanged(Choice* choice) const;
    [[nodiscard]] std::vector<Change> changes() const;
    void apply();

    PageContext& m_context;
    QString m_subject;
    Choice* m_level = nullptr;
    Choice* m_policy = nullptr;
    Choice* m_validation = nullptr;
    Choice* m_mode = nullptr;
    Label* m_levelWords = nullptr;
    Label* m_validationWords = nullptr;
    Label* m_modeWords = nullptr;
    Button* m_set = nullptr;
    QString m_cantCheck; ///< why the registry doesn't keep whether what is written is checked
    std::map<Choice*, int> m_before;
};

} // namespace meshbone::ui
