// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over the files of the folders given, and over small random changes to each, where libFuzzer isn't
// at hand. Status 0: nothing crashed. The input that is being run is printed when a signal ends the program.
#include "support/seed.h"

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kChangesPerInput = 500;
std::string currentFile;
int currentChange = -1;

void sayWhere(int signal) {
    std::fprintf(stderr, "replay: signal %d in %s, change %d\n", signal, currentFile.c_str(), currentChange);
    std::_Exit(1);
}

void runOnce(const std::string& input) {
    // A copy of exactly this size, so that a sanitizer sees a read past its end.
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

std::string changed(std::string input, std::mt19937_64& random) {
    for (auto changes = random() % 4; changes > 0 && !input.empty(); --changes) {
        input[random() % input.size()] = static_cast<char>(random());
    }
    switch (random() % 4) {
    case 0:
        input.resize(input.empty() ? 0 : random() % input.size());
        break;
    case 1:
        input.append(random() % 16, static_cast<char>(random()));
        break;
    case 2:
        input.insert(input.empty() ? 0 : random() % input.size(), random() % 8, static_cast<char>(random()));
        break;
    default:
        break;
    }
    return input;
}

int replay(const std::filesystem::path& folder, std::uint64_t seed) {
    int inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string input{std::istreambuf_iterator<char>(file), {}};
        std::mt19937_64 random(seed); // per file, so that one file alone gives the same changes
        currentFile = entry.path().string();
        currentChange = -1;
        runOnce(input);
        for (currentChange = 0; currentChange < kChangesPerInput; ++currentChange) {
            runOnce(changed(input, random));
        }
        ++inputs;
    }
    return inputs;
}

} // namespace

int main(int count, char** arguments) {
    std::signal(SIGABRT, sayWhere);
    std::signal(SIGSEGV, sayWhere);
    const auto seed = meshbone::test::testSeed();
    int inputs = 0;
    for (int i = 1; i < count; ++i) {
        inputs += replay(arguments[i], seed);
    }
    std::printf("replay: %d inputs, each with %d changes\n", inputs, kChangesPerInput);
    return inputs > 0 ? 0 : 1; // an empty corpus would test nothing
}
