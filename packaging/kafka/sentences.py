# SPDX-License-Identifier: Apache-2.0
"""What went wrong, as a sentence that a person can act on."""


class KafkaError(Exception):
    pass


class Unavailable(KafkaError):
    """This machine lacks a program or can't reach the registry: a test is skipped for it, where any other failure is one."""
