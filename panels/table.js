// Sections of rows (data) → tables of buttons; a press reports the region's id. Text enters by textContent only.

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const row = (one, most, selected, pick) => {
  const name = element("button", { type: "button", textContent: one.name, onclick: () => pick(one.id) });
  name.dataset.region = one.id;
  if (one.id === selected) name.setAttribute("aria-current", "true");
  const bar = element("span", { className: "bar" });
  bar.style.inlineSize = `${most ? (100 * one.value) / most : 0}%`;
  return element(
    "tr",
    { className: one.id === selected ? "selected" : "", onclick: (event) => event.target === name || pick(one.id) },
    element("th", { scope: "row" }, name),
    element("td", {}, element("span", { className: "number", textContent: one.shown }), bar),
  );
};

const table = (section, most, selected, pick) => {
  const headings = section.headings.map((text) => element("th", { scope: "col", textContent: text }));
  return element(
    "table",
    {},
    element("caption", { textContent: section.caption, className: section.folded ? "unseen" : "" }),
    element("thead", {}, element("tr", {}, ...headings)),
    element("tbody", {}, ...section.rows.map((one) => row(one, most, selected, pick))),
  );
};

const folded = (section, open, made) =>
  element("details", { open }, element("summary", { textContent: section.caption }), made);

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".regions");
  const focused = root.querySelector(":focus")?.dataset.region;
  const open = root.querySelector("details")?.open ?? false;
  const pick = (id) => setTriggerValue("picked", id);
  const most = Math.max(0, ...data.sections.flatMap((section) => section.rows.map((one) => one.value)));

  Object.assign(root, { dir: data.dir, lang: data.lang });
  root.replaceChildren(
    ...data.sections.map((section) => {
      const made = table(section, most, data.selected, pick);
      return section.folded ? folded(section, open, made) : made;
    }),
  );
  if (focused) root.querySelector(`[data-region="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
