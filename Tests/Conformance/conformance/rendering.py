# SPDX-License-Identifier: Apache-2.0
"""Parameters and tasks of manifests, written in the YAML form by Kiln and read by another YAML reader."""

import json
import os
import random
import subprocess
import tempfile

import yaml

from .harness import case, expect

# Texts that some YAML reader takes for something else where they stand bare.
TRAPS = [
    "", " ", "\n", "a\n\n", " a\nb", "\ta\nb", "a\n  \nb", "  \n a", "a\r\nb", "a\tb", "a\u00a0", "e\u0301", "日本語",
    "no", "NO", "yes", "on", "y", "~", "null", "true", "012", "0x1F", "0o17", "0b1", "1e3", ".5", "1.", "+1", "1_000",
    "-.inf", ".nan", "1:30", "190:20:30", "2001-01-01", "-", "- a", "a: b", "a #b", "#a", "{{ a }}", "{{a}} b", "[a]",
    "*a", "&a", "!a", "!!str a", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "\\", "a:", ":a", "=", "<<", "?", "? a",
    "---", "...", "--- a\nb", "a\n---\nb\n", "key: |\n  a\n", "\u0085", "\u2028", "\ufeff",
]
PIECES = TRAPS + ["a", " ", "\n", "\t", ":", "#", "'", '"', "-", ": ", " #"]
MANIFEST = {"apiVersion": "kiln.imagebuilder/v1alpha1"}


def texts():
    """The traps, and mixtures of them that are the same in each run."""
    chance = random.Random(20)
    return TRAPS + ["".join(chance.choice(PIECES) for _ in range(chance.randrange(6))) for _ in range(200)]


def component(name, values):
    task = {"action": "InvokeCommand"}
    return {
        **MANIFEST, "kind": "ImageComponent", "metadata": {"name": name},
        "spec": {
            "version": "1.0.0",
            "parameters": {
                f"p{index}": {"type": "String", "defaultValue": value} for index, value in enumerate(values)},
            "tasks": [
                {**task, "name": f"t{index}",
                 "properties": {"commandId": "c", "parameters": {"text": value, "list": [value]}}}
                for index, value in enumerate(values)],
        },
    }


STACK = {
    **MANIFEST, "kind": "Stack", "metadata": {"name": "traps"},
    "spec": {"id": "gi-traps", "targets": [{"name": "local", "region": "cn-hangzhou", "endpoint": "embedded"}]},
}


@case
def texts_survive_another_reader(account):
    values = texts()
    groups = {f"c{start}": values[start:start + 60] for start in range(0, len(values), 60)}
    items = [component(name, group) for name, group in groups.items()] + [STACK]
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/all.json", "w") as file:
            json.dump({**MANIFEST, "kind": "List", "items": items}, file)
        ran = subprocess.run(
            [os.environ["KILN"], "plan", folder, "--out", f"{folder}/plan"], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr[-500:]
        with open(f"{folder}/plan") as file:
            resources = json.load(file)["planned_values"]["root_module"]["resources"]
    expect(len(resources), len(groups))
    for resource in resources:
        read = yaml.safe_load(resource["values"]["content"])
        for index, value in enumerate(groups[resource["values"]["name"]]):
            expect(read["Parameters"][f"p{index}"]["DefaultValue"], value)
            expect(read["Tasks"][index]["Properties"]["parameters"], {"text": value, "list": [value]})
