// SPDX-License-Identifier: Apache-2.0
#include "access/explain_answers.h"

#include "access/access_words.h"
#include "access/drift_words.h"
#include "widgets/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace meshbone::ui {

namespace {

using backbone::Operation;
using backbone::ResourceKind;

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("Explain", text, nullptr, n);
}

QString named(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString joined(const std::vector<std::string>& list) {
    QStringList words;
    for (const auto& one : list) {
        words << text(one);
    }
    return words.join(QStringLiteral(", "));
}

Operation operationOf(ExplainedAct act) {
    return act == ExplainedAct::Consume ? Operation::Read : Operation::Write;
}

std::vector<std::string> topicsIn(const DriftLook& look) {
    const auto& topics = look.survey.context.topics;
    return topics ? std::vector<std::string>(topics->begin(), topics->end()) : std::vector<std::string>{};
}

QString superUsers() {
    return named(catalog::kSuperUsersUnseen);
}

/// What decided, without what was asked for: the sentence after its colon.
QString decidedBy(const catalog::AccessCheck& check) {
    if (check.by) {
        return QStringLiteral("%1 %2").arg(shortPrincipal(check.by->principal), bindingWords(*check.by));
    }
    const auto why = text(check.why);
    const auto colon = why.lastIndexOf(QStringLiteral(": "));
    return colon < 0 ? why : why.mid(colon + 2);
}

AnswerRow checkRow(const catalog::AccessCheck& check, std::size_t number) {
    AnswerRow row;
    row.key = QString::number(number);
    row.cells = {cell::state(check.allowed ? Tone::Ok : Tone::Danger, check.allowed ? tr("allowed") : tr("refused")),
                 {cell::text(named(check.api))},
                 {cell::mono(QStringLiteral("%1 %2 %3")
                                 .arg(named(name(check.operation)), named(name(check.resourceKind)).toLower(),
                                      text(check.resource)))},
                 {cell::text(decidedBy(check))},
                 {cell::secondary(joined(check.grants))},
                 {cell::secondary(joined(check.policies))}};
    row.exact = {{}, {}, {}, text(check.why), {}, {}};
    return row;
}

QString bindingsWords(const std::vector<const backbone::AclBinding*>& bindings) {
    QStringList words;
    for (const auto* one : bindings) {
        words << bindingWords(*one);
    }
    return words.join(QStringLiteral("; "));
}

QString grantsOf(const DriftLook& look, const std::vector<const backbone::AclBinding*>& bindings) {
    std::vector<std::string> grants;
    for (const auto* one : bindings) {
        const auto wanted = look.survey.agreed.wanted.find(*one);
        if (wanted != look.survey.agreed.wanted.end()) {
            grants.insert(grants.end(), wanted->second.grants.begin(), wanted->second.grants.end());
        }
    }
    std::ranges::sort(grants);
    const auto twice = std::ranges::unique(grants);
    grants.erase(twice.begin(), twice.end());
    return grants.empty() ? tr("nobody's grant") : joined(grants);
}

AnswerRow whoRow(const DriftLook& look, const catalog::WhoMay& who) {
    AnswerRow row;
    row.key = named(who.principal) + u' ' + named(who.host);
    QStringList except;
    for (const auto list : {&who.exceptPrincipals, &who.exceptHosts}) {
        for (const auto& one : *list) {
            except << named(one);
        }
    }
    if (who.shutOutBy != nullptr) {
        except << tr("shut out by %1").arg(bindingWords(*who.shutOutBy));
    }
    const auto principal = std::string(who.principal);
    row.cells = {{cell::mono(shortPrincipal(principal))},
                 {cell::text(who.host == backbone::kAnyHost ? tr("anywhere") : named(who.host))},
                 {cell::mono(bindingsWords(who.by))},
                 {cell::secondary(grantsOf(look, who.by))},
                 {cell::text(except.join(QStringLiteral(", ")))}};
    row.exact = {text(principal)};
    return row;
}

/// What one of the principal's patterns covers now and in future.
AnswerRow patternRow(const backbone::AclBinding& binding, std::span<const std::string> topics) {
    const auto coverage = catalog::coverageOf(binding.pattern, binding.resource, topics);
    AnswerRow row;
    row.key = QStringLiteral("pattern ") + text(describe(binding));
    row.cells = {{cell::icon(QStringLiteral("filter")), cell::mono(resourceWords(binding))},
                 {cell::text(text(coverage.words))},
                 {cell::mono(bindingWords(binding))}};
    return row;
}

bool isOpenEnded(const backbone::AclBinding& binding) {
    return binding.pattern == backbone::PatternType::Prefixed || binding.resource == backbone::kAnyResource;
}

struct ReachOfTopic {
    QStringList may, by;
};

void addReach(std::map<std::string_view, ReachOfTopic>& all, const std::vector<catalog::ReachedTopic>& reached,
              const QString& what) {
    for (const auto& one : reached) {
        auto& topic = all[one.topic];
        topic.may << what;
        const auto by = one.by == nullptr ? tr("super user or setting") : bindingWords(*one.by);
        if (!topic.by.contains(by)) {
            topic.by << by;
        }
    }
}

AnswerRow effectRow(const catalog::SimulatedEffect& effect, const Cell& verdict) {
    AnswerRow row;
    row.key = QStringLiteral("%1 %2 %3 %4 %5")
                  .arg(text(effect.principal), text(effect.clientId), named(name(effect.operation)),
                       text(effect.resource), gradeWords(effect.grade));
    const auto decided = tr("Now: %1 Then: %2").arg(text(effect.before), text(effect.after));
    row.cells = {verdict,
                 {cell::mono(shortPrincipal(effect.principal)), cell::sub(text(effect.clientId))},
                 {cell::mono(QStringLiteral("%1 %2 %3")
                                 .arg(named(name(effect.operation)), named(name(effect.resourceKind)).toLower(),
                                      text(effect.resource)))},
                 {cell::text(requestsText(effect.count, effect.unsure))},
                 {cell::text(formatTime(effect.lastMs))},
                 {cell::text(effect.note.empty() ? gradeWords(effect.grade) : text(effect.note))},
                 {cell::secondary(decided)}};
    row.exact = {{}, text(effect.principal), {}, QString::number(effect.count), isoTime(effect.lastMs)};
    return row;
}

AnswerRow reachRow(const catalog::ReachChange& change, const QString& verdict) {
    AnswerRow row;
    QStringList operations;
    for (const auto one : change.operations) {
        operations << named(name(one));
    }
    row.key = QStringLiteral("%1 %2 %3 %4 %5")
                  .arg(verdict, text(change.principal), text(change.host), named(name(change.resourceKind)),
                       text(change.resource));
    row.cells = {cell::state(Tone::Neutral, verdict),
                 {cell::mono(shortPrincipal(change.principal))},
                 {cell::mono(QStringLiteral("%1 %2 %3")
                                 .arg(operations.join(u','), named(name(change.resourceKind)).toLower(),
                                      text(change.resource)))},
                 {},
                 {},
                 {cell::secondary(tr("may, not seen"))},
                 {}};
    return row;
}

bool isAmong(const std::vector<catalog::SimulatedEffect>& effects, const catalog::ReachChange& change) {
    return std::ranges::any_of(effects, [&](const catalog::SimulatedEffect& effect) {
        return effect.principal == change.principal && effect.resource == change.resource &&
               effect.resourceKind == change.resourceKind;
    });
}

std::vector<std::string> principalsIn(const DriftLook& look) {
    const auto& known = look.survey.context.principals;
    return known ? std::vector<std::string>(known->begin(), known->end()) : std::vector<std::string>{};
}

} // namespace

