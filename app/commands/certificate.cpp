// SPDX-License-Identifier: Apache-2.0
#include "command.h"

#include "local_backbone.h"
#include "secret_file.h"

#include <backbone/broker.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace meshbone::app {

namespace {

struct CertificateOptions {
    std::filesystem::path dataDirectory, out = ".";
    std::string name;
    bool json = false;
};

/// A name may hold what a file's can't.
std::string fileNameOf(std::string name) {
    for (auto& c : name) {
        if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
            c = '_';
        }
    }
    return name.starts_with('.') ? "_" + name : name;
}

int issue(const CertificateOptions& options) {
    const auto made = backbone::issueClientCertificate(brokerFolder(options.dataDirectory), options.name);
    if (!made) {
        return reportError(made.error(), options.json);
    }
    const auto name = fileNameOf(options.name);
    const auto certificate = options.out / (name + ".pem");
    const auto key = options.out / (name + ".key");
    for (const auto& [path, content] : {std::pair(key, made->keyPem), std::pair(certificate, made->certificatePem)}) {
        if (const auto written = writePrivateFile(path, content); !written) {
            return reportError(written.error(), options.json);
        }
    }
    if (options.json) {
        const nlohmann::ordered_json line{
            {"subject", made->subject}, {"certificate", certificate.string()}, {"key", key.string()}};
        fmt::print("{}\n", line.dump());
    } else {
        fmt::print("{}: certificate {}, key {}\n", made->subject, certificate.string(), key.string());
    }
    return 0;
}

} // namespace

void addCertificate(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<CertificateOptions>();
    options->dataDirectory = defaultDataDirectory();
    auto* command = meshctl.add_subcommand(
        "certificate", "A certificate and key with which a client logs in to an embedded backbone's SSL listener");
    command->add_option("name", options->name, "The client's name: its subject is CN=NAME")->required();
    command->add_option("--data", options->dataDirectory, "Data directory of the embedded backbone")
        ->capture_default_str();
    command->add_option("--out", options->out, "Folder for NAME.pem and NAME.key")->capture_default_str();
    command->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &status] { status = issue(*options); });
}

} // namespace meshbone::app
