# SPDX-License-Identifier: Apache-2.0
"""The emulator as a process, and the list of cases."""

import os
import signal
import subprocess
import tempfile
import time
import traceback

CASES = []


class Case:
    def __init__(self, name, body):
        self.name = name
        self.body = body


def case(body):
    """Makes a function a case; it gets the emulator's Account."""
    CASES.append(Case(f"{body.__module__.split('.')[-1]}: {body.__name__.replace('_', ' ')}", body))
    return body


def cases(label, table):
    """Makes a case of each row of a table; the function gets the account and the row's values."""

    def decorate(body):
        for row in table:
            def one(account, row=row):
                body(account, *row)
            name = f"{body.__module__.split('.')[-1]}: {label(*row)}"
            CASES.append(Case(name, one))
        return body

    return decorate


class Emulator:
    """`kiln emulator` as a child process."""

    def __init__(self, accounts=1, data=":memory:", arguments=("--clock", "fast", "--control")):
        self.count = accounts
        self.data = data
        self.arguments = list(arguments)
        self.used = 0

    def start(self):
        self.folder = tempfile.TemporaryDirectory()
        port_file = os.path.join(self.folder.name, "port")
        command = [os.environ["KILN"], "emulator", "--port", "0", "--port-file", port_file, "--data", self.data]
        for number in range(self.count):
            command += ["--access-key", f"key{number}:secret{number}:{1000000000000000 + number}"]
        self.process = subprocess.Popen(
            command + self.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        deadline = time.monotonic() + 30
        while not os.path.exists(port_file):
            if self.process.poll() is not None:
                raise RuntimeError("the emulator ended: " + self.process.stderr.read().decode())
            if time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError("the emulator is not ready after 30 seconds")
            time.sleep(0.02)
        with open(port_file) as file:
            self.port = int(file.read())
        return self

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(timeout=20)
        self.process.stderr.close()
        self.folder.cleanup()
        return status

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    def account(self):
        number = self.used
        self.used += 1
        return Account(self, f"key{number}", f"secret{number}", str(1000000000000000 + number))


class Account:
    """Somebody with a key and an account of their own."""

    def __init__(self, emulator, key, secret, number, token=None):
        self.host = f"127.0.0.1:{emulator.port}"
        self.key = key
        self.secret = secret
        self.number = number
        self.token = token


def run(chosen, emulator):
    passed = failed = 0
    for one in chosen:
        try:
            one.body(emulator.account())
            passed += 1
        except Exception:
            failed += 1
            print(f"FAILED {one.name}")
            print("".join("    " + line for line in traceback.format_exc().splitlines(keepends=True)[-6:]))
    return passed, failed


def expect(actual, wanted):
    assert actual == wanted, f"got {actual!r} instead of {wanted!r}"
