// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"

#include <catalog/access.h>

#include <optional>

namespace meshbone::ui {

class CatalogForm;
class ListPanel;
class PoliciesModel;
class PoliciesPanel;

/// By which rules access is decided: the policies, the admins, what is classified; and what they would say of a
/// request.
class PoliciesView : public AccessView {
    Q_OBJECT
public:
    explicit PoliciesView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void left() override { m_isShown = false; }
    void refresh() override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    void registerCommands();
    void buildList();
    void open(CatalogForm* form);
    void remove();
    void restore(const catalog::Policy& policy);
    void say(Tone tone, const QString& sentence);
    [[nodiscard]] std::optional<catalog::Policy> current() const;

    PoliciesModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    PoliciesPanel* m_panel = nullptr;
    QString m_wanted; ///< policy to be chosen once it is listed
    bool m_isShown = false;
};

} // namespace meshbone::ui
