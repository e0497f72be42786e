#!/usr/bin/env python3
"""A runner of the conformance corpus that reads feedback the way many small handlers do. Its score is no aim.

It knows the identity family only (`notificationType`), opens one SNS envelope in the first record, takes every reported
recipient at its word and lower-cases it. With --both-families it knows `eventType` too. Needs Python 3.8 or newer and no
packages.
"""

import json
import sys
from email.utils import parseaddr

LISTS = {
    "Bounce": ("bounce", "bouncedRecipients"),
    "Complaint": ("complaint", "complainedRecipients"),
    "Delivery": ("delivery", "recipients"),
}


def unwrap(payload):
    """The SES message in whatever this runner knows to open."""
    if isinstance(payload, str):
        payload = json.loads(payload)
    if "Records" in payload:
        record = payload["Records"][0]
        payload = record["Sns"] if "Sns" in record else json.loads(record["body"])
    if "Message" in payload:
        payload = json.loads(payload["Message"])
    return payload


BOTH_FAMILIES = "--both-families" in sys.argv[1:]


def read(payload):
    """One line a recipient; one line about nobody where there is none."""
    message = unwrap(payload)
    kind = message["eventType"] if BOTH_FAMILIES and "eventType" in message else message["notificationType"]
    if kind not in LISTS:
        return [{"type": kind, "address": None, "at": None}]
    place, name = LISTS[kind]
    detail = message[place]
    lines = []
    for recipient in detail[name]:
        address = recipient["emailAddress"] if isinstance(recipient, dict) else recipient
        lines.append({"type": kind, "address": address.lower(), "at": detail["timestamp"]})
    return lines


def answer(task):
    """What this runner says to one task."""
    if task["kind"] == "message":
        if "encoding" in task:
            return {"unsupported": "bytes"}
        try:
            return {"decisions": read(task["input"])}
        except Exception as error:  # a handler like this one fails its whole batch here
            return {"error": type(error).__name__}
    if task["kind"] == "address":
        given = task["input"]
        address = parseaddr(given)[1].lower() if isinstance(given, str) else ""
        return {"key": address if "@" in address else None}
    return {"unsupported": task["kind"]}


def main():
    print(json.dumps({"levels": ["reading", "address"]}))
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps({"id": task["id"], **answer(task)}))


if __name__ == "__main__":
    main()
