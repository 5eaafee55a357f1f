// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <google/protobuf/descriptor.h>

#include <string_view>

namespace meshbone::catalog::protobuf {

/// Of messages in messages, those in an Any too.
inline constexpr int kMaxPayloadDepth = 100;

/// Whether bytes are a message of this type: goes over all of it by the rules of the wire format and names the byte and
/// the field at which they are broken. What no field is known for is passed over; what an
/// Any holds is looked up in `pool`. `firstByte` is where the bytes stand
/// in the payload, for the sentence.
Status checkWire(std::string_view bytes, const google::protobuf::Descriptor& message,
                 const google::protobuf::DescriptorPool& pool, std::size_t firstByte);

} // namespace meshbone::catalog::protobuf
