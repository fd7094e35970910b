"""What people wrote in their own words: quotes by theme, and whose words they are.

A person sorts open answers by the programme's own themes, in ``excerpts.csv``; nothing is sorted by
itself. What may be quoted, and what is told of whoever wrote it, is decided by :mod:`coprod.quotable`.

Balance is counted in people quoted and in quotes, for one person who writes a great deal is not a
sector that is heard.
"""

import unicodedata

import pandas as pd

from coprod import tally
from coprod.excerpts import CELL, answered, sorted_answers
from coprod.masking import likely_names, masked_all
from coprod.names import unknown
from coprod.programme import Programme
from coprod.saying import BAND, EXACT, ROUNDING_BASE, said

QUOTE_COLUMNS = (
    *("ref", "wave", "sector", "place", "question", "theme", "words", "likely_names", "looked_at"),
    *("consent", "people_here", "people_in_wave"),
)
THEME_COLUMNS = (
    *("item", "text", "group", "answer", "role", "side", "order", "n", "base", "share"),
    "definition",
)
BALANCE_COLUMNS = ("item", "text", "group", "n", "base", "share", "quotes")
BALANCED = ("sector", "place")
NOBODY_AGREED = "Nobody whose answers were sorted by theme said that we may quote them."


def quotes(programme: Programme) -> pd.DataFrame:
    """Give the open answers that were sorted by theme, masked, one row per answer and theme.

    Parameters
    ----------
    programme : Programme
        Whole, or narrowed to a place or wave.

    Returns
    -------
    DataFrame, shape (excerpts, 12)
        ``ref`` (the excerpt's id), ``wave``, ``sector``, ``place``, ``question`` and ``theme`` as titles,
        ``words``, ``likely_names`` ("; " between them) and ``looked_at`` (the initials of whoever did),
        ``consent`` (bool), and for :mod:`coprod.quotable` the people who answered in the same wave:
        ``people_here`` of the same sector and place, and ``people_in_wave``. By theme, in the order of
        ``themes.csv``. Answers such as "None" or "N/A" are not quotes. Without any, ``attrs["reason"]``
        says why.
    """
    written = sorted_answers(programme)
    if written.empty:
        return _nothing(QUOTE_COLUMNS, written.attrs["reason"])
    themes = programme.themes.set_index("theme")["title"]
    words = masked_all(written["words"])
    table = written.assign(
        ref=written["excerpt"],
        **{part: tally.titles(programme, part, written) for part in tally.GROUPINGS},
        question=written["item"].map(programme.items["text"]),
        theme=written["theme"].map(themes),
        words=words,
        likely_names=words.map(lambda text: "; ".join(likely_names(text))),
        looked_at=written["looked_at"].str.strip(),
        **_people_like(programme, written),
    )
    order = written["theme"].map({theme: place for place, theme in enumerate(themes.index)})
    in_order = order.sort_values(kind="stable").index
    return table.loc[in_order, list(QUOTE_COLUMNS)].reset_index(drop=True)


def themes(programme: Programme, by: str | None = None) -> pd.DataFrame:
    """Count the people who wrote about each theme, question by question.

    Parameters
    ----------
    programme : Programme
    by : {"place", "wave", "sector"}, optional
        Groups to tell apart; everybody together when left out.

    Returns
    -------
    DataFrame, shape (questions x groups x themes, 11)
        Like :func:`coprod.likert.shares` of a question with several answers: ``answer`` is the theme's
        title and ``n`` the people who wrote about it; ``base`` those who wrote anything that was sorted.
        With ``definition``. Quotable or not, all of them count.
    """
    written = sorted_answers(programme)
    if written.empty:
        return _nothing(THEME_COLUMNS, written.attrs["reason"])
    named = written.assign(group=tally.titles(programme, by, written))
    rows = []
    for item in dict.fromkeys(programme.items.index.intersection(named["item"])):
        for group in tally.groups(programme, by, named["group"]):
            there = named[(named["item"] == item) & (named["group"] == group)]
            rows += _theme_rows(programme, item, group, there)
    table = pd.DataFrame(rows)
    share = table["n"] / table["base"].where(table["base"] > 0)
    return table.assign(role="label", side="", share=share)[list(THEME_COLUMNS)]


def _theme_rows(programme: Programme, item: str, group: str, there: pd.DataFrame) -> list[dict]:
    people = there.drop_duplicates([*CELL, "theme"])["theme"].value_counts()
    base = len(there.drop_duplicates(CELL))
    common = {"item": item, "text": programme.items.at[item, "text"], "group": group, "base": base}
    return [
        common
        | {"answer": theme.title, "definition": theme.definition, "order": order}
        | {"n": int(people.get(theme.theme, 0))}
        for order, theme in enumerate(programme.themes.itertuples())
    ]


