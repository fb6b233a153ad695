# SPDX-License-Identifier: Apache-2.0
"""Pages over many resources, filters, and many clients at once."""

from concurrent.futures import ThreadPoolExecutor

from .clients import BOTH, current
from .harness import case, cases, expect

MANY = 1200


@case
def pages_over_twelve_hundred_components(account):
    with ThreadPoolExecutor(8) as pool:
        names = [f"web-{number:04}" for number in range(MANY)]
        made = list(pool.map(
            lambda name: current(account, "CreateImageComponent", {"Name": name, "Content": "RUN true"}), names))
    identifiers = {reply["ImageComponentId"] for reply in made}
    expect(len(identifiers), MANY)
    sizes, seen, token = [], [], None
    while token != "":
        page = current(account, "DescribeImageComponents", {"MaxResults": 500, "NextToken": token})
        expect(page["TotalCount"], MANY)
        found = page["ImageComponent"]["ImageComponentSet"]
        sizes.append(len(found))
        seen += [component["ImageComponentId"] for component in found]
        token = page["NextToken"]
    expect(sizes, [500, 500, 200])
    expect(set(seen), identifiers)


@cases(lambda name, call: f"small pages with the {name} SDK", BOTH)
def small_pages(account, name, call):
    for number in range(23):
        call(account, "CreateImagePipeline", {
            "Name": f"p-{number:02}", "BaseImageType": "IMAGE_FAMILY", "BaseImage": "acs:ubuntu_22_04_x64"})
    seen, token = [], None
    while token != "":
        page = call(account, "DescribeImagePipelines", {"MaxResults": 5, "NextToken": token})
        seen += [pipeline["Name"] for pipeline in page["ImagePipeline"]["ImagePipelineSet"]]
        token = page["NextToken"]
    expect(seen, [f"p-{number:02}" for number in range(23)])


FILTERS = [
    ({"Name": "web"}, ["web 1.0.0", "web 1.1.0", "web 2.0.0"]),
    ({"Name": "web", "ComponentVersion": "1.*.0"}, ["web 1.0.0", "web 1.1.0"]),
    ({"Name": "WEB"}, []),
    ({"ComponentType": "Test"}, ["db 1.0.0"]),
    ({"SystemType": "Windows"}, []),
    ({"Tag": [{"Key": "team"}]}, ["web 1.0.0", "web 1.1.0", "web 2.0.0", "db 1.0.0"]),
    ({"Tag": [{"Key": "team", "Value": "data"}]}, ["db 1.0.0"]),
    ({"Tag": [{"Key": "team", "Value": "data"}, {"Key": "none", "Value": ""}]}, []),
    ({"ResourceGroupId": "rg-emulated"}, ["db 1.0.0"]),
]


@cases(lambda given, wanted: f"filter {given}", FILTERS)
def filters(account, given, wanted):
    team = [{"Key": "team", "Value": "web"}]
    for version in ["1.0.0", "1.1.0", "2.0.0"]:
        current(account, "CreateImageComponent", {
            "Name": "web", "ComponentVersion": version, "Content": "RUN true", "Tag": team})
    current(account, "CreateImageComponent", {
        "Name": "db", "Content": "RUN true", "ComponentType": "Test", "ResourceGroupId": "rg-emulated",
        "Tag": [{"Key": "team", "Value": "data"}]})
    found = current(account, "DescribeImageComponents", given)["ImageComponent"]["ImageComponentSet"]
    expect([f"{component['Name']} {component['ComponentVersion']}" for component in found], wanted)


@case
def one_token_from_many_clients_makes_one_component(account):
    call = {"Name": "web", "Content": "RUN true", "ClientToken": "the-same"}
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: current(account, "CreateImageComponent", call), range(24)))
    expect(len({reply["ImageComponentId"] for reply in replies}), 1)
    expect(current(account, "DescribeImageComponents")["TotalCount"], 1)
