// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/hooks.h>
#include <backbone/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::backbone {
class Backbone;
}
namespace meshbone::catalog {
class Catalog;
}

namespace meshbone::lineage {

struct AccessEvidence; // access_evidence.h
struct AccessEvidenceQuery;

/// Client: a principal that only produces or only consumes; Task: one that does both (it derives topics from topics);
/// Domain: a collapsed domain, which stands for all of its nodes.
enum class NodeKind : std::uint8_t { Client, Topic, Task, Store, Domain };
enum class Evidence : std::uint8_t { Observed, Group, Declared };

struct Node {
    std::int32_t id = -1; ///< dense, stable while this store lives
    NodeKind kind = NodeKind::Topic;
    std::string name;   ///< topic name, or principal without "User:"
    std::string detail; ///< client ids, software, group …
    std::string domain; ///< domain id; empty: none
    bool producer = false, consumer = false;
    TimestampMs firstSeenMs = -1, lastSeenMs = -1;
};

/// Whether it produces or consumes: a client, or a task, which does both.
inline bool isClient(const Node& node) {
    return node.kind == NodeKind::Client || node.kind == NodeKind::Task;
}
inline bool isTopic(const Node& node) {
    return node.kind == NodeKind::Topic;
}

/// From a producer to a topic, or from a topic to its reader.
struct Edge {
    std::int32_t from = -1, to = -1;
    Evidence evidence = Evidence::Observed; ///< the strongest there is
    bool granted = true;                    ///< false: observed, but the broker refused it or nobody granted it
    TimestampMs firstSeenMs = -1, lastSeenMs = -1;
    std::int64_t requests = 0, records = 0, bytes = 0;
    /// Records, over about the last minute that was observed; 0: quiet. None: not known (yet): seen for too short a
    /// time, only declared, or as of a past moment.
    std::optional<double> perSecond;
    std::vector<std::string> groups; ///< consumer groups of a reader
};

/// A client at a topic, as it was seen or declared. Of the picture that is walked: valid during the call.
struct Use {
    const Node& client; ///< a client or a task
    const Node& topic;
    const Edge& edge;
    bool reads = true; ///< else writes
};

/// A part of the graph, as values. Ids are those of the whole graph. `hidden` counts neighbours that are not in it.
struct Subgraph {
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<std::pair<std::int32_t, std::int32_t>> hidden; ///< node id -> hidden neighbours
};

/// A node that a walk came to, and how many steps away it is.
struct Reached {
    const Node* node = nullptr; ///< never null; belongs to the picture that was walked
    int hops = 0;
};

/// All that a walk reached, nearest first, without the start. Its nodes are those of one immutable picture, which it
/// shares: nothing is copied, however much was reached, and they stay valid and unchanged as long as this object or a
/// copy of it lives. May be read by any thread.
class ReachedNodes {
public:
    ReachedNodes() = default;
    /// `picture` owns what `items` points to.
    ReachedNodes(std::shared_ptr<const void> picture, std::vector<Reached> items)
        : m_picture(std::move(picture))
        , m_items(std::move(items)) {}
    [[nodiscard]] std::size_t size() const { return m_items.size(); }
    [[nodiscard]] bool empty() const { return m_items.empty(); }
    [[nodiscard]] auto begin() const { return m_items.begin(); }
    [[nodiscard]] auto end() const { return m_items.end(); }
    /// The furthest; not of an empty one.
    [[nodiscard]] const Reached& back() const { return m_items.back(); }

private:
    std::shared_ptr<const void> m_picture;
    std::vector<Reached> m_items;
};

struct ViewQuery {
    std::string focus; ///< node name; empty: the whole graph, up to `maxNodes`
    int upHops = 2, downHops = 2;
    std::vector<std::int32_t> expanded; ///< nodes whose neighbours are shown too
    std::vector<std::int32_t> folded;   ///< nodes whose further neighbours are hidden
    std::vector<std::string> collapsedDomains;
    std::optional<TimestampMs> asOfMs; ///< none: now
    std::optional<Evidence> evidence;  ///< none: all
    std::size_t maxNodes = 500;
};

enum class ChangeKind : std::uint8_t { Added, Removed, Changed, NotGranted };
/// Something that changed in the picture; what the time slider marks.
struct Change {
    TimestampMs atMs = -1;
    ChangeKind kind = ChangeKind::Added;
    std::string sentence;
    std::int32_t from = -1, to = -1; ///< nodes, or -1
};

// ---- Layout: sizes in, boxes out. Edges are routed by the painter. ----

struct LayoutBox {
    std::int32_t node = -1;
    double x = 0, y = 0, width = 0, height = 0;
};
struct LayoutGroup {
    std::string domain;
    double x = 0, y = 0, width = 0, height = 0;
};
struct LayoutInput {
    std::vector<LayoutBox> nodes;                              ///< width and height; x, y of a node that had a place
    std::vector<std::pair<std::int32_t, std::int32_t>> edges;  ///< node ids
    std::vector<std::pair<std::int32_t, std::string>> domains; ///< node id -> domain
    bool keepPlaces = true; ///< nodes with a place (x or y not 0) stay where they were
};
struct LayoutResult {
    std::vector<LayoutBox> nodes;
    std::vector<LayoutGroup> groups;
    double width = 0, height = 0;
    bool refined = false; ///< by Graphviz; false: our own layered layout
    std::string note;     ///< why it isn't refined, a sentence
};
/// Our own layered layout: milliseconds, deterministic, no process. Any thread.
LayoutResult quickLayout(const LayoutInput& input);
/// By Graphviz in a worker process of its own, killed at the limit; falls back to quickLayout and says so in `note`.
/// Blocks: call it from a job. `worker` is the path of the program that answers to --layout-worker.
LayoutResult refinedLayout(const LayoutInput& input, const std::filesystem::path& worker, const CallOptions& options);
/// The worker's own main: reads a layout input from descriptor 0, writes the result to 1. For app's main().
int runLayoutWorker();

struct LineageOptions {
    std::filesystem::path database;
    std::string observer;   ///< names this observer in its records, for example "embedded" or "desktop-<host>"
    bool readGroups = true; ///< read consumer groups through the admin client
    std::chrono::milliseconds publishEvery{60'000}; ///< aggregation interval
    std::chrono::milliseconds readGroupsEvery{10'000};
    /// An edge counts as removed when its observer has watched for so long without seeing it. Time in which nobody
    /// watched doesn't count: closing the desktop for a week removes nothing.
    std::chrono::milliseconds quietAfter{std::chrono::hours(24)};
    /// open() returns with the picture of what is stored. False, for who must not wait: it is empty until Lineage's own
    /// thread has made it, which onChanged tells.
    bool pictureAtOpen = true;
};

/// Collects what the embedded broker's observer hook sees, as distinct tuples. Give observer() to BrokerOptions; hand
/// the capture to Lineage::open, which publishes it. observed() takes no lock that is held for long and never blocks.
class Capture {
public:
    virtual ~Capture() = default;
    static std::unique_ptr<Capture> create();
    virtual backbone::BrokerObserver& observer() = 0;
};

/// The lineage over one backbone: a projection of _meshbone.lineage. Owned by app. Thread-safe; queries are answered
/// from memory. Threads of its own: "mb-lineage".
class Lineage {
public:
    virtual ~Lineage() = default;
    /// `capture` may be null (no embedded broker here); `catalog` gives domains and declared ports, may be null.
    static Result<std::unique_ptr<Lineage>> open(const LineageOptions& options, backbone::Backbone& backbone,
                                                 catalog::Catalog* catalog, Capture* capture);

    virtual Subgraph view(const ViewQuery& query) const = 0;
    /// Tells every use that is there now. Walks over the whole picture without copying any of it: for a job.
    virtual void forEachUse(const std::function<void(const Use&)>& tell) const = 0;
    virtual std::optional<Node> node(const std::string& name) const = 0;
    virtual std::vector<Node> search(const std::string& text, std::size_t limit) const = 0;
    /// All that is reachable against or along the arrows. As of a time, where given. Nothing where no node has the
    /// name.
    virtual ReachedNodes upstream(const std::string& name, std::optional<TimestampMs> asOfMs) const = 0;
    virtual ReachedNodes downstream(const std::string& name, std::optional<TimestampMs> asOfMs) const = 0;
    virtual std::vector<Change> changes(TimestampMs fromMs, TimestampMs toMs) const = 0; ///< oldest first
    /// What was seen, to explain and simulate access with. Blocks up to the deadline (call it from a job), also while
    /// the backbone is away.
    virtual Result<AccessEvidence> accessEvidence(const AccessEvidenceQuery& query,
                                                  const CallOptions& options) const = 0;
    virtual std::size_t nodeCount() const = 0;
    virtual std::string exportDot(const Subgraph& graph) const = 0;
    virtual std::string exportJson(const Subgraph& graph) const = 0;
    /// Publishes what was observed since the last time, now, instead of at the next interval. Blocks up to the
    /// deadline.
    virtual Status publishNow(const CallOptions& options) = 0;
    /// Waits until everything that the lineage topic holds now is applied here; Unavailable or Timeout when it can't be
    /// read.
    virtual Status waitCaughtUp(const CallOptions& options) = 0;
    virtual Subscription onChanged(std::function<void()> changed) = 0; ///< at most once a second
};

} // namespace meshbone::lineage
