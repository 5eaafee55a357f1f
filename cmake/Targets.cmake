# SPDX-License-Identifier: Apache-2.0
# How a part of a module and a test are declared. The include roots make a forbidden include fail to compile:
# a module's own parts see <module>/ ; other modules see only <module>/include.

# meshbone_unity(<target> <sources>): eight sources are compiled as one, where MESHBONE_UNITY says so.
function(meshbone_unity target)
    if(NOT MESHBONE_UNITY)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # What has a tr() or a ColumnAt of its own, as the window's files are used to, is compiled alone.
    foreach(source IN LISTS ARGN)
        file(STRINGS ${source} own REGEX "^(QString tr\\(|enum [A-Za-z]+At :)" LIMIT_COUNT 1)
        if(own)
            set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
        endif()
    endforeach()
endfunction()

# meshbone_part(<target> MODULE <module> SOURCES <files> [PUBLIC <libs>] [PRIVATE <libs>] [PCH <headers>])
# A static library of one folder of a module. PUBLIC libraries are part of its headers, PRIVATE ones are hidden.
function(meshbone_part target)
    cmake_parse_arguments(arg "" "MODULE" "SOURCES;PUBLIC;PRIVATE;PCH" ${ARGN})
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target}
        PUBLIC ${PROJECT_SOURCE_DIR}/${arg_MODULE}/include
        PRIVATE ${PROJECT_SOURCE_DIR}/${arg_MODULE})
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE meshbone_compiler fmt::fmt ${arg_PRIVATE})
    meshbone_unity(${target} ${arg_SOURCES})
    if(arg_PCH)
        target_precompile_headers(${target} PRIVATE ${arg_PCH})
    elseif(NOT arg_MODULE STREQUAL "ui")
        target_precompile_headers(${target} REUSE_FROM core_headers)
    endif()
    if(NOT arg_MODULE STREQUAL "ui")
        target_compile_options(${target} PRIVATE ${MESHBONE_COVERAGE})
    endif()
endfunction()

# All tests that need none of the window's parts: half of what there is to compile.
add_custom_target(tests_below_window)

# meshbone_test(<name> SOURCES <files> [INSIDE <modules>] [LIBS <libs>] [LABELS <labels>] [TIMEOUT <seconds>]
#               [OWN_HEADERS])
# A Qt Test program registered with CTest; skipped when Qt is not built. INSIDE gives the include root of a module's
# own parts (white-box tests). Runs offscreen, with its own temporary HOME. OWN_HEADERS: it has the window's precompiled
# header instead of the one that the tests share, and the label "window".
function(meshbone_test name)
    if(NOT MESHBONE_QT)
        return()
    endif()
    cmake_parse_arguments(arg "OWN_HEADERS" "TIMEOUT" "SOURCES;INSIDE;LIBS;LABELS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    meshbone_test_moc(${name} ${arg_SOURCES})
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    foreach(module IN LISTS arg_INSIDE)
        target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/${module} ${PROJECT_SOURCE_DIR}/${module}/include)
    endforeach()
    target_link_libraries(${name} PRIVATE meshbone_compiler Qt6::Test fmt::fmt ${arg_LIBS})
    if(arg_OWN_HEADERS)
        list(APPEND arg_LABELS window)
    else()
        target_precompile_headers(${name} REUSE_FROM test_headers)
        add_dependencies(tests_below_window ${name})
    endif()
    meshbone_register(${name} LABELS "${arg_LABELS}" TIMEOUT "${arg_TIMEOUT}")
endfunction()

# meshbone_test_moc(<target> <sources>): each *_test.cpp ends with #include "<itself>.moc". AUTOMOC would scan each test's
# headers and compile an empty file for it: two seconds a test.
function(meshbone_test_moc target)
    foreach(source IN LISTS ARGN)
        if(source MATCHES "_test\\.cpp$")
            get_filename_component(stem ${source} NAME_WE)
            set(moc ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc/${stem}.moc)
            # No include paths: moc needs none of what a test includes, and can't read all of it.
            add_custom_command(OUTPUT ${moc} COMMAND Qt6::moc ${CMAKE_CURRENT_SOURCE_DIR}/${source} -o ${moc}
                DEPENDS ${source} COMMENT "" VERBATIM)
            target_sources(${target} PRIVATE ${moc})
            target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
        endif()
    endforeach()
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
    add_dependencies(tests_below_window ${name})
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
