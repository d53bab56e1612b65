// Words that go on from what is being typed:
// one look into the list of words after a pause, not one for every key.
const MOST_SUGGESTIONS = 6;

async function suggest(input) {
  await core.prepare();
  const typed = input.value, parts = core.tokens(typed), last = parts[parts.length - 1] || "";
  const options = datalist(input);
  options.textContent = "";
  if (last.length < core.SHORTEST_PREFIX || /[^\w\u00c0-\uffff]$/.test(typed)) return;
  const before = typed.slice(0, typed.length - last.length);
  const found = core.commonest(await core.words(last), (word) => word.startsWith(last) && word !== last);
  if (input.value !== typed) return;
  found.slice(0, MOST_SUGGESTIONS)
    .forEach((word) => options.append(core.make("option", "", { value: before + word })));
}

function datalist(input) {
  if (!input.list) {
    const options = core.make("datalist", "", { id: `usul-${document.querySelectorAll("datalist").length}` });
    input.after(options);
    input.setAttribute("list", options.id);
  }
  return input.list;
}

window.simpulCari("lain", { passes, facets, suggest });
