# SPDX-License-Identifier: Apache-2.0
"""Asks a node over its socket, as a client would: logs in by PLAIN and counts the brokers of the cluster."""
import socket
import struct


def text(value):
    return struct.pack(">h", len(value)) + value


class Connection:
    def __init__(self, port, seconds):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def read(self, count):
        read = b""
        while len(read) < count:
            more = self.socket.recv(count - len(read))
            if not more:
                raise OSError("closed")
            read += more
        return read

    def ask(self, key, version, body):
        frame = struct.pack(">hhi", key, version, 1) + text(b"probe") + body
        self.socket.sendall(struct.pack(">i", len(frame)) + frame)
        size, _ = struct.unpack(">ii", self.read(8))
        return self.read(size - 4)


def brokers(port, user, password, seconds=5):
    """How many brokers the node knows; 0 while it refuses the login. OSError while it can't be reached."""
    with Connection(port, seconds) as connection:
        token = b"\0".join([b"", user.encode(), password.encode()])
        handshake = connection.ask(17, 1, text(b"PLAIN"))
        login = connection.ask(36, 0, struct.pack(">i", len(token)) + token)
        if handshake[:2] != b"\0\0" or login[:2] != b"\0\0":
            return 0
        return struct.unpack(">i", connection.ask(3, 1, struct.pack(">i", 0))[:4])[0]  # Metadata of no topic
