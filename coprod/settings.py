"""What may stand in ``programme.toml`` and ``cases.toml``. Each field says what belongs in it."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

KEY = r"[a-z0-9_-]{1,60}"
Key = Annotated[str, StringConstraints(pattern=f"^{KEY}$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]  # what an array of whole numbers can hold, and to spare
AUDIENCES = ("internal", "public")
FORMATS = ("html", "docx", "pdf")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Invited(_Entry):
    """How many were invited; the response rate rests on it."""

    place: str = Field(default="", description="A key of [places].")
    wave: str = Field(default="", description="A key of [waves].")
    sector: str = Field(default="", description="A key of [sectors].")
    n: Count = Field(description="A whole number of people, 0 or more.")


class ReportEntry(_Entry):
    """A report to build: one, or one for each place, wave, or both."""

    notebook: str = Field(description="The name of a notebook in notebooks/, without .ipynb.")
    audience: Literal["internal", "public"] = Field(description='"internal" or "public".')
    each: list[Literal["place", "wave"]] = Field(
        default=[], description='[], ["place"] or ["place", "wave"].'
    )
    formats: list[Literal["html", "docx", "pdf"]] = Field(
        default=list(FORMATS), description='From "html", "docx", "pdf"; the page is always made.'
    )


class Privacy(_Entry):
    """What may be shown to the team itself."""

    smallest_group: int = Field(default=5, ge=3, description="A whole number of people, 3 or more.")


class Coding(_Entry):
    """How the evidence was coded."""

    how: Literal["one coder", "two coders", "jointly"] = Field(
        default="one coder", description='"one coder", "two coders" or "jointly".'
    )
    note: str = Field(default="", description="Who coded, and how, in a sentence or two.")


class ProgrammeEntry(_Entry):
    """``programme.toml``."""

    title: Text = Field(description="The programme's name as people say it.")
    about: Text = Field(description="A paragraph on what the programme was.")
    kind: Literal["real", "synthetic"] = Field(description='"real" or "synthetic" (invented).')
    source: Text = Field(description="Where the data come from, as a citation.")
    licence: Text = Field(description="Under which licence the data are shared.")
    attribution: Text = Field(description="Who must be credited.")
    date: dt.date = Field(description="The day the data stand for, such as 2025-07-01, without quotes.")
    respondents: Text = Field(default="people", description='What one answer stands for: "people".')
    places: dict[Key, Text] = Field(default={}, description='Lines such as lincoln = "Lincoln".')
    waves: dict[Key, Text] = Field(default={}, description='Lines such as before = "Before", in order.')
    sectors: dict[Key, Text] = Field(default={}, description='Lines such as university = "Universities".')
    sources: dict[Key, Text] = Field(default={}, description="Lines with a key and a citation.")
    privacy: Privacy = Field(default=Privacy(), description="A table [privacy].")
    coding: Coding = Field(default=Coding(), description="A table [coding].")
    named_in_advance: list[Key] = Field(
        default=[], description="Items of the codebook that were to be compared before anybody had answered."
    )
    invited: list[Invited] = Field(default=[], description="Tables [[invited]].")
    reports: list[ReportEntry] = Field(default=[], description="Tables [[reports]].")


class Member(_Entry):
    """An organisation in a case's team."""

    organisation: Text = Field(description="The organisation's name.")
    sector: Key = Field(description="A key of [sectors].")
    layers: list[Literal["learning journey", "design", "delivery"]] = Field(
        description='From "learning journey", "design", "delivery".'
    )
    note: str = Field(default="", description="What else is known.")


class Step(_Entry):
    """A step of a case's timeline, planned and actual; unknown dates are left out."""

    step: Text = Field(description="What the step was.")
    planned_start: dt.date | None = Field(default=None, description="A date such as 2024-05-01.")
    planned_end: dt.date | None = Field(default=None, description="A date such as 2024-05-31.")
    actual_start: dt.date | None = Field(default=None, description="A date such as 2024-05-01.")
    actual_end: dt.date | None = Field(default=None, description="A date such as 2024-05-31.")
    note: str = Field(default="", description="How exact the dates are.")

    @model_validator(mode="after")
    def _forwards(self) -> "Step":
        for start, end in (
            (self.planned_start, self.planned_end),
            (self.actual_start, self.actual_end),
        ):
            if start and end and end < start:
                raise ValueError(f"The step {self.step!r} ends ({end}) before it starts ({start}).")
        return self


