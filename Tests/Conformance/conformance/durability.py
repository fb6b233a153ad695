# SPDX-License-Identifier: Apache-2.0
"""What is acknowledged stays, whatever happens to the process."""

import os
import signal
import subprocess
import tempfile
import threading
import time

from .clients import current
from .harness import Account, Emulator, case, expect


def everything(account):
    found, token = [], None
    while token != "":
        page = current(account, "DescribeImageComponents", {"MaxResults": 500, "NextToken": token})
        found += page["ImageComponent"]["ImageComponentSet"]
        token = page["NextToken"]
    return [component["ImageComponentId"] for component in found]


@case
def a_kill_loses_no_acknowledged_create(_):
    with tempfile.TemporaryDirectory() as folder:
        data, acknowledged = os.path.join(folder, "data.sqlite"), []
        for round_number in range(3):
            emulator = Emulator(data=data).start()
            account = emulator.account()
            expect(set(acknowledged) - set(everything(account)), set())

            def create(worker):
                try:
                    for number in range(100000):
                        made = current(account, "CreateImageComponent", {
                            "Name": f"c-{round_number}-{worker}-{number}", "Content": "RUN true"})
                        acknowledged.append(made["ImageComponentId"])
                except Exception:
                    pass

            threads = [threading.Thread(target=create, args=(worker,)) for worker in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(0.7)
            emulator.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()
        assert len(acknowledged) > 30, len(acknowledged)
        with Emulator(data=data) as emulator:
            expect(set(acknowledged) - set(everything(emulator.account())), set())


@case
def a_second_process_is_refused(_):
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data.sqlite")
        with Emulator(data=data):
            second = subprocess.run(
                [os.environ["KILN"], "emulator", "--data", data, "--lock-wait", "1s"],
                capture_output=True, text=True, timeout=30)
        expect(second.returncode, 6)
        assert "in use by another process" in second.stderr, second.stderr


@case
def a_waiting_process_gets_the_data(_):
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data.sqlite")
        first = Emulator(data=data).start()
        account = first.account()
        made = current(account, "CreateImageComponent", {"Content": "RUN true"})["ImageComponentId"]
        threading.Timer(0.5, first.stop).start()
        with Emulator(data=data) as second:
            expect(everything(Account(second, "key0", "secret0", "1000000000000000")), [made])


@case
def the_process_ends_cleanly(_):
    emulator = Emulator().start()
    current(emulator.account(), "DescribeRegions")
    expect(emulator.stop(), 0)