QList<Column> checkColumns() {
    return {{QStringLiteral("decision"), tr("Decision"), 100, false, false},
            {QStringLiteral("api"), tr("Request"), 120, false, false},
            {QStringLiteral("needs"), tr("Needs"), 210, false, false},
            {QStringLiteral("by"), tr("Decided by"), 290, false, true},
            {QStringLiteral("grants"), tr("Grant"), 110, false, false},
            {QStringLiteral("policies"), tr("Policy"), 90, false, false}};
}
QList<Column> whoColumns() {
    return {{QStringLiteral("principal"), tr("Principal"), 180, false, false},
            {QStringLiteral("host"), tr("From"), 110, false, false},
            {QStringLiteral("by"), tr("By"), 280, false, true},
            {QStringLiteral("grants"), tr("Grant"), 150, false, false},
            {QStringLiteral("except"), tr("Except"), 170, false, false}};
}
QList<Column> reachColumns() {
    return {{QStringLiteral("topic"), tr("Topic or pattern"), 260, false, false},
            {QStringLiteral("may"), tr("May"), 260, false, false},
            {QStringLiteral("by"), tr("By"), 300, false, true}};
}
QList<Column> stopColumns() {
    return {{QStringLiteral("verdict"), tr("Then"), 110, false, false},
            {QStringLiteral("principal"), tr("Principal"), 150, false, false},
            {QStringLiteral("what"), tr("What"), 180, false, true},
            {QStringLiteral("requests"), tr("Requests"), 80, true, false},
            {QStringLiteral("last"), timeTitle(tr("Last")), 172, false, false},
            {QStringLiteral("evidence"), tr("Evidence"), 110, false, false},
            {QStringLiteral("decided"), tr("Decided"), 190, false, false}};
}

