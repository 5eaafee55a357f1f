# SPDX-License-Identifier: Apache-2.0
"""An authority made on the spot, a certificate of it for the nodes and one for the user admin; all for a day."""
import os
import shutil
import subprocess

from sentences import KafkaError, Unavailable

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def openssl(*words):
    try:
        done = subprocess.run(["openssl", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=30)
    except subprocess.TimeoutExpired:
        raise KafkaError("openssl made no certificate in 30 s.") from None
    if done.returncode != 0:
        raise KafkaError(f"openssl {words[0]} failed: {done.stdout.strip()[-300:]}")


def issue(folder, name, subject, extension):
    at = lambda end: os.path.join(folder, name + end)
    openssl("req", *KEY, "-keyout", at(".key"), "-out", at(".csr"), "-subj", f"/CN={subject}")
    with open(at(".ext"), "w", encoding="utf-8") as file:
        file.write(extension)
    openssl("x509", "-req", "-in", at(".csr"), "-CA", os.path.join(folder, "ca.pem"), "-CAkey",
            os.path.join(folder, "ca.key"), "-CAcreateserial", "-days", "1", "-extfile", at(".ext"), "-out", at(".pem"))
    with open(at("-keystore.pem"), "w", encoding="utf-8") as both:
        for end in (".key", ".pem"):
            with open(at(end), encoding="utf-8") as part:
                both.write(part.read())


def make(folder):
    """In `folder`: ca.pem, node-keystore.pem, admin.pem, admin.key."""
    if shutil.which("openssl") is None:
        raise Unavailable("there is no openssl here; install openssl.")
    openssl("req", "-x509", *KEY, "-days", "1", "-keyout", os.path.join(folder, "ca.key"), "-out",
            os.path.join(folder, "ca.pem"), "-subj", "/CN=Meshbone tests")
    issue(folder, "node", "localhost", "subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    issue(folder, "admin", "admin", "extendedKeyUsage=clientAuth\n")
