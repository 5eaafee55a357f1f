# SPDX-License-Identifier: Apache-2.0
# How a part of a module and a test are declared. The include roots make a forbidden include fail to compile:
# a module's own parts see <module>/ ; other modules see only <module>/include.

# meshbone_part(<target> MODULE <module> SOURCES <files> [PUBLIC <libs>] [PRIVATE <libs>] [PCH <headers>])
# A static library of one folder of a module. PUBLIC libraries are part of its headers, PRIVATE ones are hidden.
function(meshbone_part target)
    cmake_parse_arguments(arg "" "MODULE" "SOURCES;PUBLIC;PRIVATE;PCH" ${ARGN})
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target}
        PUBLIC ${PROJECT_SOURCE_DIR}/${arg_MODULE}/include
        PRIVATE ${PROJECT_SOURCE_DIR}/${arg_MODULE})
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE meshbone_compiler ${arg_PRIVATE})
    if(arg_PCH)
        target_precompile_headers(${target} PRIVATE ${arg_PCH})
    endif()
endfunction()

# meshbone_test(<name> SOURCES <files> [INSIDE <modules>] [LIBS <libs>] [LABELS <labels>] [TIMEOUT <seconds>]
#               [OWN_HEADERS])
# A Qt Test program registered with CTest; skipped when Qt is not built. INSIDE gives the include root of a module's
# own parts (white-box tests). Runs offscreen, with its own temporary HOME. OWN_HEADERS: it has a precompiled header of
# its own instead of the one that the tests share.
function(meshbone_test name)
    if(NOT MESHBONE_QT)
        return()
    endif()
    cmake_parse_arguments(arg "OWN_HEADERS" "TIMEOUT" "SOURCES;INSIDE;LIBS;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    # Without the compiler's own macros moc skips what it can't parse in libstdc++'s C++20 headers.
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTOMOC_COMPILER_PREDEFINES OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    foreach(module IN LISTS arg_INSIDE)
        target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/${module} ${PROJECT_SOURCE_DIR}/${module}/include)
    endforeach()
    target_link_libraries(${name} PRIVATE meshbone_compiler Qt6::Test fmt::fmt ${arg_LIBS})
    if(NOT arg_OWN_HEADERS)
        target_precompile_headers(${name} REUSE_FROM test_headers)
    endif()
    meshbone_register(${name} LABELS "${arg_LABELS}" TIMEOUT "${arg_TIMEOUT}")
endfunction()

# meshbone_program_test(<name> SOURCES <files> ...): like meshbone_test, but a plain program (status 0 passes); needs no Qt.
function(meshbone_program_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;INSIDE;LIBS;LABELS;ARGS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    foreach(module IN LISTS arg_INSIDE)
        target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/${module} ${PROJECT_SOURCE_DIR}/${module}/include)
    endforeach()
    target_link_libraries(${name} PRIVATE meshbone_compiler fmt::fmt ${arg_LIBS})
    meshbone_register(${name} LABELS "${arg_LABELS}" TIMEOUT "${arg_TIMEOUT}" ARGS "${arg_ARGS}")
endfunction()

function(meshbone_register name)
    cmake_parse_arguments(arg "" "TIMEOUT" "LABELS;ARGS" ${ARGN})
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGS})
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
    if(arg_TIMEOUT)
        set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
    endif()
endfunction()