Answer mayThey(const DriftLook& look, const Question& question) {
    if (question.principal.empty() || question.topic.empty()) {
        return {Tone::Neutral, tr("Name a principal and a topic."), {}, {}};
    }
    catalog::ClientAction action;
    action.principal = question.principal;
    action.host = question.host;
    (question.act == ExplainedAct::Consume ? action.reads : action.writes).push_back(question.topic);
    action.group = question.act == ExplainedAct::Consume ? question.group : std::string();
    action.transactionalId = question.act == ExplainedAct::Transactional ? question.transactionalId : std::string();
    const auto explanation = catalog::explain(look.survey.facts(), action);
    Answer answer{explanation.allowed ? Tone::Ok : Tone::Danger, text(explanation.verdict), {}, {}};
    const auto& topics = look.survey.context.topics;
    if (topics && !topics->contains(question.topic)) {
        answer.detail = tr("There is no topic of this name; so it would be once there is one.");
    } else if (question.host.empty()) {
        answer.detail = tr("From an address that no ACL names.");
    }
    for (std::size_t i = 0; i < explanation.checks.size(); ++i) {
        answer.rows.push_back(checkRow(explanation.checks[i], i + 1));
    }
    return answer;
}

Answer whoMayDoIt(const DriftLook& look, const Question& question) {
    if (question.topic.empty()) {
        return {Tone::Neutral, tr("Name a topic."), {}, {}};
    }
    const auto found =
        catalog::whoMay(look.survey.actual->table(), operationOf(question.act), ResourceKind::Topic, question.topic);
    Answer answer;
    const auto verb = question.act == ExplainedAct::Consume ? tr("read") : tr("write");
    answer.sentence = found.everybodyBySetting
                          ? tr("Everybody may %1 it: no ACL covers it, and the broker then allows all.").arg(verb)
                          : tr("%n principal(s) may %1 it.", static_cast<int>(found.rows.size())).arg(verb);
    answer.tone = found.everybodyBySetting ? Tone::Warn : Tone::Neutral;
    answer.detail = superUsers();
    for (const auto& row : found.rows) {
        answer.rows.push_back(whoRow(look, row));
    }
    return answer;
}

