// SPDX-License-Identifier: Apache-2.0
#include "access/answer_model.h" // for its meta-object
