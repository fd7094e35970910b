// Narrows the list of reports down to what is asked for. The list is there without it; it adds no text
// of anybody's, shows and hides what stands in the page, and keeps what was asked behind the # of the
// address, which browsers do not send: so a link can be shared, and a website's log learns nothing.
"use strict";
{
  const form = document.querySelector(".find");
  const choices = [...form.querySelectorAll("select")];
  const status = form.querySelector("[role=status]");
  const more = form.querySelector("details");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const said = (node, those) => [...node.querySelectorAll(those)].map((one) => one.textContent).join(" ");

  const groups = [...document.querySelectorAll(".programme")].map((node) => {
    const above = said(node, "h2, .about");
    const rows = [...node.querySelectorAll(".reports > li")].map((row) => ({
      node: row,
      ...node.dataset,
      ...row.dataset,
      date: row.querySelector("time").dateTime,
      text: plain(`${above} ${said(row, ".name, .note")}`),
    }));
    return { node, rows };
  });
  const count = groups.reduce((sum, group) => sum + group.rows.length, 0);

  function narrow() {
    const words = plain(form.words.value).split(/\s+/);
    const from = form.from.value, to = form.to.value || "9999";
    const asked = choices.filter((one) => one.value);
    const left = new Map(choices.map((one) => [one, new Set()]));
    let shown = 0;
    for (const group of groups) {
      let some = false;
      for (const row of group.rows) {
        const found = words.every((word) => row.text.includes(word)) && from <= row.date && row.date <= to;
        const against = asked.filter((one) => one.value !== row[one.name]);
        row.node.hidden = !found || against.length > 0;
        some ||= !row.node.hidden;
        shown += !row.node.hidden;
        // With the other choices as they are, what would still show this report?
        if (found && against.length === 0) choices.forEach((one) => left.get(one).add(row[one.name]));
        if (found && against.length === 1) left.get(against[0]).add(row[against[0].name]);
      }
      group.node.hidden = !some;
    }
    for (const one of choices) {
      for (const option of one.options) {
        option.disabled = option.value !== "" && !option.selected && !left.get(one).has(option.value);
      }
    }
    status.textContent = shown ? `${shown} of ${count} reports` : `None of ${count} reports fits.`;
  }

  function keep() {
    const told = [...new FormData(form)].filter(([, value]) => value);
    const address = location.href.split("#")[0];
    history.replaceState(null, "", told.length ? `${address}#${new URLSearchParams(told)}` : address);
  }

  function ask() {
    if (/^#[^=]+$/.test(location.hash)) return; // a link to a place in the page
    const told = new URLSearchParams(location.hash.slice(1));
    for (const one of form.querySelectorAll("input, select")) {
      one.value = told.get(one.name) ?? "";
      if (one.selectedIndex < 0) one.selectedIndex = 0; // a place that is no more
      more.open ||= one.name !== "words" && one.value !== "";
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", narrow);
  form.addEventListener("change", keep);
  form.querySelector("[type=reset]").addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    narrow();
    keep();
  });
  addEventListener("hashchange", () => {
    ask();
    narrow();
  });
  more.open = matchMedia("(min-width: 62rem)").matches;
  ask();
  narrow();
  document.querySelector("nav").hidden = true;
  form.hidden = false;
}
