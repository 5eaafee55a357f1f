# SPDX-License-Identifier: Apache-2.0
# To be sourced. What the system trusts, npm and pip trust too: they bring lists of their own, which know nothing of the
# authority of a company's proxy. What is fetched is checked against a pinned sum or version all the same.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -f "$authorities" ]; then
    export NODE_EXTRA_CA_CERTS="${NODE_EXTRA_CA_CERTS:-$authorities}" PIP_CERT="${PIP_CERT:-$authorities}"
fi