Answer whatTheyReach(const DriftLook& look, const Question& question) {
    if (question.principal.empty()) {
        return {Tone::Neutral, tr("Name a principal."), {}, {}};
    }
    const auto topics = topicsIn(look);
    const auto facts = look.survey.facts();
    std::map<std::string_view, ReachOfTopic> reach;
    addReach(reach, catalog::topicsOf(facts, question.principal, question.host, Operation::Read, topics), tr("read"));
    addReach(reach, catalog::topicsOf(facts, question.principal, question.host, Operation::Write, topics), tr("write"));
    Answer answer;
    std::size_t patterns = 0;
    for (const auto principal : {std::string_view(question.principal), backbone::kAnyPrincipal}) {
        for (const auto* binding : facts.table.of(principal)) {
            if (binding->resourceKind == ResourceKind::Topic && isOpenEnded(*binding)) {
                answer.rows.push_back(patternRow(*binding, topics));
                ++patterns;
            }
        }
    }
    for (const auto& [topic, may] : reach) {
        answer.rows.push_back({QStringLiteral("topic ") + named(topic),
                               {{cell::icon(QStringLiteral("topic")), cell::mono(named(topic))},
                                {cell::text(may.may.join(QStringLiteral(", ")))},
                                {cell::mono(may.by.join(QStringLiteral("; ")))}},
                               {}});
    }
    answer.sentence =
        tr("%n topic(s) of %1.", static_cast<int>(reach.size())).arg(formatCount(static_cast<qint64>(topics.size())));
    answer.detail = patterns == 0 ? tr("By names only: what comes later is not covered.")
                                  : tr("%n pattern(s) also cover names to come.", static_cast<int>(patterns));
    if (!look.survey.context.topics) {
        answer.tone = Tone::Warn;
        answer.sentence = tr("Which topics there are couldn't be read.");
    }
    return answer;
}

namespace {

void addEffects(Answer& answer, const catalog::Simulation& simulation) {
    for (const auto& effect : simulation.lost) {
        answer.rows.push_back(effectRow(effect, cell::state(Tone::Danger, tr("would stop"))));
    }
    for (const auto& effect : simulation.perhaps) {
        answer.rows.push_back(effectRow(effect, cell::state(Tone::Warn, tr("perhaps"))));
    }
    for (const auto& effect : simulation.gained) {
        answer.rows.push_back(effectRow(effect, cell::state(Tone::Ok, tr("would get through"))));
    }
}

void addReachChanges(Answer& answer, const catalog::Simulation& simulation, const catalog::Reach& reach) {
    for (const auto& lost : reach.lost) {
        if (!isAmong(simulation.lost, lost) && !isAmong(simulation.perhaps, lost)) {
            answer.rows.push_back(reachRow(lost, tr("could no more")));
        }
    }
    for (const auto& gained : reach.gained) {
        if (!isAmong(simulation.gained, gained)) {
            answer.rows.push_back(reachRow(gained, tr("could newly")));
        }
    }
}

} // namespace

Answer whatIf(const DriftLook& look, const catalog::AccessChange& change, const SeenPeriod& period) {
    Answer answer;
    if (change.remove.empty() && change.add.empty() && change.dropPrincipals.empty()) {
        answer.tone = Tone::Ok;
        answer.sentence = tr("Nothing ends with it: other grants want all of its ACLs.");
        return answer;
    }
    const auto& survey = look.survey;
    const auto effect = tryChange(look, change, period);
    const auto topics = topicsIn(look);
    const auto principals = principalsIn(look);
    addEffects(answer, effect.simulation);
    addReachChanges(answer, effect.simulation,
                    catalog::reachAfter(survey.actual->table(), change, topics, principals, survey.context.nowMs));
    const auto verdict = verdictWords(effect, look, period);
    answer.tone = verdict.tone;
    answer.sentence =
        change.remove.empty()
            ? verdict.sentence
            : tr("%n ACL(s) (ends|end) with it. %1", static_cast<int>(change.remove.size())).arg(verdict.sentence);
    answer.detail = verdict.detail;
    return answer;
}

} // namespace meshbone::ui
