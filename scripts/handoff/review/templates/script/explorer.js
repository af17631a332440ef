// Cohorts by any dimension, of the months, segments, channels, grades and models that the reader picks: sums of the
// report's own rows, so that what is shown adds up to the tables beside it.
(() => {
  const box = document.getElementById("explorer");
  const embedded = document.getElementById("cohort-cells");
  if (!box || !embedded) return;
  const panel = box.closest("[data-panel]");
  const z = 1.959963984540054;

  function half(part, whole, scale) {
    return Math.floor((2 * part * scale + whole) / (2 * whole));
  }

  function tenths(share) {
    const fine = Math.round(share * 1000) / 10;
    return fine > 0 && fine < 10 ? fine.toFixed(1) : String(Math.round(share * 100));
  }

  function interval(part, whole) {
    const centre = part + (z * z) / 2;
    const reach = z * Math.sqrt((part * (whole - part)) / whole + (z * z) / 4);
    const low = part === 0 ? 0 : (centre - reach) / (whole + z * z);
    const high = part === whole ? 1 : (centre + reach) / (whole + z * z);
    return high - low > 0.1 ? `${tenths(low)}–${tenths(high)} %` : "";
  }

  const count = (value) => Math.round(value).toLocaleString("en-US");

  function made(name, text = "", className = "") {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function rate(part, whole) {
    const cell = made("td");
    const fine = whole ? half(part, whole, 1000) / 10 : 0;
    const percent = !whole ? "–" : `${fine > 0 && fine < 10 ? fine.toFixed(1) : half(part, whole, 100)} %`;
    cell.append(percent, " ", made("small", `(${count(part)} of ${count(whole)})`));
    const reach = whole ? interval(part, whole) : "";
    if (reach) cell.append(" ", made("small", reach, "interval"));
    return cell;
  }

  function build() {
    const { dimensions, measures, rows } = JSON.parse(embedded.textContent);
    const names = dimensions.map(([name]) => name);
    const at = (name) => names.length + measures.indexOf(name);
    const ACCEPTANCE = at("is_acceptance_mature");
    const MATURE = at("is_mature");
    const STEPS = [["accepted", ACCEPTANCE], ["meetings_held", MATURE], ["opportunities", MATURE], ["won", MATURE]];
    const COUNTS = ["rejected", "disqualified", "recycled", "expired", "lost", "merged", "still_open", "pipeline_amount",
      "won_amount", "opportunities_without_amount"];

    const bar = made("div", "", "filter");
    const fields = new Map();
    function field(name, title, options, first) {
      const select = document.createElement("select");
      select.name = name;
      if (first !== null) select.add(new Option(first, ""));
      for (const [value, text] of options) select.add(new Option(text, value));
      const label = made("label", title);
      label.append(select);
      bar.append(label);
      fields.set(name, select);
    }
    const titled = dimensions.slice(1);
    field("by", "Rows by", titled.map(([name, title]) => [name, title]), null);
    const months = dimensions[0][2].map((month, index) => [index, month]);
    field("from", "Months from", months, "first");
    field("until", "to", months, "last");
    for (const [name, title, values] of titled) field(name, title, values.map((value, index) => [index, value]), "all");

    const table = document.createElement("table");
    table.dataset.explored = "cohorts";
    const heads = document.querySelector("table[data-table=channels] thead").cloneNode(true);
    table.append(made("caption"), heads, made("tbody"), made("tfoot"));
    const scroll = made("div", "", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", "Cohorts as picked");
    scroll.append(table);
    const status = made("p");
    status.setAttribute("role", "status");

    function line(label, some) {
      const sum = (index, settled) => some.reduce((all, row) => all + (settled === undefined || row[settled] ? row[index] : 0), 0);
      const tr = document.createElement("tr");
      const head = made("th", label, "words left");
      head.scope = "row";
      tr.append(head, made("td", count(sum(at("mqls")))));
      for (const [name, settled] of STEPS) {
        tr.append(rate(sum(at(name), settled), sum(at("mqls"), settled) - sum(at("merged"), settled)));
      }
      for (const name of COUNTS) tr.append(made("td", count(sum(at(name)))));
      return tr;
    }

    function show() {
      const picked = rows.filter((row) =>
        (fields.get("from").value === "" || row[0] >= Number(fields.get("from").value)) &&
        (fields.get("until").value === "" || row[0] <= Number(fields.get("until").value)) &&
        titled.every(([name], index) => fields.get(name).value === "" || row[index + 1] === Number(fields.get(name).value)));
      const by = names.indexOf(fields.get("by").value);
      const groups = new Map();
      for (const row of picked) groups.set(row[by], [...(groups.get(row[by]) ?? []), row]);
      const mqls = (some) => some.reduce((all, row) => all + row[at("mqls")], 0);
      const lines = [...groups].sort((one, other) => mqls(other[1]) - mqls(one[1]) || one[0] - other[0]);
      heads.rows[0].cells[0].textContent = dimensions[by][1];
      table.caption.textContent = `By ${dimensions[by][1].toLowerCase()}, as picked: ${picked.length} of ${rows.length} cohorts`;
      table.tBodies[0].replaceChildren(...lines.map(([value, some]) => line(dimensions[by][2][value], some)));
      table.tFoot.replaceChildren(line("All picked", picked));
      status.textContent = picked.length ? "" : "No cohort is like that.";
    }
    bar.addEventListener("input", show);
    show();
    box.append(made("summary", "Pick cohorts: months, channel, segment, grade, scoring model"), bar, status, scroll);
    box.hidden = false;
  }
  tabs.once(panel, build);
})();
