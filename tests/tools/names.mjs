// Parses scripts (an object of texts by name on standard input) as the JavaScript of 2017. Tells, for each, what is
// wrong with it, or its names: members that it asks of objects, keys of its own objects, and globals.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

function names(text) {
  const members = new Set(), keys = new Set(), used = new Set(), own = new Set();
  const visit = (node, parent, key) => {
    if (!node || typeof node !== "object") return;
    if (Array.isArray(node)) { node.forEach((part) => visit(part, parent, key)); return; }
    if (typeof node.type !== "string") return;
    const data = (node.object && node.object.property || {}).name === "dataset"; // attributes of ours
    if (node.type === "MemberExpression" && !node.computed && !data) members.add(node.property.name);
    if (node.type === "ObjectExpression") node.properties.forEach(({ key }) => keys.add(key.name || key.value));
    if (node.type === "Identifier" && !(parent.type === "MemberExpression" && key === "property" && !parent.computed)
      && !(parent.type === "Property" && key === "key" && !parent.computed)) used.add(node.name);
    if (/^(VariableDeclarator|Function|ArrowFunction|Class|CatchClause)/.test(node.type)) {
      [node.id, node.param].concat(node.params || []).forEach((pattern) => bound(pattern, own));
    }
    for (const part of Object.keys(node)) visit(node[part], node, part);
  };
  visit(parse(text, { ecmaVersion: 2017 }), {}, "");
  return { members: [...members].sort(), keys: [...keys], globals: [...used].filter((name) => !own.has(name)).sort() };
}

function bound(pattern, own) {
  if (!pattern) return;
  if (pattern.type === "Identifier") own.add(pattern.name);
  [].concat(pattern.elements || [], pattern.properties || [], pattern.value || [], pattern.left || [],
    pattern.argument || []).forEach((part) => bound(part, own));
}

const found = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  try { found[name] = names(text); } catch (error) { found[name] = { wrong: error.message }; }
}
process.stdout.write(JSON.stringify(found));
