"""Posts incidents of an Outcry instance to a Slack channel, through an incoming webhook of Slack.

    OUTCRY_URL=http://localhost:8787 SLACK_WEBHOOK_URL=https://hooks.slack.com/services/… python3 forward.py [QUERY]

It follows the stream, so it needs no public address. QUERY narrows it, such as "region=DE". Standard library only.
"""

import json
import os
import pathlib
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))
from follow import URL, events  # noqa: E402

SIGNS = {"incident.opened": ":warning:", "incident.resolved": ":white_check_mark:"}


def text_of(event):
    """One line for the channel. It says who says so: people who report, not the provider."""
    incident = event["data"]
    link = f"<{URL}/i/{incident['id']}|{event['service']}>"
    if event["type"] == "incident.resolved":
        return f"{SIGNS[event['type']]} {link}: reports are back to normal after {incident['reports']} reports."
    regions = ", ".join(region["region"] for region in incident["regions"][:3]) or "no single region"
    certainty = "not confirmed" if incident["status"] == "suspected" else incident["severity"]
    return (
        f"{SIGNS[event['type']]} {link}: people report problems ({certainty}). "
        f"{incident['peak']['observed']} in 15 minutes, about {incident['peak']['expected']:.0f} are usual. Mainly: {regions}."
    )


def post(text):
    request = urllib.request.Request(
        os.environ["SLACK_WEBHOOK_URL"],
        data=json.dumps({"text": text}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=15).close()


if __name__ == "__main__":
    query = "&".join(["type=incident.opened,incident.resolved", *sys.argv[1:2]])
    for event in events(query, cursor=os.environ.get("OUTCRY_CURSOR")):
        post(text_of(event))
