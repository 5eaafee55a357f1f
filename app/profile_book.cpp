// SPDX-License-Identifier: Apache-2.0
#include "profile_book.h"

#include "profiles.h"

namespace meshbone::app {

ui::ProfileBook profileBook(const std::filesystem::path& dataDirectory, std::function<void(const std::string&)> open) {
    ui::ProfileBook book;
    book.clusters = [dataDirectory]() -> Result<std::vector<backbone::KnownCluster>> {
        auto list = readProfiles(dataDirectory);
        return list ? Result<std::vector<backbone::KnownCluster>>(std::move(list->clusters))
                    : std::unexpected(list.error());
    };
    book.save = [dataDirectory](const backbone::KnownCluster& cluster) { return saveProfile(dataDirectory, cluster); };
    book.remove = [dataDirectory](const std::string& name) { return removeProfile(dataDirectory, name); };
    book.open = std::move(open);
    book.test = backbone::probeCapabilities;
    book.file = profilesFile(dataDirectory).string();
    return book;
}

} // namespace meshbone::app