def balance(programme: Programme, by: str = "sector") -> pd.DataFrame:
    """Set the people who are quoted beside those who answered, wave by wave and group by group.

    Parameters
    ----------
    programme : Programme
    by : {"place", "sector"}

    Returns
    -------
    DataFrame, shape (waves x groups, 7)
        ``item`` (the wave) and ``text`` (its title), ``group``, ``n`` people quoted at least once,
        ``base`` people who answered anything, ``share`` = n / base, and ``quotes``, open answers that may
        be quoted, each once however many themes it has. Groups without a quote are there with 0; waves
        without any are not. Waves are not put together: the same people would count more than once, and
        a small group would look large.

    Raises
    ------
    UnknownName
        There is no such grouping.
    """
    if by not in BALANCED:
        raise unknown("grouping", by, BALANCED)
    written = sorted_answers(programme)
    if written.empty:
        return _nothing(BALANCE_COLUMNS, written.attrs["reason"])
    may = written[written["consent"]].drop_duplicates(CELL)
    if may.empty:
        return _nothing(BALANCE_COLUMNS, NOBODY_AGREED)
    people = answered(programme)
    waves = [wave for wave in (programme.waves or [""]) if (may["wave"] == wave).any()]
    table = pd.concat([_balance_in(programme, wave, by, people, may) for wave in waves], ignore_index=True)
    share = table["n"] / table["base"].where(table["base"] > 0)
    return table.assign(share=share)[list(BALANCE_COLUMNS)]


def _balance_in(
    programme: Programme, wave: str, by: str, people: pd.DataFrame, may: pd.DataFrame
) -> pd.DataFrame:
    there, quoted = people[people["wave"] == wave], may[may["wave"] == wave]
    group, of_quotes = (tally.titles(programme, by, rows) for rows in (there, quoted))
    counts = {
        "n": quoted["person"].groupby(of_quotes).nunique(),
        "base": group.value_counts(),
        "quotes": of_quotes.value_counts(),
    }
    groups = tally.groups(programme, by, group)
    table = pd.DataFrame(counts).reindex(groups).fillna(0).astype(int).rename_axis("group").reset_index()
    return table.assign(item=wave, text=programme.waves.get(wave, ""))


def in_proportion(table: pd.DataFrame) -> pd.DataFrame:
    """Say of each group in a protected balance which part of the people it is, and of the quotes.

    Parameters
    ----------
    table : DataFrame
        Of :func:`balance`, as :func:`coprod.privacy.protect` gave it out.

    Returns
    -------
    DataFrame
        With ``of_people`` and ``of_quotes`` (shares of all that are shown in the wave), both in words
        (``people_said``, ``quotes_said``), and ``heard``: "not quoted", "more" or "less" than in
        proportion to its people by a whole quote at least (from rounded counts by 5), or "in
        proportion". In bands all but ``of_people`` are missing or "".
    """
    how = table["precision"].iloc[0]
    waves = table.groupby("item", sort=False)
    people, quoted = waves["base"].transform("sum"), waves["quotes"].transform("sum")
    of_people = table["base"] / people.where(people > 0)
    of_quotes = (table["quotes"] / quoted.where(quoted > 0)).where(quoted != 0, 0.0)
    beyond = table["quotes"] - of_people * quoted
    margin = 1 if how == EXACT else ROUNDING_BASE
    heard = pd.Series("" if how == BAND else "in proportion", index=table.index)
    heard = heard.mask(beyond >= margin, "more").mask(beyond <= -margin, "less")
    if how == EXACT:
        heard = heard.mask((table["quotes"] == 0) & (table["base"] > 0), "not quoted")
    return table.assign(
        of_people=of_people,
        of_quotes=of_quotes,
        people_said=_all_said(table["base"], people, how),
        quotes_said=_all_said(table["quotes"], quoted, how),
        heard=heard,
    )


def _all_said(counts: pd.Series, wholes: pd.Series, how: str) -> list[str]:
    pairs = zip(counts.astype(float), wholes.astype(float), strict=True)
    return ["" if how == BAND else said(n, whole, how) or "about 0" for n, whole in pairs]


def find(table: pd.DataFrame, search: str) -> pd.DataFrame:
    """Keep the quotes whose words, theme or question hold what is searched for.

    Parameters
    ----------
    table : DataFrame
        From :func:`quotes`.
    search : str
        Capitals and accents make no difference. Nothing, or spaces, keeps every quote.
    """
    wanted = _plain(search)
    if table.empty or not wanted:
        return table
    texts = table[["words", "theme", "question"]].agg("\n".join, axis=1).map(_plain)
    found = table[texts.str.contains(wanted, regex=False)].reset_index(drop=True)
    found.attrs["reason"] = f"No quote holds “{' '.join(search.split())}”."
    return found


def _plain(text: str) -> str:
    """Take away capitals, accents and superfluous spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def _people_like(programme: Programme, written: pd.DataFrame) -> dict[str, pd.Series]:
    """Count, for each quote, the people who answered in its wave from its place, its sector, or both."""
    levels = {
        "people_here": ["wave", "place", "sector"],
        "people_in_wave": ["wave"],
    }
    people = answered(programme)
    sizes = {name: people.groupby(keys).size().rename(name).reset_index() for name, keys in levels.items()}
    return {name: written[keys].merge(sizes[name], "left", keys)[name] for name, keys in levels.items()}


def _nothing(columns: tuple[str, ...], reason: str) -> pd.DataFrame:
    table = pd.DataFrame(columns=list(columns))
    table.attrs["reason"] = reason
    return table
