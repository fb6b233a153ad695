# SPDX-License-Identifier: Apache-2.0
"""The reports of `kiln validate`, judged by those who read them: the published schema of SARIF, an XML parser, …"""

import functools
import glob
import json
import os
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree

import jsonschema

from .harness import case, cases, expect

ROOT = os.path.join(os.path.dirname(__file__), "..", "..", "..")
CASES = ("twenty-mistakes", "lint-places", "silence-mistakes", "wrong-types", "steps-right", "no-stack")


@functools.cache
def report(name, form):
    """What `kiln validate` writes of a golden case, and its exit code."""
    folder = f"Tests/Cases/diagnostics/{name}/manifests"
    run = subprocess.run(
        [os.environ["KILN"], "validate", folder, "--format", form], cwd=ROOT, capture_output=True, text=True)
    return run.stdout, run.returncode


def diagnostics(name):
    return json.loads(report(name, "json")[0])["diagnostics"]


@functools.cache
def sarif_schema():
    """The schema as the source distribution of sarif-om, by the format's own authors, has it."""
    (archive,) = glob.glob(os.path.join(sys.prefix, "sarif", "sarif_om-*.tar.gz"))
    with tarfile.open(archive) as files:
        (name,) = [name for name in files.getnames() if re.search(r"/sarif-2\.1\.0[^/]*\.json$", name)]
        return json.load(files.extractfile(name))


@cases(lambda name: f"SARIF of {name} is valid", [(name,) for name in CASES])
def sarif_is_valid(_, name):
    log = json.loads(report(name, "sarif")[0])
    jsonschema.Draft4Validator(sarif_schema(), format_checker=jsonschema.FormatChecker()).validate(log)
    (run,) = log["runs"]
    expect(len(run["results"]), len(diagnostics(name)))
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        expect(rules[result["ruleIndex"]]["id"], result["ruleId"])
        for location in result.get("locations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert os.path.exists(os.path.join(ROOT, uri)), uri


@cases(lambda name: f"JUnit of {name} is XML with a case for each finding", [(name,) for name in CASES])
def junit_is_well_formed(_, name):
    root = ElementTree.fromstring(report(name, "junit")[0].encode())
    found = diagnostics(name)
    expect(root.tag, "testsuites")
    expect(len(root.findall("./testsuite/testcase")), max(len(found), 1))
    failures = [one for one in found if one["severity"] == "error"]
    expect(len(root.findall("./testsuite/testcase/failure")), len(failures))
    expect(int(root.get("failures")), len(failures))
    for suite in root.findall("testsuite"):
        expect(int(suite.get("tests")), len(suite.findall("testcase")))


@cases(lambda name: f"GitLab's report of {name} has what GitLab asks for", [(name,) for name in CASES])
def gitlab_is_complete(_, name):
    issues = json.loads(report(name, "gitlab")[0])
    expect(len(issues), len(diagnostics(name)))
    expect(len({issue["fingerprint"] for issue in issues}), len(issues))
    for issue in issues:
        assert issue["description"] and issue["check_name"], issue
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker"), issue
        assert not issue["location"]["path"].startswith("./"), issue
        assert issue["location"]["lines"]["begin"] >= 1, issue


def unescaped(text):
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@cases(lambda name: f"GitHub reads its annotations of {name}", [(name,) for name in CASES])
def github_reads_its_annotations(_, name):
    lines = report(name, "github")[0].splitlines()
    found = diagnostics(name)
    kinds = {"error": "error", "warning": "warning", "notice": "note"}
    for kind, severity in kinds.items():
        mine = [line for line in lines if line.startswith(f"::{kind} ")]
        count = sum(one["severity"] == severity for one in found)
        expect(len(mine), min(count, 10))
        if count > 10:
            assert f"{count - 9} more of this kind" in mine[-1], mine[-1]
    messages = {one["message"] for one in found}
    for line in lines:
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command, line
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        if "file" in properties:
            assert os.path.exists(os.path.join(ROOT, unescaped(properties["file"]))), line
            assert unescaped(command[3]).split("\nhint: ")[0] in messages, line


@case
def a_report_of_nothing_is_one_too(_):
    for form in ("json", "sarif", "junit", "github", "gitlab"):
        run = subprocess.run(
            [os.environ["KILN"], "validate", "manifests", "--format", form, "--strict"], cwd=ROOT,
            capture_output=True, text=True)
        expect(run.returncode, 0)
        if form == "sarif":
            jsonschema.Draft4Validator(sarif_schema()).validate(json.loads(run.stdout))
        elif form == "junit":
            expect(ElementTree.fromstring(run.stdout.encode()).get("failures"), "0")
        elif form == "github":
            expect(run.stdout, "")
        else:
            json.loads(run.stdout)
