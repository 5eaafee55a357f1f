// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"

#include <lineage/lineage.h>

#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>

namespace meshbone::ui {

/// Jumps to a node of the lineage by a part of its name; proposals come from the whole graph, not only from what is
/// shown.
class JumpField : public QLineEdit {
    Q_OBJECT
public:
    JumpField(const lineage::Lineage* lineage, JobRunner& jobs, QWidget* parent = nullptr);

signals:
    void chosen(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void propose(const QString& text);
    const lineage::Lineage* m_lineage; ///< may be null: then nothing is proposed
    JobRunner& m_jobs;
    QStringListModel m_names;
    QCompleter m_completer;
};

} // namespace meshbone::ui
