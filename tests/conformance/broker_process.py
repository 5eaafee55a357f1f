# SPDX-License-Identifier: Apache-2.0
"""A broker of our own as a child process: started, killed, started again on the same port and data."""
import json
import os
import select
import signal
import subprocess


class BrokerProcess:
    def __init__(self, meshctl, data, settings=None):
        self.meshctl, self.data, self.insecure = meshctl, data, True
        self.settings = {"auto.create.topics.enable": "true", "num.partitions": "6", "group.min.session.timeout.ms": "1000",
                         "group.initial.rebalance.delay.ms": "100", **(settings or {})}
        self.listen = "127.0.0.1:0"
        self.process = None
        self.bootstrap = None

    def start(self):
        command = [self.meshctl, "serve", "--data", self.data, "--listen", self.listen]
        command += ["--insecure"] if self.insecure else []
        for name, value in self.settings.items():
            command += ["--set", f"{name}={value}"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        readable, _, _ = select.select([self.process.stdout], [], [], 20)
        line = self.process.stdout.readline() if readable else ""
        if not line:
            self.process.kill()
            raise RuntimeError(f"the broker did not get ready (status {self.process.wait()})")
        ready = json.loads(line)
        assert ready["event"] == "ready", ready
        self.bootstrap = ready["bootstrap"]
        self.listen = self.bootstrap  # a later start takes the same port, so that clients find it again
        return self

    def require_login(self):
        """From the next start on."""
        self.insecure = False

    def named(self, name):
        """A topic's or group's name; nobody else uses this broker."""
        return name

    def connection(self):
        """What a client needs, to be let in."""
        return {"bootstrap": self.bootstrap} if self.insecure else \
            {"bootstrap": self.bootstrap, "mechanism": "PLAIN", **self.access()}

    def access(self):
        """User and password that the broker made for clients on this machine."""
        with open(os.path.join(self.data, "access.json"), encoding="utf-8") as file:
            made = json.load(file)
        return {"user": made["user"], "password": made["password"]}

    def crash(self):
        """kill -9: nothing is flushed that was not acknowledged."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """A clean stop; True when the broker says so by its status."""
        if self.process is None or self.process.poll() is not None:
            return self.process is not None and self.process.returncode == 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=20) == 0
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return False
