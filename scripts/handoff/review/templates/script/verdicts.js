// Verdicts on the sampled rows: kept in this browser where it lets us, exported as the rows of the seed.
(() => {
  const form = document.getElementById("verdicts");
  if (!form) return;
  const STORE = "handoff.review.verdicts";
  const COLUMNS = ["review_id", "week_start", "stratum", "reviewer", "verdict", "reviewed_on", "note"];
  const status = document.getElementById("verdicts-status");
  const cards = [...document.querySelectorAll("[data-review]")];
  let kept = { reviewer: "", verdicts: {} };
  let lasting = true;
  try {
    kept = { ...kept, ...JSON.parse(localStorage.getItem(STORE) ?? "{}") };
  } catch {
    lasting = false;
  }

  function keep() {
    try {
      localStorage.setItem(STORE, JSON.stringify(kept));
    } catch {
      lasting = false;
    }
    tell();
  }

  const given = () => cards.map((card) => card.dataset.review).filter((id) => kept.verdicts[id]?.verdict);

  function tell(extra = "") {
    const fresh = given().filter((id) => !kept.verdicts[id].exported).length;
    status.textContent = [
      extra,
      `${given().length} of ${cards.length} judged, ${fresh} not exported yet.`,
      lasting ? "Kept in this browser until you clear them." : "This browser keeps nothing: export before you close the page.",
    ].filter(Boolean).join(" ");
  }

  // A cell never starts a formula, never breaks a line, and is quoted where it must be.
  function cell(text) {
    const plain = text.replace(/[\r\n\t]+/g, " ").trim();
    const inert = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
    return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  }

  function csv(ids) {
    const rows = ids.map((id) => {
      const card = cards.find((one) => one.dataset.review === id);
      const { verdict, note, reviewed_on } = kept.verdicts[id];
      const row = {
        review_id: id, week_start: card.dataset.week, stratum: card.dataset.stratum, reviewer: kept.reviewer, verdict,
        reviewed_on: reviewed_on || form.elements.reviewed_on.value, note: note ?? "",
      };
      return COLUMNS.map((name) => cell(row[name])).join(",");
    });
    return [COLUMNS.join(","), ...rows, ""].join("\n");
  }

  function refused(ids) {
    if (!kept.reviewer.trim()) return "Say who you are first.";
    if (kept.reviewer.includes("@")) return "Name yourself by an id without @.";
    const day = form.elements.reviewed_on.value;
    if (!day) return "Say on which day you looked.";
    const early = ids.find((id) => (kept.verdicts[id].reviewed_on || day) < cards.find((one) => one.dataset.review === id).dataset.week);
    if (early) return "The day of the inspection is before a week that it is about.";
    if (ids.some((id) => (kept.verdicts[id].note ?? "").includes("@"))) return "A note holds an address: take out the @.";
    return "";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ids = given().filter((id) => form.elements.again.checked || !kept.verdicts[id].exported);
    const why = ids.length ? refused(ids) : "No verdict to export.";
    if (why) {
      tell(why);
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(ids)], { type: "text/csv" }));
    link.download = `rule_review_verdicts_${form.elements.reviewed_on.value}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    for (const id of ids) {
      kept.verdicts[id].exported = true;
      kept.verdicts[id].reviewed_on ||= form.elements.reviewed_on.value;
    }
    keep();
    tell(`Exported ${ids.length}: add the rows to seeds/rules/feedback/rule_review_verdicts.csv.`);
  });

  function choose() {
    const { week, stratum } = form.elements;
    for (const card of cards) {
      card.hidden = Boolean((week.value && card.dataset.week !== week.value) || (stratum.value && card.dataset.stratum !== stratum.value));
    }
  }
  form.elements.week.addEventListener("input", choose);
  form.elements.stratum.addEventListener("input", choose);

  form.elements.reviewer.value = kept.reviewer;
  form.elements.reviewed_on.value = new Date().toISOString().slice(0, 10);
  form.elements.reviewer.addEventListener("input", () => {
    kept.reviewer = form.elements.reviewer.value;
    keep();
  });

  for (const card of cards) {
    const id = card.dataset.review;
    const options = [...card.querySelectorAll("input[type=radio]")];
    const note = card.querySelector(".note input");
    function show() {
      const mine = kept.verdicts[id];
      for (const option of options) option.checked = option.value === mine?.verdict;
      note.value = mine?.note ?? "";
      card.classList.toggle("judged", Boolean(mine?.verdict));
    }
    card.addEventListener("input", () => {
      const verdict = options.find((option) => option.checked)?.value ?? "";
      kept.verdicts[id] = { verdict, note: note.value };
      card.classList.toggle("judged", Boolean(verdict));
      keep();
    });
    card.querySelector(".clear").addEventListener("click", () => {
      delete kept.verdicts[id];
      show();
      keep();
    });
    card.querySelector("fieldset").hidden = false;
    show();
  }
  form.hidden = false;
  tell();
})();
performance.mark("interactive");
