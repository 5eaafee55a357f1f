// SPDX-License-Identifier: Apache-2.0
#include "registry_peer.h"

#include "bench_folder.h"
#include "disk_figure.h"
#include "median.h"
#include "registry_side.h"

#include "support/served_broker.h"

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace meshbone::bench {

namespace {

/// Of each kind of request, before anything is measured: what runs in a virtual machine is compiled by then.
constexpr double kWarmUpS = 25;
constexpr double kPatienceS = 600;
constexpr int kRounds = 10;
/// What a round leaves a virtual machine to compile and to collect is mostly done before the other one's begins.
constexpr std::chrono::milliseconds kBetween{1'500};

RegistrySide sideAt(std::string_view url) {
    constexpr std::string_view kBegin = "http://127.0.0.1:";
    std::uint16_t port = 0;
    if (url.starts_with(kBegin)) {
        const auto [end, error] = std::from_chars(url.data() + kBegin.size(), url.data() + url.size(), port);
        if (error == std::errc{}) {
            return {port, std::string(end, url.data() + url.size())};
        }
    }
    throw std::runtime_error("--peer: give http://127.0.0.1:PORT/prefix.");
}

/// The rounds of one kind of request at one of the two.
struct Rounds {
    std::vector<double> perSecond, p50Ms, p99Ms;

    void add(const AskedFigures& figures) {
        perSecond.push_back(figures.perSecond);
        p50Ms.push_back(figures.p50Ms);
        p99Ms.push_back(figures.p99Ms);
        std::this_thread::sleep_for(kBetween);
    }
    [[nodiscard]] std::string json() const {
        return fmt::format(R"({{"per_s":{:.0f},"p50_ms":{:.2f},"p99_ms":{:.2f}}})", median(perSecond), median(p50Ms),
                           median(p99Ms));
    }
};

/// Taken within a round, which both had the same machine for.
std::string ratios(const Rounds& ours, const Rounds& peers) {
    std::vector<double> all;
    for (std::size_t i = 0; i < ours.perSecond.size(); ++i) {
        all.push_back(ours.perSecond[i] / peers.perSecond[i]);
    }
    return fmt::format(R"({{"median":{:.1f},"least":{:.1f}}})", median(all), quantile(all, 0));
}

/// Ours gets as many schemas as the peer took in its time.
void warmUp(RegistrySide& ours, RegistrySide& peer) {
    ours.requireBackward();
    peer.requireBackward();
    (void)peer.registerSchemas(kWarmUpS);
    std::this_thread::sleep_for(kBetween);
    (void)ours.registerSchemas(kPatienceS, peer.count());
    ours.readAll();
    peer.readAll();
    (void)ours.askById(1);
    (void)peer.askById(kWarmUpS);
}

} // namespace

void comparePeer(const std::string& url, const std::filesystem::path& where, double seconds,
                 const std::filesystem::path& meshctl) {
    auto peer = sideAt(url);
    const BenchFolder folder(where);
    testing::ServedBroker broker(meshctl, folder.path() / "data");
    broker.serveSchemas();
    broker.start();
    RegistrySide ours(broker.schemasPort(), "");
    warmUp(ours, peer);
    const auto schemas = ours.count();
    Rounds registered, peerRegistered, byId, peerById;
    for (int round = 0; round < kRounds; ++round) {
        registered.add(ours.registerSchemas(seconds));
        peerRegistered.add(peer.registerSchemas(seconds));
        byId.add(ours.askById(seconds));
        peerById.add(peer.askById(seconds));
    }
    ours.readAll();
    peer.readAll();
    fmt::print(R"({{"bench":"registry_peer","peer":"{}","schemas":{},"rounds":{},"seconds":{},)"
               R"("registered":{},"peer_registered":{},"registered_ratio":{},)"
               R"("by_id":{},"peer_by_id":{},"by_id_ratio":{},"disk":{}}})"
               "\n",
               url, schemas, kRounds, seconds, registered.json(), peerRegistered.json(),
               ratios(registered, peerRegistered), byId.json(), peerById.json(), ratios(byId, peerById),
               diskFigures(where));
}

} // namespace meshbone::bench
