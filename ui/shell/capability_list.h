// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/capabilities.h>

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace meshbone::ui {

/// "Change access control lists".
QString featureText(backbone::Feature feature);

/// What a connection test found, line by line: a sign, what was looked at, and a sentence.
class CapabilityList : public QWidget {
    Q_OBJECT
public:
    explicit CapabilityList(QWidget* parent = nullptr);
    void showFound(const backbone::Capabilities& found);
    void showProblem(const QString& sentence); ///< nothing else could be found out
    void clear();

private:
    enum class Sign : quint8 { Good, Missing, Bad, Info };
    void addLine(Sign sign, const QString& title, const QString& sentence);
    QVBoxLayout* m_lines = nullptr;
};

} // namespace meshbone::ui
