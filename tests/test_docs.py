"""The programs in the README and the guide run; blocks of one page go on where the last one stopped."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "index.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
PRINTED = re.compile(r"^print\(.*\)  # (?!close to)(.*)$", re.MULTILINE)


def program(page):
    return "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in PAGES if program(page)], ids=lambda page: page.stem)
def test_programs_print_what_their_comments_say(page, capsys):
    exec(compile(program(page), page.name, "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in PRINTED.findall(program(page)) if line not in printed] == []
