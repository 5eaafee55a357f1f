// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_view.h"
#include "access/principal_rows.h"
#include "shell/newest_job.h"

#include <functional>

namespace meshbone::ui {

class Button;
class CatalogForm;
class ListPanel;
class PrincipalPanel;
class PrincipalsModel;

/// Everybody who may do something here, could log in, or is known by name; registered, given a user, disabled and
/// removed from here.
class PrincipalsView : public AccessView {
    Q_OBJECT
public:
    explicit PrincipalsView(PageContext& context, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const override;
    void entered() override;
    void left() override { m_isShown = false; }
    void refresh() override;
    void showSelection(const Selection& selection) override;
    void focusFilter() override;
    [[nodiscard]] QStringList headerCommands() const override;

private:
    enum class Only : quint8 { All, Enabled, Disabled, NotRegistered, WithUser };
    struct Loaded {
        std::shared_ptr<const PrincipalSources> sources;
        std::vector<PrincipalRow> rows;
    };
    ListPanel* buildList();
    Button* buildFilter();
    void registerLedgerCommands();
    void registerUserCommands();
    void load(bool askBackbone);
    NewestJob<Loaded>::Work makeLoaded();
    void showLoaded(Loaded loaded);
    void showCurrent();
    void openForm(const std::optional<PrincipalRow>& row);
    void openState(bool disable);
    void openPassword();
    void openRemoval();
    void endPassword(backbone::ScramMechanism mechanism);
    void takeUser(const PrincipalRow& row, std::vector<backbone::ScramMechanism> mechanisms);
    void say(Tone tone, const QString& sentence);
    [[nodiscard]] std::optional<PrincipalRow> current() const;
    /// Of a command on the current principal; `more` is asked once there is one.
    [[nodiscard]] QString whyNot(const std::function<QString(const PrincipalRow&)>& more) const;
    [[nodiscard]] bool passes(const PrincipalRow& row) const;

    PrincipalsModel* m_model = nullptr;
    ListPanel* m_list = nullptr;
    PrincipalPanel* m_panel = nullptr;
    std::shared_ptr<const PrincipalSources> m_sources; ///< null: not read yet
    Only m_only = Only::All;
    QString m_wanted;  ///< principal to be chosen once it is listed
    QString m_problem; ///< that was said already
    bool m_isShown = false, m_isFollowing = false;
    bool m_asksAll = false; ///< the users are to be read as well
    NewestJob<Loaded> m_loading;
};

} // namespace meshbone::ui
