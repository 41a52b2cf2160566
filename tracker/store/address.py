"""Where a register on a server is: a PostgreSQL URL without any secret in it."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from msgspec import Struct

from tracker.errors import UsageError

_BEGINNING = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_SECRETS = {
    "password",
    "sslpassword",
    "oauth_client_secret",
    "scram_client_key",
    "scram_server_key",
}


class ServerAddress(Struct, frozen=True):
    """A database, and the register in it by the prefix of its keys.

    An empty prefix means the only register that the role can see. ``shown`` is what may be
    printed: server and database, but no option.
    """

    url: str
    prefix: str
    shown: str


def is_server_address(text: str) -> bool:
    """Return whether ``text`` names a server rather than a file."""
    return bool(_BEGINNING.match(text.strip()))


def parse_address(text: str) -> ServerAddress:
    """Read a URL such as ``postgresql://rina@server/kota?register=abcde``.

    Raises ``UsageError`` for a password, which others could read in the list of
    processes and in the shell's history.
    """
    try:
        parts = urlsplit(text.strip())
        # To libpq a plus is a plus, and a space is %20 alone.
        query = parts.query.replace("+", "%2B")
        options = parse_qsl(query, keep_blank_values=True)
        has_password = parts.password is not None
        named = parts.hostname or dict(options).get("host", "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise UsageError(
            "This is not the address of a server: write postgresql://USER@HOST/DATABASE.",
        ) from None

    if has_password or any(name.lower() in _SECRETS for name, _ in options):
        raise UsageError(
            "A password does not belong in an address, where others can read it: put it into "
            "~/.pgpass, or into the file that PGPASSFILE names.",
        )

    prefix = dict(options).get("register", "")
    service = dict(options).get("service", "")
    passed_on = [item for item in options if item[0] != "register"]
    query = urlencode(passed_on, quote_via=quote)
    url = f"postgresql://{parts.netloc}{parts.path}?{query}"
    database = unquote(parts.path)
    user = f"{unquote(parts.username)}@" if parts.username else ""
    shown = f"postgresql://{user}{named}{port}{database}"
    if service:
        shown += f"?service={service}"
    return ServerAddress(url, prefix, shown)
