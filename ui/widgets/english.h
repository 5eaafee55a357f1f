// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace meshbone::ui {

// The texts of the source are English. Where a number decides between singular and plural they hold both: "%n
// topic(s)",
// "%n (topic has|topics have) no owner". A translation gives its own forms; without one this picks the English ones.

QString englishForm(const QString& source, int n);
/// Installs a translator that does so. Translations installed later are asked first.
void installEnglish();

} // namespace meshbone::ui
