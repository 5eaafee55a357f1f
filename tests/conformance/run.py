#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Conformance: clients that we did not write against a broker of ours, started for it alone, or against Apache Kafka.

run.py --meshctl PROGRAM|--kafka STATE --strangers FOLDER CLIENT SCENARIO
CLIENT: kcat, confluent, kafkajs (or "all" for the scenario exchange). STATE: the file of kafka_fixture.py.
Status 77: the client is not installed, or Kafka is not there.
"""
import argparse
import contextlib
import os
import sys
import tempfile

import administration
import groups
import messages
import strangers
from broker_process import BrokerProcess
from kafka_broker import KafkaBroker

SKIPPED = 77
CLIENTS = ["kcat", "confluent", "kafkajs"]
SCENARIOS = {
    "roundtrip": messages.roundtrip,
    "group": groups.comings_and_goings,
    "group_cooperative":
        lambda client, broker: groups.comings_and_goings(client, broker, assignor="cooperative-sticky"),
    "admin": administration.administer,
    "login": administration.log_in,
}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


@contextlib.contextmanager
def engine(options):
    if options.kafka:
        if not KafkaBroker.is_there(options.kafka):
            skip("Apache Kafka was not started; the test kafka_start says why")
        yield KafkaBroker(options.kafka, f"{options.client}-{options.scenario}-")
        return
    if not os.access(options.meshctl, os.X_OK):
        skip(f"{options.meshctl} is not built")
    with tempfile.TemporaryDirectory(prefix="meshbone-conformance-") as data:
        broker = BrokerProcess(options.meshctl, data)
        try:
            yield broker
        finally:
            broker.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    engines = parser.add_mutually_exclusive_group(required=True)
    engines.add_argument("--meshctl")
    engines.add_argument("--kafka")
    parser.add_argument("--strangers", required=True)
    parser.add_argument("client", choices=[*CLIENTS, "all"])
    parser.add_argument("scenario", choices=[*SCENARIOS, "exchange"])
    options = parser.parse_args()

    names = CLIENTS if options.client == "all" else [options.client]
    found = [strangers.find(name, options.strangers) for name in names]
    clients = [one for one in found if isinstance(one, strangers.Stranger)]
    if not clients or (options.scenario == "exchange" and len(clients) < 2):
        skip("; ".join(one for one in found if isinstance(one, str)))

    with engine(options) as broker:
        if options.scenario == "exchange":
            messages.exchange(clients, broker)
        else:
            SCENARIOS[options.scenario](clients[0], broker)
    print(f"passed: {options.client} {options.scenario}")


if __name__ == "__main__":
    main()
