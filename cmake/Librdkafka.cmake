# SPDX-License-Identifier: Apache-2.0
# librdkafka >= 2.12 as the imported target librdkafka::librdkafka; packaging/librdkafka says where it comes from.
execute_process(
    COMMAND "${CMAKE_SOURCE_DIR}/packaging/librdkafka" "${CMAKE_BINARY_DIR}"
    OUTPUT_VARIABLE meshbone_rdkafka_prefix RESULT_VARIABLE meshbone_rdkafka_status
    OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT meshbone_rdkafka_status EQUAL 0)
    message(FATAL_ERROR "librdkafka could not be provided; the lines above say why and what to do.")
endif()

find_package(PkgConfig REQUIRED)
if(meshbone_rdkafka_prefix STREQUAL "system")
    pkg_check_modules(rdkafka REQUIRED IMPORTED_TARGET rdkafka)
    add_library(librdkafka::librdkafka ALIAS PkgConfig::rdkafka)
else()
    find_package(OpenSSL REQUIRED)
    find_package(ZLIB REQUIRED)
    find_package(Threads REQUIRED)
    pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
    add_library(librdkafka::librdkafka STATIC IMPORTED)
    set_target_properties(librdkafka::librdkafka PROPERTIES
        IMPORTED_LOCATION "${meshbone_rdkafka_prefix}/lib/librdkafka.a"
        INTERFACE_INCLUDE_DIRECTORIES "${meshbone_rdkafka_prefix}/include"
        INTERFACE_LINK_LIBRARIES "OpenSSL::SSL;OpenSSL::Crypto;ZLIB::ZLIB;PkgConfig::zstd;Threads::Threads;m;dl")
endif()
