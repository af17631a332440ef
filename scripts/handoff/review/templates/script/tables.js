// A search and choices above each table that is long or says what may be chosen; rows are hidden, never made. A table
// with sentences becomes cards on a phone: its cells are given their titles here.
(() => {
  const LONG = 12;

  function labelled(title, field) {
    const label = document.createElement("label");
    label.append(title, field);
    return label;
  }

  function choice(name, values, first) {
    const field = document.createElement("select");
    field.name = name;
    field.add(new Option(first, ""));
    for (const value of values) field.add(new Option(value, value));
    return field;
  }

  function filterOf(table) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells];
    const offered = heads.filter((head) => head.dataset.offers);
    if (rows.length <= LONG && !(offered.length && rows.length > 3)) return;
    let text = null;
    const cell = (row, at) => row.cells[at].firstChild.textContent.trim();
    const bar = document.createElement("div");
    bar.className = "filter";
    bar.dataset.filters = table.dataset.table;
    const tests = [];

    const search = document.createElement("input");
    search.type = "search";
    bar.append(labelled("Search", search));
    tests.push((row, at) => {
      const asked = search.value.trim().toLowerCase();
      if (!asked) return true;
      text ??= rows.map((one) => one.textContent.toLowerCase());
      return text[at].includes(asked);
    });

    for (const head of offered) {
      const at = head.cellIndex;
      const values = [...new Set(rows.map((row) => cell(row, at)))].sort();
      if (values.length < 2) continue;
      if (head.dataset.offers === "range") {
        const from = choice(`${head.dataset.column}_from`, values, "first");
        const until = choice(`${head.dataset.column}_until`, values, "last");
        bar.append(labelled(`${head.textContent}: from`, from), labelled("to", until));
        tests.push((row) => (!from.value || cell(row, at) >= from.value) && (!until.value || cell(row, at) <= until.value));
      } else {
        const field = choice(head.dataset.column, values, "all");
        bar.append(labelled(head.textContent, field));
        tests.push((row) => !field.value || cell(row, at) === field.value);
      }
    }

    const told = document.createElement("output");
    const clear = document.createElement("button");
    clear.type = "button";
    clear.textContent = "Show all";
    bar.append(clear, told);

    function apply() {
      let shown = 0;
      rows.forEach((row, at) => {
        const stays = tests.every((test) => test(row, at));
        row.hidden = !stays;
        shown += stays;
      });
      const narrowed = shown < rows.length;
      if (narrowed) table.caption.dataset.narrowed = `${shown} of ${rows.length} rows, as chosen`;
      else delete table.caption.dataset.narrowed;
      told.textContent = narrowed ? `${shown} of ${rows.length} rows; charts and totals are of all` : `${rows.length} rows`;
      clear.hidden = !narrowed;
    }
    bar.addEventListener("input", apply);
    clear.addEventListener("click", () => {
      for (const field of bar.querySelectorAll("input, select")) field.value = "";
      apply();
      search.focus();
    });
    apply();
    table.parentElement.before(bar);
  }

  function title(table) {
    const titles = [...table.tHead.rows[0].cells].map((head) => head.textContent);
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach((cell, at) => { cell.dataset.title = titles[at]; });
    }
  }

  for (const panel of document.querySelectorAll("[data-panel]")) {
    tabs.once(panel, () => panel.querySelectorAll("table[data-table]").forEach((table) => {
      filterOf(table);
      if (table.classList.contains("cards")) title(table);
    }));
  }
})();
