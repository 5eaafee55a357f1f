// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>
#include <backbone/http_client.h>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace meshbone::app::demo {

/// What a stream task does with one record, whose value is JSON: the records to be written to its output, likewise. It
/// may keep state.
class Transform {
public:
    virtual ~Transform() = default;
    /// A record of a table that the task joins with, or of its own output when state is recovered; read in full first.
    virtual void restore(const Record&) {}
    virtual std::vector<Record> apply(const Record& record) = 0;
};

/// A stream task of the demo: derives a topic from topics, at least once. Its group is called as it is.
struct TaskPlan {
    std::string name;
    std::vector<std::string> inputs;
    std::vector<std::string> tables; ///< read in full at the start: reference tables, and its own output for its state
    std::string output;
    std::function<std::unique_ptr<Transform>()> transform;
};
const std::vector<TaskPlan>& taskPlans();

/// Derives until stopped: reads, transforms, waits for the acknowledgements, commits.
Status runTask(const TaskPlan& plan, const backbone::Profile& profile, const backbone::HttpClientOptions& registry,
               std::stop_token stop);

} // namespace meshbone::app::demo
