// SPDX-License-Identifier: Apache-2.0
#include "contract/compare.h"
#include "contract/sla_value.h"

#include <algorithm>
#include <map>

namespace meshbone::catalog {
namespace {

std::string nameOf(const ContractServer& server) {
    return server.server;
}
/// A property may be promised for several elements and drivers.
std::string nameOf(const ContractSla& sla) {
    std::string name = sla.property;
    for (const auto& part : {sla.element, sla.driver}) {
        name += part.empty() ? "" : " of " + part;
    }
    return name;
}
std::string nameOf(const ContractPort& port) {
    return port.name + " " + port.version;
}

template <class Thing>
std::map<std::string, const Thing*> byName(const std::vector<Thing>& things) {
    std::map<std::string, const Thing*> named;
    for (const Thing& thing : things) {
        named.emplace(nameOf(thing), &thing);
    }
    return named;
}

/// Says what is gone and what is new; `both` gets what is in both.
template <class Thing, class Both>
void pairUp(const std::vector<Thing>& before, const std::vector<Thing>& after, const char* kind, bool isLossBreaking,
            Findings& findings, Both both) {
    const auto old = byName(before);
    const auto now = byName(after);
    for (const Thing& was : before) {
        if (const auto is = now.find(nameOf(was)); is != now.end()) {
            both(was, *is->second);
        } else {
            findings.add(std::string(kind) + " " + nameOf(was), fmt::format("The {} '{}' is gone.", kind, nameOf(was)),
                         isLossBreaking, was.at);
        }
    }
    for (const Thing& is : after) {
        if (!old.contains(nameOf(is))) {
            findings.add(std::string(kind) + " " + nameOf(is), fmt::format("The {} '{}' is new.", kind, nameOf(is)),
                         false, {}, is.at);
        }
    }
}

void compareSla(const ContractSla& was, const ContractSla& is, Findings& findings) {
    const SlaChange change = slaChange(was, is);
    if (change == SlaChange::Same) {
        return;
    }
    const char* how = change == SlaChange::Better  ? "better"
                      : change == SlaChange::Worse ? "worse"
                                                   : "and nobody can say from here whether that is less";
    findings.add(
        "sla " + nameOf(was),
        fmt::format("The promised {} was {}, now it is {}: {}.", nameOf(was), slaWords(was), slaWords(is), how),
        change != SlaChange::Better, was.at, is.at);
}

std::vector<ContractPort> portsOf(const Contract& contract, ContractPortDirection direction) {
    std::vector<ContractPort> ports;
    std::ranges::copy_if(contract.ports, std::back_inserter(ports),
                         [&](const ContractPort& port) { return port.direction == direction; });
    return ports;
}

} // namespace

void compareServers(const Contract& before, const Contract& after, Findings& findings) {
    pairUp(before.servers, after.servers, "server", true, findings, [&](const auto& was, const auto& is) {
        const std::string path = "server " + was.server;
        const auto change = [&](const char* what, const std::string& old, const std::string& now) {
            findings.change(path, fmt::format("The {} of the server '{}'", what, was.server), old, now, true, was.at,
                            is.at);
        };
        change("type", was.type, is.type);
        change("host", was.host, is.host);
        change("format", was.format, is.format);
        change("topic", was.topic, is.topic);
    });
}

void compareSlas(const Contract& before, const Contract& after, Findings& findings) {
    pairUp(before.slas, after.slas, "sla", true, findings,
           [&](const auto& was, const auto& is) { compareSla(was, is, findings); });
}

void comparePorts(const Contract& before, const Contract& after, Findings& findings) {
    for (const auto direction : {ContractPortDirection::Output, ContractPortDirection::Input}) {
        const bool isOutput = direction == ContractPortDirection::Output;
        const char* kind = isOutput ? "output port" : "input port";
        pairUp(portsOf(before, direction), portsOf(after, direction), kind, isOutput, findings,
               [&](const auto& was, const auto& is) {
                   findings.change(std::string(kind) + " " + nameOf(was),
                                   fmt::format("The contract of the {} '{}'", kind, nameOf(was)), was.contractId,
                                   is.contractId, isOutput, was.at, is.at);
               });
    }
}

} // namespace meshbone::catalog
