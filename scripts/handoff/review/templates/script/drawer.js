// One person or one account, opened by its address (#person=ID, #account=ID). What the marts say goes in as text only.
(() => {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  const title = document.getElementById("drawer-title");
  let details = null;
  let opener = null;
  let before = "";

  function made(name, text, children = []) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  }

  function value(text, kind) {
    if ((kind === "person" || kind === "account") && Object.hasOwn(details[kind].of, text)) {
      const link = made("a", details[kind].names[text] || text);
      link.href = `#${kind}=${encodeURIComponent(text)}`;
      return link;
    }
    return document.createTextNode(text);
  }

  function table(name, columns, rows, found) {
    const css = (kind) => (["count", "number", "money", "seconds", "moment", "day"].includes(kind) ? kind : `${kind} left`);
    const heads = made("tr", "", columns.map(([head, kind]) => {
      const cell = made("th", head);
      cell.scope = "col";
      cell.className = css(kind);
      return cell;
    }));
    const lines = rows.map((row) => made("tr", "", row.map((text, at) => {
      const cell = made(at ? "td" : "th", "", [value(text, columns[at][1])]);
      if (!at) cell.scope = "row";
      cell.className = css(columns[at][1]);
      return cell;
    })));
    const grid = made("table", "", [made("caption", `${name} (${rows.length < found ? `the first ${rows.length} of ${found}` : found})`), made("thead", "", [heads]), made("tbody", "", lines)]);
    const box = made("div", "", [grid]);
    box.className = "scroll";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", name);
    return box;
  }

  function fill(kind, id) {
    details ??= JSON.parse(document.getElementById("details").textContent);
    const { facts, blocks, of, names } = details[kind];
    title.textContent = `${kind === "person" ? "Person" : "Account"} ${names[id] ? `${names[id]}, ${id}` : id}`;
    if (!Object.hasOwn(of, id)) {
      const command = kind === "person" ? ` For this one: handoff explain ${id}` : "";
      body.replaceChildren(made("p", `The page holds the details of the sample and the queue only.${command}`));
      return;
    }
    const [told, lists, found] = of[id];
    const list = made("dl", "");
    facts.forEach(([name, what], at) => {
      if (told[at]) list.append(made("dt", name), made("dd", "", [value(told[at], what)]));
    });
    body.replaceChildren(list, ...blocks.map(([name, columns], at) => [name, columns, lists[at], found[at]])
      .filter(([, , rows]) => rows.length)
      .map(([name, columns, rows, count]) => table(name, columns, rows, count)));
  }

  function follow() {
    const asked = place.read();
    const kind = ["person", "account"].find((one) => asked.has(one));
    if (!kind) {
      if (drawer.open) drawer.close();
      return;
    }
    if (!drawer.open) {
      opener = document.activeElement;
      before = asked.get("tab") || tabs.current();
      drawer.showModal();
    }
    fill(kind, asked.get(kind));
    drawer.scrollTop = 0;
  }

  drawer.addEventListener("close", () => {
    const asked = place.read();
    if (asked.has("person") || asked.has("account")) history.replaceState(null, "", `#tab=${before}`);
    if (opener?.isConnected) opener.focus();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
  window.addEventListener("hashchange", follow);
  follow();
})();
