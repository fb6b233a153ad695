# SPDX-License-Identifier: Apache-2.0
"""Who may call: keys, sessions, signatures."""

import json

from .clients import BOTH, Refused, current, previous, refusal
from .harness import Account, case, cases, expect


def session(account, duration=900):
    reply = previous(account, "AssumeRole", {
        "RoleArn": f"acs:ram::{account.number}:role/builder", "RoleSessionName": "ci", "DurationSeconds": duration,
    }, region=None, version="2015-04-01")
    given = reply["Credentials"]
    client = Account.__new__(Account)
    client.host, client.number = account.host, account.number
    client.key, client.secret, client.token = (
        given["AccessKeyId"], given["AccessKeySecret"], given["SecurityToken"])
    return client


def with_secret(account, **changes):
    client = Account.__new__(Account)
    client.__dict__.update({**account.__dict__, **changes})
    return client


@cases(lambda name, call: f"a session of a role calls with the {name} SDK", BOTH)
def a_session_of_a_role_calls(account, name, call):
    client = session(account)
    made = call(client, "CreateImageComponent", {"Content": "RUN true"})["ImageComponentId"]
    found = call(account, "DescribeImageComponents")["ImageComponent"]["ImageComponentSet"]
    expect([component["ImageComponentId"] for component in found], [made])


@case
def a_caller_learns_who_it_is(account):
    caller = previous(account, "GetCallerIdentity", region=None, version="2015-04-01")
    expect([caller["AccountId"], caller["IdentityType"]], [account.number, "RAMUser"])
    caller = previous(session(account), "GetCallerIdentity", region=None, version="2015-04-01")
    expect(caller["Arn"], f"acs:ram::{account.number}:assumed-role/builder/ci")


@cases(lambda name, call, verdict, changes: f"{name} SDK: {verdict}", [
    (name, call, verdict, changes) for name, call in BOTH for verdict, changes in [
        ("400 SignatureDoesNotMatch", {"secret": "wrong"}),
        ("404 InvalidAccessKeyId.NotFound", {"key": "nobody"}),
        ("400 InvalidSecurityToken.MismatchWithAccessKey", {"token": "unasked"}),
    ]
])
def strangers_are_refused(account, name, call, verdict, changes):
    expect(refusal(lambda: call(with_secret(account, **changes), "DescribeRegions")), verdict)


@cases(lambda name, call: f"accounts and regions are apart with the {name} SDK", BOTH)
def accounts_and_regions_are_apart(account, name, call):
    call(account, "CreateImageComponent", {"Content": "RUN true"})
    expect(call(account, "DescribeImageComponents", region="cn-beijing")["TotalCount"], 0)
    expect(call(account, "DescribeImageComponents")["TotalCount"], 1)


@cases(lambda name, call: f"an unknown region is refused with the {name} SDK", BOTH)
def an_unknown_region_is_refused(account, name, call):
    expect(refusal(lambda: call(account, "DescribeImageComponents", region="cn-nowhere")), "404 InvalidRegionId.NotFound")


@case
def a_refusal_names_its_request(account):
    try:
        current(account, "DeleteImageComponent", {"ImageComponentId": "ic-no"})
    except Refused as refused:
        data = refused.__cause__.data
        expect(sorted(set(data) & {"RequestId", "HostId", "Code", "Message", "Recommend"}),
               ["Code", "HostId", "Message", "Recommend", "RequestId"])
        json.dumps(data)
    else:
        raise AssertionError("not refused")
