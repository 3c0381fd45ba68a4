"use strict";
// Shows what a link leads to beside it: on hover, focus and touch. All words are on the page already and are copied node by node, never parsed.
(() => {
  const HIDE_AFTER = 350; // milliseconds, time enough to move the pointer into the panel
  const place = (id) => document.getElementById(id);
  const target = (link) => decodeURIComponent(link.getAttribute("href").slice(1));
  const make = (name, content = [], attributes = {}) => {
    const node = document.createElement(name);
    node.append(...[content].flat());
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  };

  // The panel and its state: which link it belongs to, and whether it stays.
  const panel = make("div", [], { id: "panel", role: "dialog", "aria-labelledby": "panel-title", tabindex: "-1", hidden: "" });
  let owner = null;
  let kept = false;
  let timer = 0;

  // A copy of an entry, without ids; its headings become those of the panel.
  function copied(id, number) {
    const copy = place(id).cloneNode(true);
    copy.removeAttribute("id");
    if (number) copy.querySelectorAll(".of").forEach((node) => node.remove()); // whose it is stands in the panel's own heading
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    const heading = copy.querySelector("h3, h4");
    const title = heading ? heading.textContent : "";
    if (heading) heading.remove();
    return { copy, title };
  }

  // The quotes behind one feature of one item.
  function quotes(item, feature, name) {
    const entry = place(`code${item}${feature}`);
    if (!entry) return [];
    const found = [...entry.querySelectorAll(".quote")].map((quote) => quote.cloneNode(true));
    return found.length ? [make("p", name, { class: "whose" }), ...found] : [];
  }

  // What two items share: only the table that is asked for, each feature with the quotes behind it.
  function compared(copy, only) {
    copy.querySelectorAll("[data-table]").forEach((part) => only && part.dataset.table !== only && part.remove());
    if (only) copy.querySelectorAll(".whole").forEach((node) => node.remove());
    const { first, second } = copy.dataset;
    const names = [first, second].map((item) => place(`item${item}`).querySelector("h3").textContent);
    copy.querySelectorAll("[data-who]").forEach((row) => {
      const { who } = row.dataset;
      const told = row.querySelector("dd");
      row.querySelectorAll("[data-feature]").forEach((feature) => {
        const behind = [
          ...(who === "second" ? [] : quotes(first, feature.dataset.feature, names[0])),
          ...(who === "first" ? [] : quotes(second, feature.dataset.feature, names[1])),
        ];
        if (behind.length) told.append(make("h3", feature.textContent), ...behind);
      });
    });
    return copy;
  }

  // The references cited in some content, in full.
  function cited(content) {
    const ids = new Set(content.flatMap((node) => [...node.querySelectorAll("a.number")].map(target)));
    const found = [...ids].map(place).filter(Boolean).map((node) => make("li", [...node.cloneNode(true).childNodes]));
    return found.length ? [make("h3", "References"), make("ul", found, { class: "references" })] : [];
  }

  function content(link) {
    const ids = (link.dataset.show || target(link)).split(" ");
    const entries = ids.map(copied);
    const body = entries.flatMap(({ copy, title }, number) => {
      if (copy.classList.contains("pair")) compared(copy, link.dataset.table);
      return number ? [make("h3", title), copy] : [copy];
    });
    const close = make("button", "×", { type: "button", "aria-label": "Close" });
    close.addEventListener("click", () => hide(true));
    const more = make("a", "Its place on the page", { href: `#${encodeURIComponent(ids[0])}` });
    more.addEventListener("click", () => hide(false));
    return [make("h2", entries[0].title, { id: "panel-title" }), close, ...body, ...cited(body), make("p", more)];
  }

  function show(link, keep) {
    clearTimeout(timer);
    if (owner !== link) {
      if (owner) owner.classList.remove("open");
      owner = link;
      owner.classList.add("open");
      panel.replaceChildren(...content(link));
      panel.hidden = false;
      panel.scrollTop = 0;
    }
    kept = keep || kept;
    // A sheet at the foot of a small screen must not lie over what it belongs to.
    const sheet = panel.getBoundingClientRect();
    const cell = link.getBoundingClientRect();
    if (sheet.left < cell.right && cell.bottom > sheet.top && cell.top < sheet.bottom) window.scrollBy(0, cell.bottom - sheet.top + 12);
    if (keep) panel.focus({ preventScroll: true });
  }

  function hide(giveBack) {
    clearTimeout(timer);
    const link = owner;
    const inside = panel.contains(document.activeElement);
    owner = null;
    kept = false;
    panel.hidden = true;
    panel.replaceChildren();
    if (!link) return;
    link.classList.remove("open");
    if (giveBack && inside) {
      link.dataset.quiet = ""; // the focus comes back without showing the panel again
      link.focus({ preventScroll: true });
      delete link.dataset.quiet;
    }
  }

  const linkAt = (node) => (node instanceof Element ? node.closest("a.show") : null);
  const later = () => {
    clearTimeout(timer);
    if (owner && !kept) timer = setTimeout(() => hide(false), HIDE_AFTER);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = linkAt(event.target);
    if (panel.contains(event.target)) clearTimeout(timer);
    else if (link && !kept) show(link, false);
    else if (!link) later();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (panel.contains(event.target)) clearTimeout(timer);
    else if (link && link.matches(":focus-visible") && !("quiet" in link.dataset)) {
      kept = false;
      show(link, false);
    } else if (!link) later();
  });
  document.addEventListener("click", (event) => {
    const link = linkAt(event.target);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner) hide(true);
    else if (linkAt(event.target)) walk(event);
  });

  // One stop of the Tab key for a table; the arrow keys lead from cell to cell.
  function walk(event) {
    const table = event.target.closest("table.arrows");
    if (!table || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a.show")));
    const cell = event.target.closest("th, td");
    const [row, column] = [cell.parentElement.sectionRowIndex, cell.cellIndex];
    const across = rows[row].filter(Boolean);
    const down = rows.map((line) => line[column]).filter(Boolean);
    const moves = {
      ArrowRight: [across, 1], ArrowLeft: [across, -1], ArrowDown: [down, 1], ArrowUp: [down, -1], Home: [across, -Infinity], End: [across, Infinity],
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    const [line, step] = moves[event.key];
    const next = line[Math.min(Math.max(line.indexOf(event.target) + step, 0), line.length - 1)];
    table.querySelectorAll('a.show[tabindex="0"]').forEach((link) => link.setAttribute("tabindex", "-1"));
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  // Several views of the same: one at a time, to be chosen.
  function choose(box, number) {
    const views = [...box.querySelectorAll(":scope > .choice")];
    if (views.length < 2) return;
    const labels = views.map((view, position) => {
      const input = make("input", [], { type: "radio", name: `choice-${number}` });
      input.checked = !position;
      input.addEventListener("change", () => views.forEach((other) => (other.hidden = other !== view)));
      view.hidden = Boolean(position);
      return make("label", [input, view.dataset.choice]);
    });
    box.prepend(make("fieldset", [make("legend", box.dataset.legend), ...labels]));
  }

  document.documentElement.classList.add("script");
  document.body.append(panel);
  document.querySelectorAll(".choices").forEach(choose);
  document.querySelectorAll("table.arrows").forEach((table) => {
    table.querySelectorAll("a.show").forEach((link, position) => link.setAttribute("tabindex", position ? "-1" : "0"));
  });
  document.querySelectorAll("a.show").forEach((link) => link.setAttribute("aria-haspopup", "dialog"));

  // On paper everything that is folded is open.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    hide(false);
    document.querySelectorAll("details:not([open], .on-screen)").forEach((node) => folded.push(node) && (node.open = true));
  });
  window.addEventListener("afterprint", () => folded.splice(0).forEach((node) => (node.open = false)));
})();
