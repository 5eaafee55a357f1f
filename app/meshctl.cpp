// SPDX-License-Identifier: Apache-2.0
#include "commands/command.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App meshctl("Meshbone on the command line: the backbone as a service, and what the desktop does.", "meshctl");
    meshctl.require_subcommand(1);
    meshctl.set_version_flag("--version", std::string("meshctl ") + MESHBONE_VERSION);
    int status = 0;
    meshbone::app::addServe(meshctl, status);
    meshbone::app::addCertificate(meshctl, status);
    meshbone::app::addCluster(meshctl, status);
    meshbone::app::addTopics(meshctl, status);
    meshbone::app::addSchema(meshctl, status);
    meshbone::app::addProduce(meshctl, status);
    meshbone::app::addConsume(meshctl, status);
    meshbone::app::addGroups(meshctl, status);
    meshbone::app::addReplay(meshctl, status);
    meshbone::app::addLineage(meshctl, status);
    meshbone::app::addLedger(meshctl, status);
    meshbone::app::addContract(meshctl, status);
    meshbone::app::addEvidence(meshctl, status);
    meshbone::app::addAccess(meshctl, status);
    meshbone::app::addDemo(meshctl, status);
    meshbone::app::addUsers(meshctl, status);
    meshbone::app::addEnforce(meshctl, status);
    try {
        meshctl.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return meshctl.exit(error) == 0 ? 0 : 2; // 0: --help or --version; the library has a number for each mistake
    }
    return status;
}
