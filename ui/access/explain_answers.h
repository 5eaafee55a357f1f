// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/answer_model.h"
#include "access/drift_look.h"
#include "access/period_choice.h"
#include "widgets/theme.h"

namespace meshbone::ui {

// What "Explain access" answers, from one look at the backbone and the ledger. Pure, any thread; whatIf() takes
// its time and is for a job.

enum class ExplainedAct : quint8 { Consume, Produce, Transactional };
struct Question {
    std::string principal; ///< "User:alice"
    std::string host;      ///< empty: an address that no ACL names
    ExplainedAct act = ExplainedAct::Consume;
    std::string topic;
    std::string group;           ///< Consume
    std::string transactionalId; ///< Transactional
};

struct Answer {
    Tone tone = Tone::Neutral;
    QString sentence, detail;
    std::vector<AnswerRow> rows;
};

QList<Column> checkColumns();
QList<Column> whoColumns();
QList<Column> reachColumns();
QList<Column> stopColumns();

/// May they, and why: every check of the client's action.
Answer mayThey(const DriftLook& look, const Question& question);
/// Who may do it to the topic at all.
Answer whoMayDoIt(const DriftLook& look, const Question& question);
/// What the principal may read and write now, and by which patterns also what is to come.
Answer whatTheyReach(const DriftLook& look, const Question& question);
/// What a change would do to what was seen in a period, and to what may be done at all.
Answer whatIf(const DriftLook& look, const catalog::AccessChange& change, const SeenPeriod& period);

} // namespace meshbone::ui
