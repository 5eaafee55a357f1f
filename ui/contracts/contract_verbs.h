// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

namespace meshbone::ui {

class ContractTab;

/// What can be done to the contract that a tab shows: the commands "topic.contract.*" or "product.contract.*", and what
/// came of them. GUI thread; the changes run in jobs.
class ContractVerbs : public QObject {
    Q_OBJECT
public:
    /// Registers the commands on the page of that tab.
    ContractVerbs(PageContext& context, ContractTab* tab);
    /// "import" and so on, as the command's id.
    [[nodiscard]] QString id(const char* verb) const;
    [[nodiscard]] QString whyNoImport() const; ///< also of a draft

private:
    void addCommands();
    void importFile();
    void draft();
    void exportFile();
    void remove();
    void check();
    [[nodiscard]] QString whyNoContract() const;
    [[nodiscard]] QString whyNoRemoval() const;
    [[nodiscard]] QString whyNoCheck() const;

    PageContext& m_context;
    ContractTab* m_tab;
};

} // namespace meshbone::ui
