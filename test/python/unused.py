"""Names of the public API that the Python files beside this one do not use, by the assembly of jsii; fails if there are any."""
import json
import re
import sys
from pathlib import Path

used = set(re.findall(r"\w+", " ".join(file.read_text() for file in Path(__file__).parent.glob("*.py"))))


def in_python(name: str) -> str:
    return name if name.isupper() or "_" in name else re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


unused = []
for api_type in json.loads(Path(".jsii").read_text())["types"].values():
    if api_type["kind"] != "interface" and api_type["name"] not in used:
        unused.append(api_type["name"])
    for kind in ("methods", "properties", "members"):
        unused += [f"{api_type['name']}.{member['name']}" for member in api_type.get(kind, []) if in_python(member["name"]) not in used]
if unused:
    sys.exit("Not used in test/python: " + ", ".join(unused))
