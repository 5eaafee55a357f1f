// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/catalog_form.h"

#include <optional>

namespace meshbone::ui {

/// What one person gives another to be enrolled: who they are and the key that their entries are signed with. Nothing
/// of it is secret. As one line: "ada <key> Ada Berg".
struct PersonCard {
    QString id, key, name;
    [[nodiscard]] QString line() const;
    /// None: not such a line.
    static std::optional<PersonCard> from(const QString& line);
};
/// Of who sits here; none: nobody is the author of changes here.
std::optional<PersonCard> ownCard(const PageContext& context);

/// Enrols somebody else, by what they copied from "My Public Key…"; a further key for somebody who is enrolled already.
class PersonForm : public CatalogForm {
    Q_OBJECT
public:
    PersonForm(PageContext& context, QWidget* parent);

protected:
    Result<catalog::Submission> submission() const override;
    [[nodiscard]] QString subject() const override;

private:
    void takeCard(const QString& line);
    QLineEdit* m_card = nullptr;
    QLineEdit* m_id = nullptr;
    QLineEdit* m_name = nullptr;
};

/// One's own key, to give to somebody who is enrolled.
class OwnKeyDialog : public Dialog {
    Q_OBJECT
public:
    OwnKeyDialog(PageContext& context, QWidget* parent);
};

/// The commands "person.enroll" and "person.key", for every page.
void installPeopleCommands(PageContext& context);

} // namespace meshbone::ui
