// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/usage_run.h"
#include "shell/page.h"

namespace meshbone::ui {

class SchemaDetail;

/// A version of a subject.
using VersionKey = std::pair<QString, int>;

/// What can be done to the subject that the page shows: the commands `schema.*`, their questions, and what came of
/// them. GUI thread; the changes run in jobs.
class SchemaVerbs : public QObject {
    Q_OBJECT
public:
    /// `page` is the parent of the dialogs, `message` where it says what came of it.
    SchemaVerbs(PageContext& context, MessageBar* message, QWidget* page);
    void setDetail(SchemaDetail* detail) { m_detail = detail; }
    /// Another subject, version or book: a verb on what is deleted already is another one.
    void refresh();
    void registerVersion(const QString& subject); ///< empty: of a new subject

signals:
    void said(); ///< the message is now of a verb
    /// It was asked who uses which version; null: what was answered is of another book.
    void usageKnown(const UsageAnswerPtr& answer);

private:
    void addCommands();
    void deleteSubject();
    void deleteVersion();
    void restore();
    void showUnused();
    void forgetUsage();
    void deleteUnused(const std::vector<VersionKey>& versions, int unsure, QWidget* dialog);
    void removeUnused(const std::vector<VersionKey>& versions);
    void remove(const QString& what, std::function<Status(catalog::SchemaRegistry&, const CallOptions&)> act,
                std::vector<VersionKey> versions, bool canRestore);
    void bringBack(const std::vector<VersionKey>& versions);
    void sayFailure(const Error& error);
    void sayDone(const QString& what, const std::vector<VersionKey>& versions, bool canRestore);
    void say(Tone tone, const QString& sentence, std::function<void()> bringBack = {});
    [[nodiscard]] QString current() const;
    [[nodiscard]] QString whyNoSubject() const;
    [[nodiscard]] QString whyNoVersion() const;
    [[nodiscard]] QString whyNotRestored() const;
    [[nodiscard]] std::vector<VersionKey> deletedVersions() const;

    PageContext& m_context;
    MessageBar* m_message;
    QWidget* m_page;
    SchemaDetail* m_detail = nullptr;
    UsageAnswerPtr m_usage; ///< null: nobody has asked
    QString m_cantRestore;  ///< what the registry answered when it was asked to: it can't
};

} // namespace meshbone::ui
