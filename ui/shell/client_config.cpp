// SPDX-License-Identifier: Apache-2.0
#include "shell/client_config.h"

#include "widgets/format.h"

namespace meshbone::ui {

namespace {

struct Parts {
    QString bootstrap, protocol, mechanism, user, password, caFile, topic, group;
    bool sasl = false, reads = true, writes = true;
};

Parts partsOf(const backbone::Profile& profile, const ClientSetup& setup) {
    Parts parts;
    parts.bootstrap = text(profile.bootstrap);
    parts.protocol = text(profile.securityProtocol);
    parts.mechanism = text(setup.mechanism.empty() ? profile.saslMechanism : setup.mechanism);
    parts.user = text(setup.user);
    parts.password = setup.password.empty() ? QStringLiteral("<password>") : text(setup.password);
    parts.caFile = text(profile.caFile);
    parts.topic = setup.topic.isEmpty() ? QStringLiteral("my-topic") : setup.topic;
    parts.group = !setup.group.isEmpty() ? setup.group : setup.user.empty() ? QStringLiteral("my-group") : parts.user;
    parts.sasl = profile.securityProtocol.starts_with("SASL");
    parts.reads = setup.reads || !setup.writes;
    parts.writes = setup.writes;
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
    if (!p.caFile.isEmpty()) {
        options += QStringLiteral(" -X ssl.ca.location=%1").arg(shellQuoted(p.caFile));
    }
    if (p.sasl) {
        options += QStringLiteral(" -X sasl.mechanism=%1 \\\n  -X sasl.username=%2 -X sasl.password=%3")
                       .arg(p.mechanism, shellQuoted(p.user), shellQuoted(p.password));
    }
    QStringList parts;
    if (p.reads) {
        parts << QStringLiteral("# read the topic from its beginning\nkcat -C -t %1 -o beginning -e %2\n")
                     .arg(p.topic, options);
    }
    if (p.writes) {
        parts << QStringLiteral("# write one event a line\necho 'key:value' | kcat -P -t %1 -K : %2\n")
                     .arg(p.topic, options);
    }
    return parts.join(u'\n');
}

QString librdkafka(const Parts& p) {
    auto config = QStringLiteral("bootstrap.servers=%1\nsecurity.protocol=%2\n").arg(p.bootstrap, p.protocol);
    if (!p.caFile.isEmpty()) {
        config += QStringLiteral("ssl.ca.location=%1\n").arg(p.caFile);
    }
    if (p.sasl) {
        config += QStringLiteral("sasl.mechanism=%1\nsasl.username=%2\nsasl.password=%3\n")
                      .arg(p.mechanism, p.user, p.password);
    }
    if (p.reads) {
        config += QStringLiteral("group.id=%1\n").arg(p.group);
    }
    return config;
}

QString java(const Parts& p) {
    auto config = QStringLiteral("bootstrap.servers=%1\nsecurity.protocol=%2\n").arg(p.bootstrap, p.protocol);
    if (!p.caFile.isEmpty()) {
        config +=
            QStringLiteral("ssl.truststore.type=PEM\nssl.truststore.location=%1\n").arg(propertyEscaped(p.caFile));
    }
    if (p.sasl) {
        const auto module = p.mechanism == u"PLAIN"
                                ? QStringLiteral("org.apache.kafka.common.security.plain.PlainLoginModule")
                                : QStringLiteral("org.apache.kafka.common.security.scram.ScramLoginModule");
        config += QStringLiteral("sasl.mechanism=%1\nsasl.jaas.config=%2 required username=%3 password=%4;\n")
                      .arg(p.mechanism, module, propertyEscaped(doubleQuoted(p.user)),
                           propertyEscaped(doubleQuoted(p.password)));
    }
    if (p.reads) {
        config += QStringLiteral("group.id=%1\n").arg(propertyEscaped(p.group));
    }
    return config;
}

QString pythonLogin(const Parts& p) {
    auto login = QString();
    if (p.protocol != u"PLAINTEXT") {
        login += QStringLiteral("    \"security.protocol\": %1,\n").arg(doubleQuoted(p.protocol));
    }
    if (!p.caFile.isEmpty()) {
        login += QStringLiteral("    \"ssl.ca.location\": %1,\n").arg(doubleQuoted(p.caFile));
    }
    if (p.sasl) {
        login += QStringLiteral("    \"sasl.mechanism\": %1,\n    \"sasl.username\": %2,\n    \"sasl.password\": %3,\n")
                     .arg(doubleQuoted(p.mechanism), doubleQuoted(p.user), doubleQuoted(p.password));
    }
    return login;
}

QString python(const Parts& p) {
    QStringList classes;
    if (p.reads) {
        classes << QStringLiteral("Consumer");
    }
    if (p.writes) {
        classes << QStringLiteral("Producer");
    }
    auto code = QStringLiteral("from confluent_kafka import %1\n\nconfig = {\n    \"bootstrap.servers\": %2,\n%3}\n")
                    .arg(classes.join(QStringLiteral(", ")), doubleQuoted(p.bootstrap), pythonLogin(p));
    if (p.writes) {
        code += QStringLiteral("\nproducer = Producer(config)\n"
                               "producer.produce(%1, key=\"key\", value=\"value\")\nproducer.flush()\n")
                    .arg(doubleQuoted(p.topic));
    }
    if (p.reads) {
        code +=
            QStringLiteral("\nconsumer = Consumer(config | {\"group.id\": %1, \"auto.offset.reset\": \"earliest\"})\n"
                           "consumer.subscribe([%2])\nmessage = consumer.poll(10)\n")
                .arg(doubleQuoted(p.group), doubleQuoted(p.topic));
    }
    return code;
}

} // namespace

QString clientConfig(ClientKind kind, const backbone::Profile& profile, const ClientSetup& setup) {
    const auto parts = partsOf(profile, setup);
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
