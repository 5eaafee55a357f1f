// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/replay.h>

#include <QWidget>

class QVBoxLayout;

namespace meshbone::ui {

/// The guard's findings: a sentence each, with the shape of its severity. GUI thread.
class FindingsList : public QWidget {
    Q_OBJECT
public:
    explicit FindingsList(QWidget* parent = nullptr);
    void setFindings(const std::vector<backbone::ReplayFinding>& findings);

private:
    QVBoxLayout* m_layout = nullptr;
};

} // namespace meshbone::ui
