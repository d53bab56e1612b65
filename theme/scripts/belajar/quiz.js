// A module's quiz and its marks. Joined with the parts that know the record and the answers.

function markRead(facts) {
  const id = facts.dataset.module;
  const button = make("button", "", { type: "button", class: "md-button" });
  const show = () => {
    const marked = id in read().dibaca;
    button.textContent = marked ? "✓ Sudah dibaca" : "Tandai sudah dibaca";
    button.setAttribute("aria-pressed", String(marked));
  };
  button.addEventListener("click", () => {
    change((kept) => { if (id in kept.dibaca) delete kept.dibaca[id]; else kept.dibaca[id] = now(); });
    show();
  });
  window.addEventListener("storage", show);
  show();
  const place = make("p", "");
  place.append(button);
  (one("[data-quiz]") || one(".md-content__inner").lastElementChild).after(place);
}

// What the device remembers of earlier attempts, and whether the module has changed since.
function before(id, version) {
  const attempts = read().kuis[id];
  if (!attempts) return "";
  const [, , , old] = last(attempts);
  const changed = old && old !== version
    ? ` Modul berubah sejak Anda mengerjakannya: ${old} -> ${version}.` : "";
  const outOf = ([, right, of]) => `${right} dari ${of}`;
  return `Nilai Anda terakhir: ${outOf(last(attempts))}, terbaik: ${outOf(best(attempts))}, dalam \
${attempts.length} kali mengerjakan.${done(attempts) ? " Modul ini tuntas." : ""}${changed}`;
}

function quiz(form) {
  const { module: id, version } = one("[data-module]").dataset;
  const questions = all("fieldset", form);
  const score = make("p", before(id, version), { role: "status" });
  const button = make("button", "Periksa jawaban", { class: "md-button md-button--primary" });
  questions.forEach((question) => { one("details", question).hidden = true; });
  form.append(button, score);
  let told = ""; // answers that were told already are no new attempt
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const faults = questions.map(fault);
    const first = faults.findIndex(Boolean), open = faults.filter((found) => found === OPEN).length;
    if (first >= 0) {
      score.textContent = open ? `Masih ada ${open} soal yang belum dijawab.`
        : `Soal ${first + 1}: ${faults[first]}.`;
      one("input", questions[first]).focus();
      return;
    }
    const right = questions.filter(judge).length, of = questions.length;
    const given = JSON.stringify(all("input", form).map((input) => [input.checked, input.value]));
    if (given !== told) {
      change(({ kuis }) => { kuis[id] = [...(kuis[id] || []), [now(), right, of, version]]; });
    }
    told = given;
    score.textContent = `Nilai Anda: ${right} dari ${of}. ${done([["", right, of]])
      ? "Modul ini tuntas." : `Tuntas mulai ${Math.ceil(of * DONE / 100)} benar; baca lagi, lalu coba lagi.`} \
Alasannya di bawah tiap soal.`;
  });
}

function judge(question) {
  const found = verdicts(question);
  all("input", question).forEach((input, place) => {
    input.parentElement.classList.toggle("right", found[place].good);
    input.parentElement.classList.toggle("wrong", found[place].wrong);
  });
  const right = !found.some(({ wrong, missed }) => wrong || missed);
  const reasons = one("details", question);
  reasons.hidden = false;
  reasons.open = true;
  const word = right ? "benar" : found.some(({ good, missed }) => good && !missed) ? "benar sebagian" : "belum tepat";
  one("summary", question).textContent = `Jawaban Anda ${word}`;
  return right;
}

// Of the paths that share a module, the one the learner opened last comes first.
function ownPath(first) {
  const end = `jalur/${(read().jalur || [])[0]}.html`;
  const link = all(".steps p a").find((a) => a.getAttribute("href").endsWith(end));
  const own = link && link.closest(".steps");
  if (!own || own === first) return;
  const others = own.parentElement;
  others.append(first);
  others.before(own);
}

each("[data-module]", markRead);
each("[data-quiz]", quiz);
if (one(".steps p a")) ownPath(one(".steps"));
