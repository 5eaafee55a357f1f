// SPDX-License-Identifier: Apache-2.0
// Before the first header of Asio, in the few files that include one.
#pragma once

#define BOOST_ASIO_NO_DEPRECATED
