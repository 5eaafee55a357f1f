// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_file.h>
#include <catalog/access_least_cuts.h>

#include <utility>

namespace meshbone::catalog {

/// Least privilege as access code: what `meshctl access plan` shows and `apply` does. A grant that nobody uses goes. Of
/// one that is too wide a narrower one, "ID-least", is asked for beside it; once that is in force, the next file lets
/// the wide one go. So nobody is stopped between the two.
struct LeastFile {
    AccessFile file;                ///< grants only: all else is left alone
    std::size_t ends = 0, asks = 0; ///< grants that go, and narrower ones that are asked for
    std::vector<std::string> notes; ///< what of the plan a file can't say, and what comes after it; sentences
    std::vector<std::pair<std::string, std::string>>
        narrower;                  ///< ids of a grant that is too wide, and of what is asked
    std::vector<std::string> stay; ///< ids of grants that the plan would cut, and no role says just the rest
    /// Who got an idempotent producer's id by a right to write that isn't used otherwise: no role gives the id alone,
    /// so that these keep their rights to write.
    std::vector<std::string> idempotent;
};
/// `whole`: what is agreed now. What only a binding says (it was adopted, or no role gives just that) stays. Pure.
LeastFile leastFileOf(AccessFile whole, const LeastPlan& plan);
/// As writeAccessFile(), with the notes as comments at its head.
std::string writeLeastFile(const LeastFile& least);

} // namespace meshbone::catalog
