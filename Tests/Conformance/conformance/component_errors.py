# SPDX-License-Identifier: Apache-2.0
"""Each error code of CreateImageComponent, by one call that provokes it."""

from .clients import current, previous, refusal
from .harness import cases, expect

BASE = {"Name": "web", "Content": "RUN true"}
LONG = "RUN " + "a" * 16381

TABLE = [
    ("400 InvalidName.Malformed", {"Name": "1web"}),
    ("400 InvalidName.Malformed", {"Name": "a" * 129}),
    ("400 InvalidDescription.Malformed", {"Description": "https://example.com"}),
    ("400 InvalidSystemType.NotSupportedValue", {"SystemType": "Solaris"}),
    ("400 InvalidComponentType.NotSupportedValue", {"ComponentType": "Deploy"}),
    ("400 InvalidParameter.ComponentVersion", {"ComponentVersion": "one"}),
    ("400 MissingParameter.Content", {"Content": None}),
    ("400 InvalidContent.LengthExceeded", {"Content": LONG}),
    ("400 InvalidParameter.Content", {"Content": "Tasks:\n  - Name: a\n    Action: Dance\n"}),
    ("400 InvalidImageTemplateCommandSize.ExceededMaxNumber", {"Content": "RUN true\n" * 128}),
    ("400 InvalidImageTemplateCommand.NotSupported", {"Content": "EXPOSE 80"}),
    ("400 InvalidCommand.Component", {"Content": "COMPONENT ic-abc"}),
    ("404 NotSupportedCommand.FROM", {"Content": "FROM IMAGE:m-abc"}),
    ("400 NotEmptyCommandContent.RESTART", {"Content": "RESTART now"}),
    ("400 Duplicate.TagKey", {"Tag": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}),
    ("400 InvalidTagKey.Malformed", {"Tag": [{"Key": "aliyun", "Value": "1"}]}),
    ("400 InvalidTagValue.Malformed", {"Tag": [{"Key": "a", "Value": "acs:1"}]}),
    ("404 InvalidResourceGroup.NotFound", {"ResourceGroupId": "rg-unknown"}),
] + [
    (f"400 EmptyCommandContent.{word}", {"Content": word})
    for word in ["RUN", "ENV", "LABEL", "COPY", "ENTRYPOINT", "CMD", "WORKDIR", "USER"]
] + [
    (f"400 InvalidCommandContent.{word}", {"Content": f"{word} {argument}"})
    for word, argument in [
        ("RUN", "make && \\"), ("ENV", "=x"), ("WORKDIR", "/a b"), ("COPY", "https://example.com/a?b /dir"), ("USER", "two words"),
        ("CMD", '["a",'), ("ENTRYPOINT", '["a" "b"]')]
]


@cases(lambda verdict, changes: f"current SDK gets {verdict} for {str(changes)[:60]}", TABLE)
def with_the_current_sdk(account, verdict, changes):
    expect(refusal(lambda: current(account, "CreateImageComponent", {**BASE, **changes})), verdict)


@cases(lambda verdict, changes: f"previous SDK gets {verdict} for {str(changes)[:60]}", TABLE)
def with_the_previous_sdk(account, verdict, changes):
    expect(refusal(lambda: previous(account, "CreateImageComponent", {**BASE, **changes})), verdict)


@cases(lambda call: f"a version is given once ({call.__name__})", [(current,), (previous,)])
def a_version_is_given_once(account, call):
    call(account, "CreateImageComponent", {**BASE, "ComponentVersion": "1.0.0"})
    expect(
        refusal(lambda: call(account, "CreateImageComponent", {**BASE, "ComponentVersion": "1.0.0"})),
        "403 InvalidComponentVersion.Exist")
