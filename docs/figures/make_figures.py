"""Make the figures that the README shows: python docs/figures/make_figures.py in the workbook."""

from pathlib import Path

import coprod
from coprod import cases, figures, likert, privacy
from coprod.display import svg

HERE = Path(__file__).parent


def main() -> None:
    """Draw one figure of the demo's survey and one of the real case studies, and print their alt texts."""
    demo = coprod.open("demo").latest()
    asked = likert.items_in(demo, "principles")[:4]
    agreement = figures.diverging_bars(privacy.door(demo, "public")(likert.shares(demo, asked)))
    real = coprod.open("knowledge-in-action")
    timeline = figures.timeline(privacy.door(real, "public")(cases.timeline(real)))
    for name, drawn in {"agreement": agreement, "timeline": timeline}.items():
        (HERE / f"{name}.svg").write_text(
            svg(drawn.ax.figure, drawn.alt) + "\n", encoding="utf-8", newline="\n"
        )
        print(f"{name}: {drawn.alt}")


if __name__ == "__main__":
    main()
