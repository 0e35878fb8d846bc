"""Drawing in a process of its own: the typesetter takes eighty megabytes that a web process should not keep."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from certificates.paper import press
from certificates.paper.layout import SheetData
from certificates.paper.pdf import STANDARDS
from certificates.rules import colours

ROOT = Path(__file__).parents[2]
SECONDS = 20
DOTS_PER_INCH = 60


def pages(layout: str, sheet: SheetData) -> list[bytes]:
    """Every page of a sheet as a PNG."""
    return printed(layout, press.inputs_of(sheet), format="png", ppi=DOTS_PER_INCH)


def document(layout: str, facts: Mapping[str, object]) -> bytes:
    """A document of words and tables in the usual colours, as tagged PDF; about a second."""
    words = {"colours": colours.scheme(colours.USUAL).as_words()}
    inputs = {"words": press.as_json(words), "pictures": "{}", "qr": "", "facts": press.as_json(facts)}
    return printed(layout, inputs, format="pdf", pdf_standards=STANDARDS)[0]


def printed(layout: str, inputs: dict[str, str], **options: Any) -> list[bytes]:
    """One PDF, or a picture of each page. Raises CalledProcessError or TimeoutExpired."""
    asked = json.dumps({"layout": layout, "inputs": inputs, "options": options})
    command = [sys.executable, "-m", "certificates.paper.apart"]
    done = subprocess.run(  # noqa: S603
        command, input=asked.encode(), capture_output=True, check=True, timeout=SECONDS, cwd=ROOT
    )
    return [base64.b64decode(page) for page in json.loads(done.stdout)]


def _serve() -> None:
    asked = json.load(sys.stdin.buffer)
    made = press.compiled(asked["layout"], asked["inputs"], **asked["options"])
    whole = made if isinstance(made, list) else [made]
    sys.stdout.write(json.dumps([base64.b64encode(page).decode() for page in whole]))


if __name__ == "__main__":
    _serve()
