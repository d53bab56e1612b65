// The self-check: one competence at a time, by what one does at work.
const form = one("[data-self-check]");
const WORDS = ["belum", "dengan bantuan", "sendiri"]; // kept as 1, 2, 3
const group = one("#kelompok"), result = one("[data-result]");
const sections = all("[data-competence]", form);
const codeOf = (section) => section.dataset.competence;
const minimum = (section) => (known.minimum[group.value] || {})[codeOf(section)] || [0, 0];
const asked = () => sections.filter((section) => minimum(section)[0]);
const levelsOf = (section) => all("[data-level]", section);
const idsOf = (part) => all("[data-id]", part).map((item) => item.dataset.id);
const levelOf = (part) => Number(part.dataset.level);
const further = {}; // by competence the level asked for beyond the minimum
let answers = {}, here = 0;

// A level is reached when one does all of it alone; of three things or more, one may need help.
function isReached(part) {
  const given = idsOf(part).map((id) => answers[id]);
  return given.every((value) => value > 1) && given.filter((value) => value < 3).length <= (given.length > 2 ? 1 : 0);
}

function attained(section) {
  const first = levelsOf(section).find((part) => !isReached(part));
  return first ? levelOf(first) - 1 : levelsOf(section).length;
}

// The levels that are asked: as far as the former is reached, and the group's minimum or the reader asks.
function open(section) {
  const most = Math.max(minimum(section)[0], further[codeOf(section)] || 0);
  return levelsOf(section).filter((part) => levelOf(part) <= Math.min(most, attained(section) + 1));
}

const isAnswered = (section) => open(section).every((part) => idsOf(part).every((id) => answers[id]));

function choices(item) {
  const { id } = item.dataset, field = make("fieldset", "", { class: "own" });
  field.append(make("legend", item.textContent));
  WORDS.forEach((word, place) => {
    const label = make("label", ""), input = make("input", "", { type: "radio", name: id, value: place + 1 });
    input.checked = answers[id] === place + 1;
    label.append(input, ` ${word}`);
    field.append(label);
  });
  item.textContent = "";
  item.append(field);
}

function show(focus) {
  const all_ = asked();
  here = Math.max(0, Math.min(here, all_.length - 1));
  sections.forEach((section) => { section.hidden = section !== all_[here]; });
  const section = all_[here];
  one("[data-back]").disabled = !here;
  one(".md-button--primary", form).hidden = !section;
  one("[data-more]").hidden = !section || !more(section);
  if (!section) return;
  levelsOf(section).forEach((part) => { part.hidden = !open(section).includes(part); });
  all("[data-id]", section).filter((item) => !one("fieldset", item)).forEach(choices);
  const heading = one("h2", section);
  heading.dataset.title = heading.dataset.title || heading.textContent;
  heading.textContent = `${here + 1} dari ${all_.length}: ${heading.dataset.title}`;
  if (focus) heading.focus();
}

// The level that may be asked next though the minimum is reached.
function more(section) {
  const next = attained(section) + 1;
  return next > minimum(section)[0] && next <= levelsOf(section).length && (further[codeOf(section)] || 0) < next;
}

function keep(edit) {
  change((record) => {
    const diri = selfOf(record.diri);
    answers = diri.jawaban || {};
    edit();
    record.diri = selfOf(Object.assign(diri, { kelompok: group.value, waktu: now(), jawaban: answers }));
  });
}

function start() {
  const { kelompok, jawaban } = selfOf(read().diri);
  answers = jawaban || {};
  if (kelompok in known.minimum) group.value = kelompok;
  here = Math.max(0, asked().findIndex((section) => !isAnswered(section)));
  each("[data-needs-script]", (part) => { part.hidden = false; });
  one("[data-without]").hidden = true;
  each(".asked", (list) => { list.className = "answered"; });
  show();
}
