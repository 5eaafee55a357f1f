# SPDX-License-Identifier: Apache-2.0
"""Apache Kafka where a scenario has a broker: it is shared by all tests of a run, so it is neither killed nor stopped."""
import json
import os


class KafkaBroker:
    def __init__(self, state, prefix):
        """`state`: the file of kafka_fixture.py; `prefix`: what makes names of topics and groups this test's own."""
        with open(state, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.prefix, self.settings = prefix, {}
        self.bootstrap = self.ready["bootstrap"]

    @staticmethod
    def is_there(state):
        return os.path.exists(state)

    def named(self, name):
        return self.prefix + name

    def connection(self):
        return {"bootstrap": self.bootstrap, "mechanism": "PLAIN", **self.access()}

    def access(self):
        return {"user": self.ready["user"], "password": self.ready["password"]}

    def require_login(self):
        pass  # it always does

    def start(self):
        return self

    def crash(self):
        """Others use it. What a scenario asks for after a crash of the embedded broker must hold without one too."""

    def stop(self):
        return True