class Reach(_Entry):
    """How many were reached."""

    what: Text = Field(description="What was counted.")
    n: Count = Field(description="A whole number, 0 or more.")
    approximate: bool = Field(default=False, description="true or false.")


class _Told(_Entry):
    """Something a source tells of a case."""

    section: str = Field(default="", description="Where the source says so.")
    evidence: list[Text] = Field(default=[], description="Ids of rows of evidence.csv that speak to it.")


class Change(_Told):
    """A person or an organisation that came to a case's team, or went."""

    who: Text = Field(description="Who it was: an organisation, or a role in it; no names of people.")
    sector: Key = Field(description="A key of [sectors].")
    what: Literal["joined", "left"] = Field(description='"joined" or "left".')
    when: str = Field(default="", description="When, in words.")
    note: str = Field(default="", description="What else is known.")


YesNo = Literal["yes", "no", "not known"]


class Tie(_Told):
    """Two organisations of a case's team, and whether they worked together."""

    between: list[Text] = Field(
        min_length=2, max_length=2, description="The names of two organisations of the case's team."
    )
    before: YesNo = Field(description='Before the programme: "yes", "no" or "not known".')
    after: YesNo = Field(description='By its end: "yes", "no" or "not known".')


class Cause(_Told):
    """A cause of the problem, or a cause of a cause."""

    key: Key = Field(description="A short name, used by `of`.")
    cause: Text = Field(description="The cause, in words.")
    of: str = Field(default="", description='The key of the cause above it, or "".')
    kind: Literal["root", "leaf"] = Field(description='"root" (underlying) or "leaf" (a visible sign).')


class Iteration(_Told):
    """One round of trying something."""

    planned: str = Field(default="", description="What was planned.")
    done: str = Field(default="", description="What was done.")
    learned: str = Field(default="", description="What was learned.")
    struggled: str = Field(default="", description="What was hard.")
    next: str = Field(default="", description="What comes next.")


class Outcome(_Told):
    """What came of a case, bad news included."""

    outcome: Text = Field(description="The outcome, in words.")
    kind: Literal["learning", "relationship", "practice", "policy", "product"] = Field(
        description='"learning", "relationship", "practice", "policy" or "product".'
    )
    status: Literal["planned", "reached", "partly", "not", "unexpected"] = Field(
        description='"planned", "reached", "partly", "not" or "unexpected".'
    )


class CaseEntry(_Entry):
    """One table of ``cases.toml``."""

    title: Text = Field(description="The case's name.")
    place: str = Field(default="", description="A key of [places], or leave it out.")
    issue: Text = Field(description="The policy issue in two to four words.")
    problem: Text = Field(description="The problem statement.")
    summary: Text = Field(description="What was planned and done.")
    start: dt.date | None = Field(default=None, description="When it began: a date such as 2024-05-01.")
    money: Count | None = Field(default=None, description="Pounds, a whole number.")
    source: Key = Field(description="A key of [sources].")
    section: Text = Field(description="Where in the source.")
    takeaways: list[Text] = Field(default=[], description="Sentences.")
    team: list[Member] = Field(default=[], description="Tables [[case.team]].")
    changes: list[Change] = Field(default=[], description="Tables [[case.changes]].")
    ties: list[Tie] = Field(default=[], description="Tables [[case.ties]].")
    timeline: list[Step] = Field(default=[], description="Tables [[case.timeline]].")
    reach: list[Reach] = Field(default=[], description="Tables [[case.reach]].")
    causes: list[Cause] = Field(default=[], description="Tables [[case.causes]].")
    iterations: list[Iteration] = Field(default=[], description="Tables [[case.iterations]].")
    outcomes: list[Outcome] = Field(default=[], description="Tables [[case.outcomes]].")
