# SPDX-License-Identifier: Apache-2.0
"""`kiln schema`, judged by an independent validator over the manifests of the golden cases and of the starter."""

import functools
import json
import os
import pathlib
import re
import subprocess

import jsonschema
import yaml

from .harness import CASES, Case, case, cases, expect

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "Tests/Cases"

# Mistakes that a schema of one document can see.
STRUCTURAL = {
    "unknown-field", "wrong-type", "missing-field", "unknown-kind", "unknown-api-version", "step-verb",
    "invalid-value", "too-many-tags", "two-contents",
}
# Cases in which such a rule is broken in a way that takes more than one document.
BEYOND = {
    # The parameter is declared by a component.
    "wrong-type": {"parameters-of-components"},
    # The value comes from a patch or a variable.
    "invalid-value": {"patched-content", "sensitive-values-stay-hidden"},
    # Needed only as the name can't take its place.
    "missing-field": {"stack-name-is-no-id"},
}


class Loader(yaml.SafeLoader):
    """YAML as Kiln reads it: the core schema of 1.2, with the tags !file and !var."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in (
        "tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for word, pattern, firsts in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{word}", re.compile(pattern), list(firsts))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 10))
Loader.add_constructor("!file", lambda loader, node: {"fromFile": node.value})
Loader.add_constructor("!var", lambda loader, node: {"fromVar": node.value})


@functools.cache
def schema(*kind):
    out = subprocess.run([os.environ["KILN"], "schema", *kind], check=True, capture_output=True).stdout
    return json.loads(out)


@functools.cache
def validator(*kind):
    jsonschema.Draft7Validator.check_schema(schema(*kind))
    return jsonschema.Draft7Validator(schema(*kind))


def complaints(path):
    """What the schema says about each document of a file; nothing of files that are no YAML."""
    try:
        documents = list(yaml.load_all(path.read_bytes(), Loader))
    except (yaml.YAMLError, ValueError, UnicodeDecodeError, RecursionError):
        return None
    return [error.json_path + ": " + error.message[:200] for each in documents for error in validator().iter_errors(each)]


def manifests(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml", ".json"))


def told(expected):
    """File names and rules of the errors that a golden file tells."""
    return re.findall(r"^(manifests/\S+?)(?::\d+:\d+)?: error: .* \[([a-z-]+)\]$", expected, re.M)


@case
def every_schema_is_a_schema(account):
    for kind in ("ImageComponent", "ImagePipeline", "Stack", "List"):
        validator(kind)


@case
def the_starter_is_right(account):
    for path in manifests(ROOT / "manifests"):
        expect((path.name, complaints(path)), (path.name, []))


@case
def planned_manifests_are_right(account):
    seen = 0
    for path in manifests(GOLDEN / "plans"):
        if "manifests" in path.parts:
            seen += 1
            expect((str(path), complaints(path)), (str(path), []))
    assert seen > 20, seen


def diagnostics_case(folder):
    def body(account):
        errors = told((folder / "expected.txt").read_text())
        wrong = {}
        for name, rule in errors:
            wrong.setdefault(name, set()).add(rule)
        for path in manifests(folder / "manifests"):
            name = str(path.relative_to(folder))
            found = complaints(path)
            if found is None:
                continue
            rules = wrong.get(name, set())
            structural = {
                rule for rule in rules & STRUCTURAL if folder.name not in BEYOND.get(rule, set())}
            if structural:
                assert found, f"{name} breaks {structural}, and the schema takes it"
            elif not rules & STRUCTURAL:
                # Other mistakes may or may not show; where there are none, none may be found.
                assert rules or not found, f"{name}: {found}"
    return body


for each in sorted((GOLDEN / "diagnostics").iterdir()):
    CASES.append(Case(f"schema: golden case {each.name}", diagnostics_case(each)))

COMPONENT = {"apiVersion": "kiln.imagebuilder/v1alpha1", "kind": "ImageComponent", "metadata": {"name": "a"}}
PIPELINE = {**COMPONENT, "kind": "ImagePipeline"}
STACK = {**COMPONENT, "kind": "Stack"}
TARGET = {"name": "a", "region": "cn-hangzhou"}


@cases(lambda name, *_: name, [
    ("a step has one verb", PIPELINE, {"build": [{"run": "a", "restart": True}]}, False),
    ("a step has a verb", PIPELINE, {"build": [{"version": "1.0.0"}]}, False),
    ("parameters go with a component", PIPELINE, {"build": [{"run": "a", "parameters": {"a": 1}}]}, False),
    ("a component by id", PIPELINE, {"build": [{"component": {"id": "ic-1"}}]}, True),
    ("a component by id and arn", PIPELINE, {"build": [{"component": {"id": "ic-1", "arn": "acs:ecs:a:b:imagecomponent/a/1.0.0"}}]}, False),
    ("content and tasks", COMPONENT, {"content": "RUN a", "tasks": [{"name": "a", "action": "Reboot"}]}, False),
    ("an action that is not known", COMPONENT, {"tasks": [{"name": "a", "action": "Boot"}]}, False),
    ("a spec from a variable", COMPONENT, {"fromVar": "all"}, True),
    ("a value from a file", COMPONENT, {"content": {"fromFile": "a.sh"}}, True),
    ("a value from nowhere", COMPONENT, {"content": {"fromNowhere": "a.sh"}}, False),
    ("a disk that is too small", PIPELINE, {"systemDiskSize": 19}, False),
    ("a number in quotes", PIPELINE, {"systemDiskSize": "40"}, False),
    ("a word that is none of the enumeration", COMPONENT, {"systemType": "Linus"}, False),
    ("tags as a list", COMPONENT, {"tags": [{"key": "a", "value": "b"}]}, True),
    ("a reserved tag", COMPONENT, {"tags": {"acs:a": "b"}}, False),
    ("a name that begins with a digit", COMPONENT, {"name": "1a"}, False),
    ("a Chinese name", COMPONENT, {"name": "镜像"}, True),
    ("a version to be chosen", COMPONENT, {"version": "1.4.x"}, True),
    ("a version with two parts", COMPONENT, {"version": "1.4"}, False),
    ("lifecycle", COMPONENT, {"lifecycle": {"protected": True, "retain": 2}}, True),
    ("retain without end", COMPONENT, {"lifecycle": {"retain": -1}}, False),
    ("a stack without targets", STACK, {"id": "gi-1"}, False),
    ("a stack without anything", STACK, None, False),
    ("a variable with a type", STACK, {"targets": [TARGET], "variables": {"a": {"type": "Number", "default": 1}}}, True),
    ("a variable of no type", STACK, {"targets": [TARGET], "variables": {"a": {"type": "Integer"}}}, False),
    ("a rename", STACK, {"targets": [TARGET], "moved": [{"from": "component/a", "to": "component/b"}]}, True),
    ("a rename to nowhere", STACK, {"targets": [TARGET], "moved": [{"from": "component/a"}]}, False),
    ("a patch of a stack", STACK, {"targets": [{**TARGET, "patches": [{"kind": "Stack", "name": "a", "spec": {}}]}]}, False),
])
def spec(account, name, document, body, is_right):
    found = [error.message for error in validator().iter_errors({**document, "spec": body})]
    expect((found == [], found if is_right else []), (is_right, []))
    alone = [error.message for error in validator(document["kind"]).iter_errors({**document, "spec": body})]
    expect(alone == [], is_right)


@cases(lambda name, *_: name, [
    ("a foreign document", {"apiVersion": "apps/v1", "kind": "Deployment"}, True),
    ("a text", "text", True),
    ("a YAML list of ours", [{**COMPONENT}], False),
    ("a YAML list of others", [{"apiVersion": "apps/v1"}], True),
    ("a list of ours", {"apiVersion": "v1", "kind": "List", "items": [{**COMPONENT, "spec": {"nmae": "a"}}]}, False),
    ("a kind that is none", {**COMPONENT, "kind": "Component"}, False),
    ("a version of the language that is none", {**COMPONENT, "apiVersion": "kiln.imagebuilder/v2"}, False),
    ("no version of the language", {"kind": "Stack", "metadata": {"name": "a"}}, False),
])
def document(account, name, document, is_right):
    expect([error.message for error in validator().iter_errors(document)] == [], is_right)
