"""A folder into an authority of its own, and sockets on which the stand-in is fal's hosts."""

import ssl
from pathlib import Path

import trustme

from storyboard.emulator.hosts import FAL_HOSTS, LOOPBACK, Secure, bind


def secure(folder: Path) -> Secure:
    """Make an authority, a certificate for fal's hosts, and bind their ports.

    A later process makes others: nothing of it is good for longer than the stand-in runs.
    """
    authority = trustme.CA()
    certificate = authority.issue_cert(LOOPBACK, "localhost", *FAL_HOSTS)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Secure(bind(0), bind(0), context, ca_file)
