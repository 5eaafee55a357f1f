#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints self-signed certificates with odd subjects, a line each: case, blank, certificate in base64 of DER. Needs python3-cryptography."""
import base64
import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.name import _ASN1Type as Kind
from cryptography.x509.oid import NameOID, ObjectIdentifier

COMMON = [(NameOID.COUNTRY_NAME, "DE"), (NameOID.ORGANIZATION_NAME, "Mesh"), (NameOID.COMMON_NAME, "orders")]


def name(parts, kind=None):
    return x509.Name([x509.NameAttribute(oid, text, kind, _validate=False) if kind else
                      x509.NameAttribute(oid, text, _validate=False) for oid, text in parts])


def of(text, kind=None):
    return name([(NameOID.COMMON_NAME, text)], kind)


def several(*sets):
    return x509.Name([x509.RelativeDistinguishedName([x509.NameAttribute(oid, text) for oid, text in one]) for one in sets])


SUBJECTS = {
    "reversed": name(COMMON),
    "every_keyword": name([(NameOID.COUNTRY_NAME, "DE"), (NameOID.STATE_OR_PROVINCE_NAME, "Hesse"), (NameOID.LOCALITY_NAME, "Kassel"),
                           (NameOID.STREET_ADDRESS, "Main 1"), (NameOID.ORGANIZATION_NAME, "Mesh"),
                           (NameOID.ORGANIZATIONAL_UNIT_NAME, "Data"), (NameOID.DOMAIN_COMPONENT, "example"),
                           (NameOID.USER_ID, "u1"), (NameOID.COMMON_NAME, "orders")]),
    "unknown_keywords": name([(NameOID.EMAIL_ADDRESS, "a@example.org"), (NameOID.SERIAL_NUMBER, "4711"), (NameOID.TITLE, "Dr"),
                              (NameOID.SURNAME, "Doe"), (NameOID.GIVEN_NAME, "Jo"), (NameOID.DN_QUALIFIER, "q"),
                              (NameOID.GENERATION_QUALIFIER, "III"), (NameOID.PSEUDONYM, "p"), (NameOID.POSTAL_CODE, "34117"),
                              (ObjectIdentifier("1.2.3.4.5"), "own"), (NameOID.COMMON_NAME, "x")]),
    "long_unknown": name([(ObjectIdentifier("1.3.6.1.4.1.55555.1"), "y" * 300), (NameOID.COMMON_NAME, "x")]),
    "comma": of("Doe, Jo"), "plus": of("a+b"), "quote": of('say "x"'), "backslash": of("a\\b"), "angle": of("<a>;b"),
    "equals": of("a=b"), "hash_first": of("#1"), "hash_inside": of("a#1"), "slash": of("host/a.example@REALM"), "colon": of("User:x"),
    "lead_blank": of(" x"), "lead_blanks": of("  x"), "trail_blank": of("x "), "only_blank": of("  "), "inner_blanks": of("a  b"),
    "carriage": of("\rx\r", Kind.UTF8String), "newline": of("a\nb", Kind.UTF8String), "tab": of("\tx", Kind.UTF8String),
    "nul": of("a\0b", Kind.UTF8String), "delete": of("a\x7fb", Kind.UTF8String),
    "umlaut": of("Jörg Müller"), "greek": of("Ωmega"), "astral": of("a😀b"), "combining": of("e\u0301"),
    "latin_t61": of("M\u00fcller", Kind.T61String), "printable": of("Plain", Kind.PrintableString), "ia5": of("a@b", Kind.IA5String),
    "bmp": of("Mü", Kind.BMPString), "bmp_ascii": of("ab", Kind.BMPString), "universal": of("ab", Kind.UniversalString),
    "numeric": of("12", Kind.NumericString),
    "case_kept": of("OrDers"), "two_cn": name([(NameOID.COMMON_NAME, "a"), (NameOID.COMMON_NAME, "b")]),
    "multi_valued": several([(NameOID.ORGANIZATION_NAME, "Mesh")], [(NameOID.COMMON_NAME, "x"), (NameOID.USER_ID, "u")]),
    "multi_valued_three": several([(NameOID.USER_ID, "u"), (NameOID.COMMON_NAME, "x"), (NameOID.EMAIL_ADDRESS, "a@b.c")],
                                  [(NameOID.COUNTRY_NAME, "DE")]),
    "empty_value": of("", Kind.UTF8String), "empty": x509.Name([]),
    "state": name([(NameOID.STATE_OR_PROVINCE_NAME, "CA"), (NameOID.COMMON_NAME, "x")]),
    "domain": name([(NameOID.DOMAIN_COMPONENT, "org"), (NameOID.DOMAIN_COMPONENT, "example"), (NameOID.COMMON_NAME, "svc")]),
    "wildcard": of("*.example.org"), "long": of("n" * 64),
}


def certificate(subject):
    key = ec.generate_private_key(ec.SECP256R1())
    begin = datetime.datetime(2024, 1, 1)
    made = (x509.CertificateBuilder().subject_name(subject).issuer_name(of("golden")).public_key(key.public_key())
            .serial_number(1).not_valid_before(begin).not_valid_after(begin + datetime.timedelta(days=36500))
            .sign(key, hashes.SHA256()))
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


for case, subject in SUBJECTS.items():
    print(case, certificate(subject))
