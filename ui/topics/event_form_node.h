// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "topics/event_form_model.h"

namespace meshbone::ui {

/// A place of the form. Its value is looked up from the top each time: an edit may have moved it.
struct EventFormModel::Node {
    std::string name; ///< of a member; empty: an item
    std::size_t item = 0;
    const catalog::FormType* declared = nullptr;
    const catalog::FormField* field = nullptr; ///< of a record that the schema knows; null: another place
    Node* parent = nullptr;
    int row = 0;
    bool isFilled = false;
    std::vector<std::unique_ptr<Node>> children;
};

} // namespace meshbone::ui
