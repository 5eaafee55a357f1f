// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"
#include "widgets/theme.h"

#include <QString>

namespace meshbone::ui {

// Drift in a person's words.

QString driftTitle(catalog::DriftKind kind);    ///< "Expired but present"
QString driftSentence(catalog::DriftKind kind); ///< "The grant has ended; the cluster still allows it."
QString driftIcon(catalog::DriftKind kind);
Tone driftTone(catalog::DriftKind kind);
/// In which order the kinds are shown: what is open and shouldn't be first.
int driftRank(catalog::DriftKind kind);

QString actTitle(catalog::MendAct act); ///< "Re-apply"

QString resourceWords(const backbone::AclBinding& binding); ///< "seismic.*" for a prefix
QString bindingWords(const backbone::AclBinding& binding);  ///< "READ topic seismic.quakes"
/// Who a finding is about: the principal, or how many.
QString whoWords(const catalog::DriftFinding& finding);

/// What was seen of a finding: "in use, 2 min ago", "not seen", "14 refusals, last 14:20".
QString evidenceWords(const catalog::DriftFinding& finding, const catalog::BindingUse& use, const DriftLook& look);
/// The same as a sentence or two, for the finding that is open.
QString evidenceSentence(const catalog::DriftFinding& finding, const catalog::BindingUse& use, const DriftLook& look);

/// A verdict on a plan over the evidence, with its coverage and grade.
struct VerdictWords {
    Tone tone = Tone::Neutral;
    QString sentence, detail;
};
VerdictWords verdictWords(const PlanEffect& effect, const DriftLook& look, const SeenPeriod& period);
/// "12", "3–12", "up to 12": of `count` requests, so many may have been outside the period.
QString requestsText(std::int64_t count, std::int64_t unsure);
QString gradeWords(catalog::EvidenceGrade grade); ///< "observed"
/// "2026-11-19 14:32 to 2026-11-26 14:31, watched by embedded-host, with 2 gaps".
QString coverageWords(const catalog::EvidenceCoverage& coverage);
/// How good the evidence is, what it covers, and what weakens it; sentences.
QString evidenceGround(const lineage::AccessEvidence& evidence, const catalog::EvidenceCoverage& coverage);

} // namespace meshbone::ui
