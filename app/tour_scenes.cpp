// SPDX-License-Identifier: Apache-2.0
#include "tour_scenes.h"

#include "shell/main_window.h"
#include "shell/page.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QTableView>

#include <memory>

namespace meshbone::app {

namespace {

using ui::Selection;
using ui::SelectionKind;
using ui::TourScene;

int rowsOf(const QWidget& part, const char* table) {
    const auto* view = part.findChild<QTableView*>(QLatin1String(table));
    return view == nullptr ? 0 : view->model()->rowCount();
}

void select(ui::MainWindow& window, SelectionKind kind, const char* name) {
    window.context().navigator.select({kind, QLatin1String(name)});
}

/// A version of the quakes' schema that wants a magnitude and calls a field otherwise: refused by the rules, and by
/// some of the events.
TourScene registering(ui::MainWindow& window) {
    struct State {
        QPointer<QDialog> dialog;
        bool isRun = false;
    };
    const auto state = std::make_shared<State>();
    TourScene scene{QStringLiteral("schemas-register-light"), QStringLiteral("schemas"), {}, {}};
    scene.open = [&window, state](ui::Page& page) -> QWidget* {
        select(window, SelectionKind::Schema, "seismic.quakes-value");
        window.context().commands.run(QStringLiteral("schema.register"));
        state->dialog = page.findChild<QDialog*>(QStringLiteral("registerDialog"));
        if (state->dialog == nullptr) {
            return nullptr;
        }
        auto* text = state->dialog->findChild<QPlainTextEdit*>(QStringLiteral("registerText"));
        static const QRegularExpression kMaybe(
            QStringLiteral(R"(\["null", "double"\],(\s*"doc": "[^"]*"),\s*"default": null)"));
        text->setPlainText(text->toPlainText()
                               .replace(kMaybe, QStringLiteral(R"("double",\1)"))
                               .replace(QStringLiteral("\"felt\""), QStringLiteral("\"reports\"")));
        return state->dialog;
    };
    scene.isReady = [state] {
        if (state->dialog == nullptr) {
            return true;
        }
        auto* run = state->dialog->findChild<QAbstractButton*>(QStringLiteral("evidenceRun"));
        if (!state->isRun && run->isEnabled() && rowsOf(*state->dialog, "registerImpactTable") > 0) {
            state->isRun = true;
            run->click();
        }
        return state->isRun && rowsOf(*state->dialog, "evidenceTable") > 0;
    };
    return scene;
}

TourScene impact(ui::MainWindow& window) {
    TourScene scene{QStringLiteral("schemas-impact-light"), QStringLiteral("schemas"), {}, {}};
    scene.open = [&window](ui::Page& page) -> QWidget* {
        window.context().commands.run(QStringLiteral("schema.impact"));
        if (auto* field = page.findChild<QComboBox*>(QStringLiteral("impactField"))) {
            field->setCurrentIndex(std::max(0, field->findText(QStringLiteral("mag"))));
        }
        return nullptr;
    };
    scene.isReady = [&window] { return rowsOf(window, "schemaImpactTable") > 0; };
    return scene;
}

TourScene producing(ui::MainWindow& window) {
    const auto dialog = std::make_shared<QPointer<QDialog>>();
    TourScene scene{QStringLiteral("topics-produce-light"), QStringLiteral("topics"), {}, {}};
    scene.open = [&window, dialog](ui::Page&) -> QWidget* {
        select(window, SelectionKind::Topic, "seismic.quakes");
        window.context().commands.run(QStringLiteral("topic.produce"));
        *dialog = window.findChild<QDialog*>(QStringLiteral("produceDialog"));
        return *dialog;
    };
    scene.isReady = [dialog] {
        auto* verb = *dialog == nullptr ? nullptr : (*dialog)->findChild<QAbstractButton*>(QStringLiteral("verb"));
        return verb == nullptr || verb->isEnabled();
    };
    return scene;
}

/// A contract that nobody has agreed yet, made from what the catalog knows of the quakes.
TourScene drafting(ui::MainWindow& window) {
    const auto dialog = std::make_shared<QPointer<QDialog>>();
    TourScene scene{QStringLiteral("topics-contract-light"), QStringLiteral("topics"), {}, {}};
    scene.open = [&window, dialog](ui::Page&) -> QWidget* {
        select(window, SelectionKind::Topic, "seismic.quakes");
        window.context().commands.run(QStringLiteral("topic.contract.draft"));
        *dialog = window.findChild<QDialog*>(QStringLiteral("contractDraft"));
        return *dialog;
    };
    scene.isReady = [dialog] {
        auto* text =
            *dialog == nullptr ? nullptr : (*dialog)->findChild<QPlainTextEdit*>(QStringLiteral("contractReviewText"));
        return text == nullptr || !text->toPlainText().isEmpty();
    };
    return scene;
}

/// What could be cut of the grants, by what the demo's clients did so far.
TourScene cutting(ui::MainWindow& window) {
    const auto dialog = std::make_shared<QPointer<QDialog>>();
    TourScene scene{QStringLiteral("access-least-light"), QStringLiteral("access"), {}, {}};
    scene.open = [&window, dialog](ui::Page&) -> QWidget* {
        window.context().commands.run(QStringLiteral("access.least"));
        *dialog = window.findChild<QDialog*>(QStringLiteral("leastDialog"));
        return *dialog;
    };
    scene.isReady = [dialog] {
        const auto* coverage =
            *dialog == nullptr ? nullptr : (*dialog)->findChild<QLabel*>(QStringLiteral("leastCoverage"));
        return coverage == nullptr || !coverage->text().isEmpty();
    };
    return scene;
}

/// The versions that nobody was seen using, by the newest events of each topic.
TourScene unused(ui::MainWindow& window) {
    struct State {
        QPointer<QDialog> dialog;
        bool isRun = false;
    };
    const auto state = std::make_shared<State>();
    TourScene scene{QStringLiteral("schemas-unused-light"), QStringLiteral("schemas"), {}, {}};
    scene.open = [&window, state](ui::Page&) -> QWidget* {
        window.context().commands.run(QStringLiteral("schema.unused"));
        state->dialog = window.findChild<QDialog*>(QStringLiteral("unusedDialog"));
        return state->dialog;
    };
    scene.isReady = [state] {
        auto* run = state->dialog == nullptr ? nullptr
                                             : state->dialog->findChild<QAbstractButton*>(QStringLiteral("unusedRun"));
        if (run != nullptr && !state->isRun && run->isEnabled()) {
            state->isRun = true;
            run->click();
            return false;
        }
        return true; // the scan is a job, which the tour waits for
    };
    return scene;
}

} // namespace

std::vector<TourScene> tourScenes(ui::MainWindow& window) {
    return {registering(window), impact(window), producing(window), drafting(window), cutting(window), unused(window)};
}

} // namespace meshbone::app
