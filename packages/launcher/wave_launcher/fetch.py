"""Gets a bundle from the store, for engines that cannot lay one into a sandbox."""

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request

from failure import DISK_FULL, Failure
from log import say

CHUNK = 1 << 18
# Of one read: a store that says nothing for so long is asked again.
SILENCE_S = 30
PAUSES_S = (0.2, 0.5, 1, 2, 4, 8, 8, 8, 8, 8)


def fetch(source, bundle):
    for pause_s in (*PAUSES_S, None):
        try:
            return download(source, bundle)
        except urllib.error.HTTPError as error:
            # Asked again only where the answer may be another one.
            if error.code < 500 and error.code not in (408, 429):
                raise not_fetched(f"the store answers {error.code}") from error
            trouble = f"the store answers {error.code}"
        except (OSError, http.client.HTTPException, Unequal) as error:
            if isinstance(error, OSError) and error.errno in DISK_FULL:
                raise Failure("disk_full", "There is no space left for the bundle.") from error
            trouble = str(getattr(error, "reason", error))
        if pause_s is None:
            raise not_fetched(trouble)
        say(f"the bundle could not be fetched ({trouble}), and is asked for again")
        time.sleep(pause_s)


class Unequal(Exception):
    """What came is not what was asked for."""


def download(source, bundle):
    request = urllib.request.Request(source["url"], headers=source.get("headers", {}))
    partial = bundle + ".part"
    digest = hashlib.sha256()
    with urllib.request.urlopen(request, timeout=SILENCE_S) as answer, open(partial, "wb") as target:
        while chunk := answer.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    if digest.hexdigest() != source["sha256"]:
        raise Unequal("what came is not the whole bundle")
    os.replace(partial, bundle)


def not_fetched(trouble):
    return Failure("source_failed", f"The bundle cannot be fetched from the store: {trouble}.")
