# SPDX-License-Identifier: Apache-2.0
"""A node's server.properties."""
import os

LISTENERS = ["SASL_PLAINTEXT", "SASL_SSL", "SSL", "CONTROLLER"]
MECHANISMS = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]
LOGIN = "org.apache.kafka.common.security"


def logins(users):
    """The nodes log in to each other as admin by PLAIN: nobody is let in without a login, and ANONYMOUS may do nothing."""
    known = " ".join(f'user_{name}="{password}"' for name, password in users.items())
    found = {}
    for listener in ("sasl_plaintext", "sasl_ssl", "controller"):
        prefix = f"listener.name.{listener}"
        found[f"{prefix}.plain.sasl.jaas.config"] = \
            f'{LOGIN}.plain.PlainLoginModule required username="admin" password="{users["admin"]}" {known};'
        for mechanism in MECHANISMS[1:]:
            found[f"{prefix}.{mechanism.lower()}.sasl.jaas.config"] = f"{LOGIN}.scram.ScramLoginModule required;"
    return found


def of(node, nodes, users, folder, settings):
    copies = str(len(nodes))
    at = lambda name: f"{name}://127.0.0.1:{node['ports'][name]}"
    all_of = {
        "process.roles": "broker,controller",
        "node.id": str(node["id"]),
        "controller.quorum.voters": ",".join(f"{one['id']}@127.0.0.1:{one['ports']['CONTROLLER']}" for one in nodes),
        "controller.listener.names": "CONTROLLER",
        "listeners": ",".join(at(name) for name in LISTENERS),
        "advertised.listeners": ",".join(at(name) for name in LISTENERS if name != "CONTROLLER"),
        "listener.security.protocol.map":
            ",".join([*(f"{name}:{name}" for name in LISTENERS[:-1]), "CONTROLLER:SASL_PLAINTEXT"]),
        "inter.broker.listener.name": "SASL_PLAINTEXT",
        "sasl.mechanism.inter.broker.protocol": "PLAIN",
        "sasl.mechanism.controller.protocol": "PLAIN",
        "sasl.enabled.mechanisms": ",".join(MECHANISMS),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": os.path.join(folder, "node-keystore.pem"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": os.path.join(folder, "ca.pem"),
        "listener.name.ssl.ssl.client.auth": "requested",
        "ssl.principal.mapping.rules": "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:admin",
        "log.dirs": os.path.join(node["folder"], "data"),
        "group.initial.rebalance.delay.ms": "100",
        "offsets.topic.num.partitions": "4",
        "offsets.topic.replication.factor": copies,
        "transaction.state.log.num.partitions": "4",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": copies,
        "share.coordinator.state.topic.min.isr": "1",
        # A test has a handful of clients; a thread each for what is heavier on a machine with many cores.
        "num.network.threads": "2",
        "num.io.threads": "4",
        "log.cleaner.dedupe.buffer.size": str(8 << 20),
        **logins(users),
        **settings,
    }
    return "".join(f"{name}={value}\n" for name, value in all_of.items())
