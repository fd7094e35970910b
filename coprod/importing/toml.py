"""TOML as text: scales to write down, and keys to add to a file that a person has worked on."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

GUESSED = "  # guessed: look at the order"
WIDTH = 110  # characters of a line, where a list fits into one
_HEADER = r"^[ \t]*\[{name}\][ \t]*(?:#.*)?$"


def string(text: str) -> str:
    """Write text as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def scale_table(name: str, scale: Mapping[str, Any]) -> str:
    """Write a scale as a table of ``scales.toml``; a guessed order says that it is one."""
    labels = _array("labels", scale["labels"], GUESSED if scale.get("guessed") else "")
    lines = [f"[{name}]", labels, _array("non_answers", scale.get("non_answers", ()))]
    lines.append(f"polarity = {string(scale['polarity'])}")
    if scale.get("neutral"):
        lines.append(f"neutral = {string(scale['neutral'])}")
    if scale.get("favourable"):
        lines.append(_array("favourable", scale["favourable"]))
    lines += [f"{part} = {string(scale[part])}" for part in ("says", "says_not") if scale.get(part)]
    return "\n".join(lines) + "\n"


def keys(entries: Mapping[str, str]) -> list[str]:
    """Write keys with their titles, a line each."""
    return [f"{key} = {string(title)}" for key, title in entries.items()]


def with_keys(text: str, name: str, entries: Mapping[str, str]) -> str | None:
    """Add keys to a table of a file, at its end, and leave everything else as it is.

    Returns
    -------
    str or None
        None where the table is not there as a table of its own, and a person has to do it.
    """
    if not entries:
        return text
    lines = text.splitlines()
    header = re.compile(_HEADER.format(name=name))
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None and name in tomllib.loads(text):
        return None
    if start is None:
        return "\n".join([*lines, "", f"[{name}]", *keys(entries)]) + "\n"
    after = range(start + 1, len(lines))
    end = next((number for number in after if lines[number].lstrip().startswith("[")), len(lines))
    place = 1 + max(number for number in range(start, end) if lines[number].split("#")[0].strip())
    grown = "\n".join([*lines[:place], *keys(entries), *lines[place:]]) + "\n"
    return grown if _added(text, grown, name, entries) else None


def _added(text: str, grown: str, name: str, entries: Mapping[str, str]) -> bool:
    """Say whether a file now says what it said, and the new keys, and nothing else."""
    before = tomllib.loads(text)
    before[name] = {**before[name], **entries}
    try:
        return tomllib.loads(grown) == before
    except tomllib.TOMLDecodeError:
        return False


def _array(key: str, values: Iterable[str], remark: str = "") -> str:
    written = [string(value) for value in values]
    line = f"{key} = [{', '.join(written)}]{remark}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{key} = [{remark}", *(f"  {value}," for value in written), "]"])
