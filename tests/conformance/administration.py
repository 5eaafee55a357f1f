# SPDX-License-Identifier: Apache-2.0
"""Topics, configurations, groups by an administrator; logging in by each mechanism."""
import concurrent.futures


def administer(client, broker):
    broker.start()
    client.run("admin", **broker.connection(), topic=broker.named("managed"), group=broker.named("managers"))
    assert broker.stop(), "the broker did not stop cleanly"


def log_in(client, broker):
    broker.require_login()
    broker.start()
    access = broker.access()
    wrong = {**access, "password": "wrong"}
    attempts = [(mechanism, who) for mechanism in client.mechanisms for who in (access, wrong)] + [(None, {})]

    def attempt(mechanism, who):
        how = {"mechanism": mechanism, **who} if mechanism else {}
        return client.run("login", bootstrap=broker.bootstrap, **how)[-1]

    # At once: a client whose login is refused goes on trying until its time is over.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(attempt, *zip(*attempts)))
    for (mechanism, who), answer in zip(attempts, answers):
        if who is access:
            assert answer["ok"], f"{client.name} can't log in by {mechanism}: {answer.get('reason')}"
        else:
            how = f"by {mechanism} with a wrong password" if mechanism else "without logging in"
            assert not answer["ok"], f"{client.name} got in {how}"
