#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many calls a second `kiln emulator` answers: creates and describes, signed beforehand, over kept connections.

    Tests/Conformance/load.py path/to/kiln [calls [connections]]

The requests are made before the clock starts, so that what is measured is the service, its HTTP, its signature check
and its disk; sending and reading share the machine's processors with it.
"""

import hashlib
import hmac
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import quote


def signed(host, action, parameters):
    """The bytes of one call with signature V3 and a form body."""
    encode = lambda text: quote(text, safe="-_.~")  # noqa: E731
    body = "&".join(f"{encode(k)}={encode(v)}" for k, v in parameters.items()).encode()
    headers = {
        "content-type": "application/x-www-form-urlencoded", "host": host, "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-acs-date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "x-acs-signature-nonce": os.urandom(16).hex(), "x-acs-version": "2014-05-26"}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{lines}\n{names}\n{headers['x-acs-content-sha256']}"
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(b"emulated", text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = f"ACS3-HMAC-SHA256 Credential=emulated,SignedHeaders={names},Signature={signature}"
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{head}content-length: {len(body)}\r\n\r\n".encode() + body


def answers(connection):
    """The bodies of the answers on a connection, one after another."""
    buffer = b""
    while True:
        while b"\r\n\r\n" not in buffer:
            buffer += connection.recv(65536)
        head, _, buffer = buffer.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(buffer) < length:
            buffer += connection.recv(65536)
        body, buffer = buffer[:length], buffer[length:]
        yield head.split(b" ", 2)[1], body


def measure(port, requests, connections):
    """Calls per second, and the first body that is no success."""
    shares = [requests[number::connections] for number in range(connections)]
    failures = []
    ready = threading.Barrier(connections + 1)

    def send(share):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            incoming = answers(connection)
            ready.wait()
            for request in share:
                connection.sendall(request)
                status, body = next(incoming)
                if status != b"200":
                    failures.append(body)

    threads = [threading.Thread(target=send, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(f"{len(failures)} calls failed, the first with {failures[0].decode()}")
    return len(requests) / (time.perf_counter() - start)


def main(kiln, calls=6000, connections=32):
    with tempfile.TemporaryDirectory() as folder:
        port_file = os.path.join(folder, "port")
        process = subprocess.Popen(
            [kiln, "emulator", "--data", os.path.join(folder, "data.sqlite"), "--port-file", port_file],
            stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(port_file):
                time.sleep(0.02)
            with open(port_file) as file:
                port = int(file.read())
            host, region = f"127.0.0.1:{port}", {"RegionId": "cn-hangzhou"}
            creates = [
                signed(host, "CreateImageComponent", {
                    **region, "Name": f"web-{number}", "Content": "RUN yum install -y nginx\n", "ClientToken": f"t-{number}",
                    "Tag.1.Key": "team", "Tag.1.Value": "web", "Tag.2.Key": "stack", "Tag.2.Value": f"s-{number % 7}"})
                for number in range(calls)]
            print(f"creates    {measure(port, creates, connections):8.0f} per second")
            describes = [
                signed(host, "DescribeImageComponents", {**region, "Name": f"web-{number}"}) for number in range(calls)]
            print(f"describes  {measure(port, describes, connections):8.0f} per second")
            pages = [signed(host, "DescribeImageComponents", {**region, "MaxResults": "500"}) for _ in range(200)]
            print(f"pages of 500 {measure(port, pages, 4):6.0f} per second")
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
