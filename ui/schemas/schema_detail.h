// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_facts.h"
#include "schemas/used_by.h"
#include "schemas/versions_model.h"
#include "shell/page.h"
#include "widgets/panel.h"

class QHBoxLayout;

namespace meshbone::ui {

class CodeView;
class DifferenceTab;
class FieldsTab;
class ImpactTab;
class Label;
class LaterStack;
class ListPanel;
class TableView;
class Tabs;

/// One subject: its versions, and of the chosen one the fields, the text, what differs from another one, and who uses
/// it. GUI thread; parsing and comparing run in jobs.
class SchemaDetail : public Ground {
    Q_OBJECT
public:
    enum Tab : int { Fields, Text, Difference, UsedBy, Impact };
    explicit SchemaDetail(PageContext& context, QWidget* parent = nullptr);
    /// `field` and `version`, where they are given, are chosen as soon as it is read. `topic`: whose name it carries.
    void setSubject(const QString& subject, const QString& topic, const QString& field = {}, int version = 0);
    /// Chooses a version of the subject when it is read, which it may not be yet.
    void chooseVersionSoon(const QString& subject, int version);
    void reload(); ///< there is another book
    /// Marks the versions that nobody was seen using.
    void setUsage(const UsageAnswerPtr& usage);
    [[nodiscard]] const QString& subject() const { return m_subject; }
    /// The chosen version; null: none, or not read yet.
    [[nodiscard]] const VersionFacts* version() const;
    [[nodiscard]] const SubjectFacts* facts() const { return m_facts.get(); }
    [[nodiscard]] int usedBySchemas() const;
    /// Shows who breaks if the field goes that is chosen in the list of fields, else the whole schema.
    void showImpact();
    [[nodiscard]] bool isSettled() const;

private:
    struct Loaded {
        SubjectFactsPtr facts;
        std::vector<UseRow> uses;
    };
    void buildHead();
    void buildVersions();
    void buildTabs();
    QWidget* buildUses();
    void fillVersions();
    QWidget* buildText();
    QWidget* makeDifference();
    QWidget* makeImpact();
    void fill(Loaded loaded);
    void chooseVersion(int version);
    void showVersion();
    void offerImpact();
    void updateHead();
    void chooseField();

    PageContext& m_context;
    QString m_subject, m_topic, m_wantedField;
    int m_wantedVersion = 0, m_version = 0;
    bool m_isFilling = false;
    SubjectFactsPtr m_facts;
    UsageAnswerPtr m_usage; ///< null: nobody has asked
    VersionsModel m_versions;
    UsedByModel m_uses;
    Label* m_title = nullptr;
    Label* m_about = nullptr;
    QWidget* m_chipRow = nullptr;
    QHBoxLayout* m_chips = nullptr;
    TableView* m_versionTable = nullptr;
    Tabs* m_tabs = nullptr;
    LaterStack* m_stack = nullptr;
    FieldsTab* m_fields = nullptr;
    CodeView* m_text = nullptr;
    DifferenceTab* m_difference = nullptr; ///< null: not made yet
    ListPanel* m_useList = nullptr;
    ImpactTab* m_impact = nullptr; ///< null: not made yet
};

} // namespace meshbone::ui
