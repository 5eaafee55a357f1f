// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"
#include "widgets/dialog.h"

#include <optional>

class QLineEdit;

namespace meshbone::ui {

class Choice;

/// A topic or a product, or everything, and a period.
struct AboutChoice {
    std::string topic, product;
    std::optional<TimestampMs> fromMs, toMs; ///< [from, to)
    [[nodiscard]] QString words() const;     ///< "seismic.quakes", "product airports"; empty: everything
};

/// Asks for them. GUI thread.
class AboutDialog : public Dialog {
    Q_OBJECT
public:
    AboutDialog(PageContext& context, const AboutChoice& choice, const QString& title, const QString& sentence,
                const QString& verb, QWidget* parent);

signals:
    void chosen(const meshbone::ui::AboutChoice& choice);

protected:
    /// What the verb does once the fields make sense; here: says chosen() and closes.
    virtual void take(const AboutChoice& choice);
    [[nodiscard]] PageContext& context() const { return m_context; }
    [[nodiscard]] Button* verb() const { return m_verb; }

private:
    void buildFields(const AboutChoice& choice);
    void offerNames();
    void accepted();
    [[nodiscard]] Result<AboutChoice> choice() const;

    PageContext& m_context;
    Choice* m_kind = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
    Button* m_verb = nullptr;
};

} // namespace meshbone::ui
