# SPDX-License-Identifier: Apache-2.0
"""Topics, configurations, groups by an administrator; logging in by each mechanism."""


def administer(client, broker):
    broker.start()
    client.run("admin", bootstrap=broker.bootstrap, topic="managed", group="managers")
    assert broker.stop(), "the broker did not stop cleanly"


def log_in(client, broker):
    broker.insecure = False
    broker.start()
    access = broker.access()
    for mechanism in client.mechanisms:
        right = client.run("login", bootstrap=broker.bootstrap, mechanism=mechanism, user=access["user"],
                           password=access["password"])[-1]
        assert right["ok"], f"{client.name} can't log in by {mechanism}: {right.get('reason')}"
        wrong = client.run("login", bootstrap=broker.bootstrap, mechanism=mechanism, user=access["user"],
                           password="wrong")[-1]
        assert not wrong["ok"], f"{client.name} logged in by {mechanism} with a wrong password"
    nobody = client.run("login", bootstrap=broker.bootstrap)[-1]
    assert not nobody["ok"], f"{client.name} got in without logging in"
