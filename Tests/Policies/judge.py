# SPDX-License-Identifier: Apache-2.0
"""Makes plans with kiln and has Rego policies and checkov judge them.

Each case is a plan and what each policy is to say of it: both what it allows and what it denies.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import regopy

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KILN = os.environ["KILN"]


class Project:
    """The starter at the embedded service, in a scratch folder."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(ROOT / "manifests", folder / "manifests", ignore=shutil.ignore_patterns(".kiln"))

    def kiln(self, *arguments):
        done = subprocess.run(
            [KILN, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"kiln {arguments} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def plan(self, *options):
        """A saved plan, which `show --json` gives back as it is in the file."""
        self.kiln("plan", "manifests", "--out", "plan.json", *options)
        saved = json.loads((self.folder / "plan.json").read_text())
        shown = json.loads(self.kiln("show", "plan.json", "--json"))
        if saved != shown:
            sys.exit("kiln show --json shows another plan than the file holds")
        return saved

    def edit(self, path, old, new):
        file = self.folder / "manifests" / path
        text = file.read_text()
        if old not in text:
            sys.exit(f"{path} has no {old!r}")
        file.write_text(text.replace(old, new))


def rego(plan):
    """What every Rego policy denies, by its name."""
    denials = {}
    for policy in sorted((HERE / "rego").glob("*.rego")):
        engine = regopy.Interpreter()
        engine.add_module(policy.stem, policy.read_text())
        engine.set_input_term(json.dumps(plan))
        output = engine.query(f"data.kiln.{policy.stem}.deny")
        denials[policy.stem] = sorted(json.loads(str(output))["expressions"][0])
    return denials


def checkov(folder):
    """The resources at which checkov's own and our checks fail, by check; how many were looked at."""
    done = subprocess.run(
        [Path(sys.executable).parent / "checkov", "--skip-download", "--framework", "terraform_plan",
         "-f", "plan.json", "--external-checks-dir", str(HERE / "checkov"), "--check", "CKV2_KILN_1,CKV2_KILN_2",
         "-o", "json", "--compact"], cwd=folder, capture_output=True, text=True)  # fmt: skip
    report = json.loads(done.stdout)
    failed = {}
    for check in report["results"]["failed_checks"]:
        failed.setdefault(check["check_id"], []).append(check["resource"])
    return report["summary"]["resource_count"], {check: sorted(found) for check, found in failed.items()}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        project = Project(Path(scratch))
        failures = []

        def judge(case, plan, denied, failing):
            quiet = {policy.stem: [] for policy in (HERE / "rego").glob("*.rego")}
            said = rego(plan)
            if said != {**quiet, **denied}:
                failures.append(f"{case}: Rego says {said}")
            count, failed = checkov(project.folder)
            if count != 5 or failed != failing:
                failures.append(f"{case}: checkov says {failed} of {count} resources")
            print(f"  {case}")

        judge("a plan that keeps to all policies", project.plan(), {}, {})
        project.edit("pipelines/web.yaml", "  tags:\n", "  lifecycle: {protected: true}\n  tags:\n")
        project.kiln("apply", "manifests", "--auto-approve")

        other = "acs:ubuntu_22_04_x64"
        judge(
            "another base image, for something protected too", project.plan("--var", f"baseFamily={other}"),
            {
                "base_images": [f"pipeline/base is built from {other}", f"pipeline/web is built from {other}"],
                "protected": ["pipeline/web is protected"],
            },
            {"CKV2_KILN_1": ["pipeline/base", "pipeline/web"]},
        )
        project.edit("pipelines/web.yaml", "systemDiskSize: 40", "systemDiskSize: 200")
        judge(
            "a larger disk", project.plan(),
            {"disk_changes": ["pipeline/web: 200 GiB instead of 40"], "protected": ["pipeline/web is protected"]}, {},
        )
        if failures:
            sys.exit("policies:\n" + "\n".join(failures))
    print("policies: every plan was judged as it should be")


if __name__ == "__main__":
    main()
