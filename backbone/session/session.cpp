// SPDX-License-Identifier: Apache-2.0
#include "client/browser.h"
#include "replay/replays.h"
#include "session/watch.h"

#include <backbone/backbone.h>

namespace meshbone::backbone {

namespace {

/// A Backbone: one admin client, shared by all that ask, and what is built on it.
class Session final : public Backbone {
public:
    Session(Profile profile, std::shared_ptr<InnerAdmin> admin, std::unique_ptr<AccessAdmin> access,
            std::unique_ptr<Replays> replays, const std::filesystem::path& stateDirectory)
        : m_profile(std::move(profile))
        , m_admin(std::move(admin))
        , m_access(std::move(access))
        , m_browser(m_profile, m_admin)
        , m_replays(std::move(replays))
        , m_watch(m_admin, stateDirectory / "traffic.history") {}

    [[nodiscard]] const Profile& profile() const override { return m_profile; }
    [[nodiscard]] BackboneState state() const override { return m_watch.state(); }
    Subscription onStateChanged(std::function<void(const BackboneState&)> changed) override {
        return m_watch.onStateChanged(std::move(changed));
    }
    Status waitHealthy(const CallOptions& options) override { return m_watch.waitHealthy(options); }

    Admin& admin() override { return *m_admin; }
    AccessAdmin& access() override { return *m_access; }
    MessageBrowser& messages() override { return m_browser; }
    Replays& replays() override { return *m_replays; }
    std::shared_ptr<const TrafficSnapshot> traffic() const override { return m_watch.traffic(); }
    std::shared_ptr<const TrafficHistory> trafficHistory() const override { return m_watch.history(); }
    Subscription onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)> changed) override {
        return m_watch.onTraffic(std::move(changed));
    }

    Result<std::unique_ptr<Producer>> producer(const ProducerOptions& options) override {
        return openProducer(m_profile, options);
    }
    Result<std::unique_ptr<Consumer>> consumer(const ConsumerOptions& options) override {
        return openConsumer(m_profile, options);
    }

private:
    Profile m_profile;
    std::shared_ptr<InnerAdmin> m_admin;
    std::unique_ptr<AccessAdmin> m_access;
    KafkaBrowser m_browser;
    std::unique_ptr<Replays> m_replays;
    Watch m_watch; ///< last: its thread uses the admin
};

} // namespace

Result<std::unique_ptr<Backbone>> Backbone::open(const Profile& profile, const std::filesystem::path& stateDirectory) {
    auto opened = openInnerAdmin(profile);
    if (!opened) {
        return std::unexpected(opened.error());
    }
    std::shared_ptr<InnerAdmin> admin(std::move(*opened));
    auto replays = openReplays(profile, admin, stateDirectory);
    if (!replays) {
        return std::unexpected(replays.error());
    }
    auto access = openAccessAdmin(profile);
    if (!access) {
        return std::unexpected(access.error());
    }
    return std::make_unique<Session>(profile, std::move(admin), std::move(*access), std::move(*replays),
                                     stateDirectory);
}

} // namespace meshbone::backbone
