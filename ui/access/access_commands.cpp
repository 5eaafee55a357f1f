// SPDX-License-Identifier: Apache-2.0
#include "access/access_page.h"
#include "access/connect_dialog.h"
#include "access/drift_watch.h"
#include "access/explain_dialog.h"
#include "access/least_dialog.h"
#include "access/request_dialog.h"
#include "shell/ledger_entry.h"

#include <QCoreApplication>

namespace meshbone::ui {

namespace {

/// What a request made here begins with: the topic, product or client that is selected.
catalog::AccessRequest begun(const PageContext& context) {
    catalog::AccessRequest request;
    const auto& selection = context.navigator.selection();
    const auto name = selection.name.toStdString();
    if (selection.kind == SelectionKind::Topic) {
        request.scope.reads = {{name}};
        if (const auto* about = context.feed.catalog()->topic(name)) {
            request.product = about->product;
        }
    } else if (selection.kind == SelectionKind::Product) {
        request.product = name;
        if (const auto* product = context.feed.catalog()->product(name)) {
            for (const auto& port : product->ports) {
                if (port.direction == catalog::PortDirection::Output) {
                    request.scope.reads.push_back({port.topic});
                }
            }
        }
    } else if (selection.kind == SelectionKind::Client) {
        request.scope.principal = "User:" + name;
    } else if (selection.kind == SelectionKind::Principal) {
        request.scope.principal = name;
    }
    return request;
}

QString whyNoRequest(const PageContext& context) {
    if (const auto reason = whyNoEntry(context); !reason.isEmpty()) {
        return reason;
    }
    return context.services.person.empty()
               ? QCoreApplication::translate("Access", "Nobody in particular sits here, so nobody can ask.")
               : QString();
}

} // namespace

void installAccessCommands(PageContext& context) {
    auto* window = context.feed.parent();
    const auto ask = [&context] {
        auto* parent = qobject_cast<QWidget*>(context.feed.parent());
        auto* dialog = new RequestDialog(context, RequestDialog::Purpose::Ask, begun(context), parent);
        QObject::connect(dialog, &RequestDialog::sent, &context.feed, [&context](const QString&, const QString& id) {
            context.navigator.goTo(kAccessPage, {SelectionKind::Request, id});
        });
        dialog->open();
    };
    context.commands.add(window, {QStringLiteral("access.request"),
                                  QCoreApplication::translate("Access", "Request Access…"),
                                  QCoreApplication::translate("Access", "Access"),
                                  QKeySequence(QStringLiteral("Ctrl+Shift+A")),
                                  QStringLiteral("plus"),
                                  {},
                                  ask,
                                  [&context] { return whyNoRequest(context); },
                                  false});
    installConnectCommand(context);
    installExplain(context);
    installLeast(context);
    DriftWatch::of(context); // begins
}

} // namespace meshbone::ui
