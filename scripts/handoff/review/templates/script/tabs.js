"use strict";
// The address after # says what is open: tab=KEY, person=ID, account=ID; several are joined by &.
const place = {
  read() {
    const asked = new Map();
    for (const part of location.hash.slice(1).split("&")) {
      const at = part.indexOf("=");
      if (at > 0) {
        let value = part.slice(at + 1);
        try { value = decodeURIComponent(value); } catch { /* taken as it stands */ }
        asked.set(part.slice(0, at), value);
      }
    }
    return asked;
  },
};

const tabs = (() => {
  const links = [...document.querySelectorAll("[data-tab]")];
  const panels = new Map([...document.querySelectorAll("[data-panel]")].map((one) => [one.dataset.panel, one]));
  let current = links[0].dataset.tab;
  let ready = false;

  const waiting = new Map();

  // What a tab needs done is done when it is first shown, so that the page opens at once.
  function once(panel, work) {
    const key = panel.dataset.panel;
    if (key === current && ready) work();
    else waiting.set(key, [...(waiting.get(key) ?? []), work]);
  }

  function show(key) {
    current = key;
    for (const link of links) {
      const chosen = link.dataset.tab === key;
      link.setAttribute("aria-selected", chosen);
      link.tabIndex = chosen ? 0 : -1;
      if (chosen) link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    document.documentElement.dataset.shown = key;
    for (const work of waiting.get(key) ?? []) work();
    waiting.delete(key);
  }

  document.querySelector("nav.tabs").setAttribute("role", "tablist");
  for (const link of links) {
    const panel = panels.get(link.dataset.tab);
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", link.id);
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) go(link.dataset.tab);
    });
    link.addEventListener("keydown", (event) => {
      const at = links.indexOf(link);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 }[event.key];
      if (event.key === " ") { event.preventDefault(); link.click(); }
      if (to === undefined) return;
      event.preventDefault();
      const next = links[(to + links.length) % links.length];
      next.focus();
      next.click();
    });
  }

  function go(key) {
    if (panels.has(key) && key !== current) {
      show(key);
      window.scrollTo(0, 0);
    }
  }
  show(panels.has(place.read().get("tab")) ? place.read().get("tab") : current);
  window.addEventListener("hashchange", () => go(place.read().get("tab")));
  ready = true;
  return { current: () => current, once };
})();
