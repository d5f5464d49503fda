"""Follows the event stream of an Outcry instance, and comes back after breaks without losing or repeating an event.

    OUTCRY_URL=http://localhost:8787 python3 follow.py [QUERY]

QUERY is that of /v1/spikes/stream, such as "service=exchange-online&type=incident.opened". Standard library only.
"""

import json
import os
import random
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("OUTCRY_URL", "http://localhost:8787")


def events(query="", cursor=None):
    """Yields events for ever. `cursor` is the id of the last event that you have."""
    wait = 1.0
    while True:
        headers = {"Accept": "text/event-stream"}
        if cursor is not None:
            headers["Last-Event-ID"] = cursor
        try:
            request = urllib.request.Request(f"{URL}/v1/spikes/stream?{query}", headers=headers)
            # A sign of life comes every 15 seconds: three missed ones are a broken line.
            with urllib.request.urlopen(request, timeout=45) as stream:
                data = None
                for raw in stream:
                    line = raw.decode().rstrip("\n")
                    if line.startswith("id: "):
                        cursor = line[4:]
                    elif line.startswith("data: "):
                        data = line[6:]
                    elif line == "" and data is not None:
                        wait = 1.0
                        yield json.loads(data)
                        data = None
        except urllib.error.HTTPError as error:
            if error.code != 429 and error.code < 500:
                raise
            wait = max(wait, float(error.headers.get("Retry-After") or 0))
        except OSError:
            pass
        time.sleep(wait * random.uniform(0.5, 1))
        wait = min(60.0, wait * 2)


if __name__ == "__main__":
    for event in events(*sys.argv[1:2], cursor=os.environ.get("OUTCRY_CURSOR")):
        data = event["data"]
        print(event["at"], event["type"], event["service"], event["region"] or "world", data["status"], flush=True)
