// SPDX-License-Identifier: Apache-2.0
#include "shell/profile_menu.h"

#include "shell/profile_dialog.h"
#include "widgets/format.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>

namespace meshbone::ui {

ProfileMenu::ProfileMenu(PageContext& context, QMenu& menu, QWidget* window)
    : QObject(&menu)
    , m_context(context)
    , m_menu(menu)
    , m_window(window) {
    menu.setToolTipsVisible(true);
    fill();
    connect(&menu, &QMenu::aboutToShow, this, &ProfileMenu::fill);
}

void ProfileMenu::fill() {
    qDeleteAll(m_menu.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(m_menu.findChildren<QActionGroup*>(QString(), Qt::FindDirectChildrenOnly));
    m_menu.clear();
    const auto& book = m_context.services.profiles;
    const auto& current = m_context.services.backbone.profile().name;
    const auto clusters = book.clusters ? book.clusters() : Result<std::vector<backbone::KnownCluster>>();
    std::vector<std::string> names{std::string(kEmbeddedName)};
    for (const auto& cluster : clusters.value_or(std::vector<backbone::KnownCluster>())) {
        names.push_back(cluster.profile.name);
    }
    if (std::ranges::find(names, current) == names.end()) {
        names.push_back(current); // of the command line
    }
    auto* group = new QActionGroup(&m_menu);
    for (const auto& name : names) {
        auto* action = m_menu.addAction(text(name));
        action->setCheckable(true);
        action->setChecked(name == current);
        action->setEnabled(action->isChecked() || static_cast<bool>(book.open));
        group->addAction(action);
        if (!action->isChecked()) {
            connect(action, &QAction::triggered, this, [this, name] { open(name); });
        }
    }
    if (!clusters) {
        m_menu.addAction(text(clusters.error().message))->setEnabled(false);
    }
    if (!book.save) {
        return;
    }
    m_menu.addSeparator();
    auto* make = m_menu.addAction(tr("New Profile…"));
    make->setObjectName(QStringLiteral("newProfile"));
    connect(make, &QAction::triggered, this, [this] { edit(std::nullopt); });
    auto* editing = m_menu.addMenu(tr("Edit"));
    editing->setObjectName(QStringLiteral("editProfile"));
    editing->setEnabled(clusters && !clusters->empty());
    for (const auto& cluster : clusters.value_or(std::vector<backbone::KnownCluster>())) {
        connect(editing->addAction(text(cluster.profile.name) + u'…'), &QAction::triggered, this,
                [this, cluster] { edit(cluster); });
    }
}

void ProfileMenu::edit(const std::optional<backbone::KnownCluster>& cluster) {
    auto* dialog = new ProfileDialog(m_context, cluster, m_window);
    connect(dialog, &ProfileDialog::saved, this, [this](const QString& name, bool shallOpen) {
        if (shallOpen) {
            open(name.toStdString());
        }
    });
    dialog->show();
}

void ProfileMenu::open(const std::string& name) {
    const auto& services = m_context.services;
    const auto opening = services.profiles.open;
    if (!opening) {
        return;
    }
    QStringList effects;
    if (services.embedded) {
        effects << tr("The embedded backbone stops: its clients can't reach it until you come back.");
    }
    const auto running =
        std::ranges::count(m_context.feed.runs(), backbone::RunState::Running, &backbone::RunStatus::state);
    if (running > 0) {
        effects << tr("%n replay(s) that run stop where they are.", nullptr, static_cast<int>(running));
    }
    if (effects.isEmpty()) {
        opening(name);
        return;
    }
    confirmAction(m_window, tr("Open “%1”?").arg(text(name)), effects.join(u' '), tr("Open"), {},
                  [opening, name] { opening(name); });
}

} // namespace meshbone::ui
