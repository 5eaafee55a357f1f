# SPDX-License-Identifier: Apache-2.0
"""What the system trusts, Maven trusts too: Java brings a list of its own, which knows nothing of the authority of a
company's proxy that was added to the system's. As packaging/trust.sh does for npm and pip."""
import base64
import hashlib
import os
import re
import shutil
import subprocess

SYSTEM = "/etc/ssl/certs/ca-certificates.crt"
PASSWORD = "changeit"  # Java's own for a list that has no secrets
MOST_ADDED = 20


def system_authorities():
    """Fingerprint -> certificate as text."""
    if not os.path.exists(SYSTEM):
        return {}
    with open(SYSTEM, encoding="ascii", errors="replace") as file:
        found = re.findall(r"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", file.read(), re.S)
    whole = "-----BEGIN CERTIFICATE-----{}-----END CERTIFICATE-----\n"
    return {hashlib.sha256(base64.b64decode(body)).hexdigest(): whole.format(body) for body in found}


def keytool(*words):
    return subprocess.run(["keytool", *words, "-storepass", PASSWORD], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=60, env={**os.environ, "LC_ALL": "C"})


def maven_options(folder):
    """Options for MAVEN_OPTS: empty, or a list of authorities in `folder` with those that Java doesn't know."""
    shown = subprocess.run(["java", "-XshowSettings:properties", "-version"], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, timeout=60).stdout
    java_home = re.search(r"java\.home = (.*)", shown)
    known = os.path.join(java_home.group(1), "lib", "security", "cacerts") if java_home else ""
    if not os.path.exists(known) or shutil.which("keytool") is None:
        return ""
    listed = keytool("-list", "-keystore", known).stdout
    fingerprints = {one.replace(":", "").lower() for one in re.findall(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", listed)}
    missing = [text for print_, text in system_authorities().items() if print_ not in fingerprints]
    if not missing or len(missing) > MOST_ADDED:
        return ""
    store = os.path.join(folder, "authorities")
    shutil.copyfile(known, store)
    for number, text in enumerate(missing):
        file = os.path.join(folder, f"authority-{number}.pem")
        with open(file, "w", encoding="ascii") as out:
            out.write(text)
        keytool("-importcert", "-noprompt", "-keystore", store, "-alias", f"system-{number}", "-file", file)
    return f" -Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword={PASSWORD}"
