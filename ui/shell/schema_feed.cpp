// SPDX-License-Identifier: Apache-2.0
#include "shell/schema_feed.h"

#include "widgets/format.h"

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kSettleMs = 150;
constexpr int kSlowestMs = 15'000;
constexpr int kAgainMs = 30'000;
constexpr std::chrono::milliseconds kPatience{20'000};

struct Read {
    catalog::SchemaBookPtr book;
    std::string contradiction;
};

} // namespace

SchemaFeed::SchemaFeed(Services& services, JobRunner& jobs, QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_jobs(jobs)
    , m_book(std::make_shared<const catalog::SchemaBook>())
    , m_problem(text(services.schemasProblem)) {
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &SchemaFeed::reload);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, &SchemaFeed::reload);
    if (m_services.schemas == nullptr) {
        return;
    }
    if (m_services.onSchemasChanged) {
        m_changes = m_services.onSchemasChanged(
            [this] { QMetaObject::invokeMethod(this, &SchemaFeed::scheduleReload, Qt::QueuedConnection); });
    } else {
        m_again.start();
    }
    scheduleReload();
}

SchemaFeed::~SchemaFeed() {
    m_changes.reset();
}

void SchemaFeed::scheduleReload() {
    if (!m_settle.isActive()) {
        m_settle.start();
    }
}

void SchemaFeed::reload() {
    if (m_services.schemas == nullptr) {
        return;
    }
    m_asked.start();
    m_jobs.run(
        this, {tr("Reading the schemas"), QStringLiteral("schemas")},
        [registry = m_services.schemas](const JobContext& job) -> Result<Read> {
            auto book = catalog::readSchemaBook(*registry, true, job.call(kPatience));
            if (!book) {
                return std::unexpected(book.error());
            }
            const auto status = registry->status(job.call(kPatience)); // only ours tells
            return Read{std::move(*book), status ? catalog::contradictionWords(*status) : std::string()};
        },
        [this](Result<Read> read) {
            // A registry of many schemas that changes all the time isn't read all the time.
            m_settle.setInterval(std::clamp<int>(static_cast<int>(m_asked.elapsed()) * 3, kSettleMs, kSlowestMs));
            if (read) {
                m_book = std::move(read->book);
                m_contradiction = text(read->contradiction);
                m_isLoaded = true;
                m_problem.clear();
            } else if (read.error().code != ErrorCode::Cancelled) {
                m_problem = text(read.error().message);
            }
            emit changed();
        });
}

} // namespace meshbone::ui
