// SPDX-License-Identifier: Apache-2.0
#include "client/handle.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::backbone {

Result<std::shared_ptr<Handle>> Handle::create(rd_kafka_type_t type, const Profile& profile, const Properties& extra,
                                               DeliverySink onDelivery) {
    if (auto valid = validateProfile(profile); !valid) {
        return std::unexpected(valid.error());
    }
    auto conf = buildConf(profile, extra);
    if (!conf) {
        return std::unexpected(conf.error());
    }
    auto handle = std::shared_ptr<Handle>(new Handle());
    handle->m_onDelivery = std::move(onDelivery);
    rd_kafka_conf_set_opaque(conf->get(), handle.get());
    rd_kafka_conf_set_error_cb(conf->get(), onError);
    rd_kafka_conf_set_log_cb(conf->get(), onLog);
    if (handle->m_onDelivery) {
        rd_kafka_conf_set_dr_msg_cb(conf->get(), onDeliveryReport);
    }
    std::array<char, 512> text{};
    handle->m_kafka = rd_kafka_new(type, conf->get(), text.data(), text.size());
    if (handle->m_kafka == nullptr) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("The profile '{}' can't be used: {}.", profile.name, text.data()));
    }
    std::ignore = conf->release(); // rd_kafka_new took it
    return handle;
}

Handle::~Handle() {
    if (m_kafka != nullptr) {
        rd_kafka_destroy(m_kafka);
    }
}

void Handle::onError(rd_kafka_t*, int code, const char* reason, void* opaque) {
    static_cast<Handle*>(opaque)->m_notes.trouble(code, reason != nullptr ? reason : "");
}

void Handle::onLog(const rd_kafka_t* kafka, int level, const char* facility, const char* text) {
    // Lines may come before rd_kafka_new() returns; the opaque is set in the configuration already then.
    if (auto* handle = static_cast<Handle*>(rd_kafka_opaque(kafka))) {
        handle->m_notes.line(level, facility, text);
    }
}

void Handle::onDeliveryReport(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
    static_cast<Handle*>(opaque)->m_onDelivery(*message);
}

} // namespace meshbone::backbone
