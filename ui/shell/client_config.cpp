// SPDX-License-Identifier: Apache-2.0
#include "shell/client_config.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

struct Parts {
    QString bootstrap, protocol, mechanism, user, password, topic;
    bool sasl = false;
};

Parts partsOf(const backbone::Profile& profile, const ClientCredential& credential, const QString& topic) {
    Parts parts;
    parts.bootstrap = text(profile.bootstrap);
    parts.protocol = text(profile.securityProtocol);
    parts.mechanism = text(profile.saslMechanism);
    parts.user = text(credential.user);
    parts.password = credential.password.empty() ? QStringLiteral("<password>") : text(credential.password);
    parts.topic = topic;
    parts.sasl = profile.securityProtocol.starts_with("SASL");
    return parts;
}

/// For a word of a POSIX shell.
QString shellQuoted(QString value) {
    return u'\'' + value.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/// For a string of Python, or the quoted value of a JAAS line.
QString doubleQuoted(QString value) {
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + value + u'"';
}

/// In a Java properties file a backslash escapes, so it is doubled once more.
QString propertyEscaped(QString value) {
    return value.replace(u'\\', QStringLiteral("\\\\"));
}

QString kcat(const Parts& p) {
    auto options = QStringLiteral("-b %1").arg(p.bootstrap);
    if (p.protocol != u"PLAINTEXT") {
        options += QStringLiteral(" \\\n  -X security.protocol=%1").arg(p.protocol);
    }
    if (p.sasl) {
        options += QStringLiteral(" -X sasl.mechanism=%1 \\\n  -X sasl.username=%2 -X sasl.password=%3")
                       .arg(p.mechanism, shellQuoted(p.user), shellQuoted(p.password));
    }
    return QStringLiteral("# read the topic from its beginning\nkcat -C -t %1 -o beginning -e %2\n\n"
                          "# write one event a line\necho 'key:value' | kcat -P -t %1 -K : %2\n")
        .arg(p.topic, options);
}

QString librdkafka(const Parts& p) {
    auto config = QStringLiteral("bootstrap.servers=%1\nsecurity.protocol=%2\n").arg(p.bootstrap, p.protocol);
    if (p.sasl) {
        config += QStringLiteral("sasl.mechanism=%1\nsasl.username=%2\nsasl.password=%3\n")
                      .arg(p.mechanism, p.user, p.password);
    }
    return config;
}

QString java(const Parts& p) {
    auto config = QStringLiteral("bootstrap.servers=%1\nsecurity.protocol=%2\n").arg(p.bootstrap, p.protocol);
    if (p.sasl) {
        const auto module = p.mechanism == u"PLAIN"
                                ? QStringLiteral("org.apache.kafka.common.security.plain.PlainLoginModule")
                                : QStringLiteral("org.apache.kafka.common.security.scram.ScramLoginModule");
        config += QStringLiteral("sasl.mechanism=%1\nsasl.jaas.config=%2 required username=%3 password=%4;\n")
                      .arg(p.mechanism, module, propertyEscaped(doubleQuoted(p.user)),
                           propertyEscaped(doubleQuoted(p.password)));
    }
    return config;
}

QString python(const Parts& p) {
    auto login = QString();
    if (p.protocol != u"PLAINTEXT") {
        login += QStringLiteral("    \"security.protocol\": %1,\n").arg(doubleQuoted(p.protocol));
    }
    if (p.sasl) {
        login += QStringLiteral("    \"sasl.mechanism\": %1,\n    \"sasl.username\": %2,\n    \"sasl.password\": %3,\n")
                     .arg(doubleQuoted(p.mechanism), doubleQuoted(p.user), doubleQuoted(p.password));
    }
    return QStringLiteral("from confluent_kafka import Consumer, Producer\n\n"
                          "config = {\n    \"bootstrap.servers\": %1,\n%2}\n\n"
                          "producer = Producer(config)\n"
                          "producer.produce(%3, key=\"key\", value=\"value\")\n"
                          "producer.flush()\n\n"
                          "consumer = Consumer(config | {\"group.id\": %4, \"auto.offset.reset\": \"earliest\"})\n"
                          "consumer.subscribe([%3])\n"
                          "message = consumer.poll(10)\n")
        .arg(doubleQuoted(p.bootstrap), login, doubleQuoted(p.topic),
             doubleQuoted(p.user.isEmpty() ? QStringLiteral("my-group") : p.user));
}

} // namespace

QString clientConfig(ClientKind kind, const backbone::Profile& profile, const ClientCredential& credential,
                     const QString& topic) {
    const auto parts = partsOf(profile, credential, topic);
    switch (kind) {
    case ClientKind::Kcat:
        return kcat(parts);
    case ClientKind::Java:
        return java(parts);
    case ClientKind::Python:
        return python(parts);
    case ClientKind::Librdkafka:
        return librdkafka(parts);
    }
    return {};
}

} // namespace meshbone::ui
