// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "contracts/contract_dialog.h"

#include <optional>

namespace meshbone::ui {

/// A contract made from what the catalog knows: the product and its owner, and for a topic its latest schema. Can be
/// changed here, saved as a file, or agreed.
class DraftDialog : public ContractDialog {
    Q_OBJECT
public:
    DraftDialog(PageContext& context, const catalog::ContractSubject& here, QWidget* parent);

protected:
    [[nodiscard]] Source source() const override;

private:
    void follow();
    void save();
    [[nodiscard]] std::string edited() const;
    bool m_isEdited = false; ///< the text is somebody's, no longer the draft
};

} // namespace meshbone::ui
