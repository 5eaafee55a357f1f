// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/meshctl_run.h"

#include <QtTest>

/// It has done what was asked.
#define MUST(run)                                                                                                      \
    do {                                                                                                               \
        const meshbone::test::MeshctlRun done = (run);                                                                 \
        QVERIFY2(done.isDone(), qPrintable(done.said()));                                                              \
    } while (false)
/// Refused, and the sentence has the words.
#define REFUSED(run, words)                                                                                            \
    do {                                                                                                               \
        const meshbone::test::MeshctlRun refused = (run);                                                              \
        QVERIFY2(refused.status == 1 || refused.status == 2, qPrintable(refused.said()));                              \
        QVERIFY2(refused.errors.contains(words), qPrintable(refused.said()));                                          \
    } while (false)
