"""Receives webhooks of an Outcry instance and verifies them by Standard Webhooks. Standard library only.

    OUTCRY_SECRET=whsec_… PORT=8000 python3 receive.py

Register it with POST /v1/webhooks; on one machine the instance needs WEBHOOK_ALLOW_PRIVATE=1.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import time

SECRET = base64.b64decode(os.environ["OUTCRY_SECRET"].removeprefix("whsec_"))
TOLERANCE_SECONDS = 300


def is_genuine(headers, body):
    """Whether a message was signed with the secret, within the last minutes."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    # After a rotation there are two signatures for a day.
    return any(hmac.compare_digest(expected, one) for one in headers.get("webhook-signature", "").split(" "))


class Receiver(http.server.BaseHTTPRequestHandler):
    seen = set()

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_genuine(self.headers, body):
            self.send_response(401)
            self.end_headers()
            return
        self.send_response(204)
        self.end_headers()
        # The same id comes again when our answer was lost on the way.
        if self.headers["webhook-id"] in self.seen:
            return
        self.seen.add(self.headers["webhook-id"])
        message = json.loads(body)
        print(message["type"], message["timestamp"], message["data"].get("service"), flush=True)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Receiver)
    print(f"listening on {server.server_port}", flush=True)
    server.serve_forever()
