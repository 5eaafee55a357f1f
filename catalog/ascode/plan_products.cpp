// SPDX-License-Identifier: Apache-2.0
#include "ascode/plan_draft.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

const Port* findPort(const FileProduct* file, const Port& like) {
    if (file == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find_if(file->product.ports, [&](const Port& port) {
        return port.topic == like.topic && port.direction == like.direction;
    });
    return found == file->product.ports.end() ? nullptr : &*found;
}

void addRemoval(const FileProduct& before, std::vector<DraftStep>& steps) {
    if (before.level != Classification::Internal) {
        steps.push_back({Phase::Release, {Classify{true, before.product.id, Classification::Internal}}});
    }
    steps.push_back({Phase::RemoveProduct, {RemoveProduct{before.product.id}}});
}

void addPorts(const FileProduct* before, const FileProduct& after, std::vector<DraftStep>& steps) {
    const std::string& id = after.product.id;
    if (before != nullptr) {
        for (const Port& port : before->product.ports) {
            if (findPort(&after, port) == nullptr) {
                steps.push_back({Phase::RemovePort, {RemovePort{id, port.topic, port.direction}}});
            }
        }
    }
    for (const Port& port : after.product.ports) {
        const Port* old = findPort(before, port);
        if (old == nullptr || *old != port) {
            steps.push_back({Phase::PutPort, {PutPort{id, port}}});
        }
    }
}

} // namespace

DraftChange productChange(const FileProduct* before, const FileProduct* after) {
    DraftChange draft{changeOf("product", before, after), {}};
    if (after == nullptr) {
        addRemoval(*before, draft.steps);
        return draft;
    }
    const Product& product = after->product;
    const bool isSame = before != nullptr && before->product.name == product.name &&
                        before->product.description == product.description &&
                        before->product.domain == product.domain && before->product.owner == product.owner;
    if (!isSame) {
        draft.steps.push_back(
            {Phase::Put, {PutProduct{product.id, product.name, product.description, product.domain, product.owner}}});
    }
    addPorts(before, *after, draft.steps);
    if (after->level != (before == nullptr ? Classification::Internal : before->level)) {
        draft.steps.push_back({Phase::Classify, {Classify{true, product.id, after->level}}});
    }
    return draft;
}

} // namespace meshbone::catalog
