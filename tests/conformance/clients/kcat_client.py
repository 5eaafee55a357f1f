# SPDX-License-Identifier: Apache-2.0
"""kcat as a stranger's client, behind the same commands as the others: `kcat_client.py COMMAND JSON`."""
import json
import re
import subprocess
import sys
import threading
import time

PRINT_LOCK = threading.Lock()


def say(event, **fields):
    with PRINT_LOCK:
        print(json.dumps({"event": event, "at": time.monotonic(), **fields}), flush=True)


def kcat(args, *more):
    command = ["kcat", "-b", args["bootstrap"], *more]
    if "mechanism" in args:
        for property in ("security.protocol=SASL_PLAINTEXT", f"sasl.mechanism={args['mechanism']}",
                         f"sasl.username={args['user']}", f"sasl.password={args['password']}"):
            command += ["-X", property]
    return command


def produce(args):
    """kcat takes one set of headers a run, so records with the same headers go together."""
    groups = {}
    for record in args["records"]:
        groups.setdefault(json.dumps([record["headers"], record.get("partition", -1)]), []).append(record)
    for shape, records in groups.items():
        headers, partition = json.loads(shape)
        more = ["-P", "-t", args["topic"], "-K", "\t", "-Z", "-z", args.get("codec", "none"), "-p", str(partition),
                "-X", "acks=all"]
        for name, value in headers:
            more += ["-H", f"{name}={value}"]
        lines = "".join(f"{record['key'] or ''}\t{record['value'] or ''}\n" for record in records)
        subprocess.run(kcat(args, *more), input=lines, text=True, check=True, timeout=60)
    say("produced", places=[])


def show(line):
    record = json.loads(line)
    headers = record.get("headers") or []
    say("record", partition=record["partition"], offset=record["offset"], key=record["key"], value=record["payload"],
        headers=[list(pair) for pair in zip(headers[::2], headers[1::2])])


def consume(args):
    read = subprocess.run(kcat(args, "-C", "-t", args["topic"], "-o", "beginning", "-e", "-q", "-J"),
                          stdout=subprocess.PIPE, text=True, check=True, timeout=60)
    for line in read.stdout.splitlines():
        show(line)
    say("end", complete=True)


def member(args):
    properties = ["auto.offset.reset=earliest", "partition.assignment.strategy=range", "heartbeat.interval.ms=500",
                  f"session.timeout.ms={args.get('sessionMs', 6000)}", "auto.commit.interval.ms=100"]
    more = [word for one in properties for word in ("-X", one)]
    # -E: go on when the broker is away for a moment.
    process = subprocess.Popen(kcat(args, *more, "-E", "-u", "-J", "-G", args["group"], args["topic"]),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def follow_group():
        for line in process.stderr:
            moved = re.search(r"rebalanced.*(assigned|revoked): (.*)", line)
            if moved:
                say(moved.group(1), partitions=[int(one) for one in re.findall(r"\[(\d+)\]", moved.group(2))])

    def leave():
        sys.stdin.read()
        process.terminate()

    follower = threading.Thread(target=follow_group)
    follower.start()
    threading.Thread(target=leave, daemon=True).start()
    for line in process.stdout:
        show(line)
    follower.join()
    process.wait()
    say("left")


def login(args):
    listed = subprocess.run(kcat(args, "-L", "-J", "-m", "8"), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True)
    ok = listed.returncode == 0 and len(json.loads(listed.stdout)["brokers"]) > 0
    say("login", ok=ok, reason=listed.stderr.strip()[-200:])


if __name__ == "__main__":
    COMMANDS = {one.__name__: one for one in (produce, consume, member, login)}
    COMMANDS[sys.argv[1]](json.loads(sys.argv[2]))
