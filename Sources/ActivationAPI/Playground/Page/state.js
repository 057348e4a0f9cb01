// What is shown, as the URL has it: #leaky_relu?alpha=0.2&x=1&from=-6&to=6
const defaults = { from: -6, to: 6, x: 1, vector: [1, 2, 3], temperature: 1, i: 0, j: 1, operation: 'forward' };
// `typed` holds what a field was given, by its id: its text, and the problem or note that goes with it.
const state = { activation: '', parameters: {}, ...defaults, typed: {}, notes: [] };
const catalogue = new Piece(() => 'v1', (signal) => ask('GET', 'v1', undefined, signal));
const current = () => catalogue.data?.activations.find((entry) => entry.name === state.activation);
const isVector = () => current()?.kind === 'vector';

// Every change goes through here; values are replaced, never altered, so that a part knows when to draw itself anew.
function change(work) {
  state.notes = [];
  work();
  update();
  writeState();
}

const hasProblem = (...ids) => ids.some((id) => state.typed[id]?.problem);
const parameterIds = () => Object.keys(state.parameters).map((name) => `parameter-${name}`);

const inBounds = (from, to) => Math.abs(from) <= 1e6 && Math.abs(to) <= 1e6 && to - from >= 1e-3;

function rangeProblem(from, to) {
  if (!(from < to)) return 'From must be less than to.';
  if (to - from < 1e-3) return 'The range must be at least 0.001 wide.';
  return inBounds(from, to) ? undefined : 'The range goes from −1000000 to 1000000 at most.';
}

// An entry of the query. One that cannot be used is noted, and the default is shown instead.
function given(query, name, read, fallback) {
  const text = query.get(name);
  query.delete(name);
  if (text === null) return fallback;
  const { value, problem } = read(text);
  if (!problem) return value;
  state.notes.push({ text: `${name}=${text}: ${problem} This is ${name} = ${fallback}.` });
  return fallback;
}

const readIndex = (count) => (text) => (/^\d+$/.test(text) && Number(text) < count ? { value: Number(text) } : { problem: `This must be an index below ${count}.` });

function readState() {
  const [name, text = ''] = location.hash.slice(1).split('?');
  const query = new URLSearchParams(text);
  Object.assign(state, { typed: {}, notes: [], parameters: {} });
  readName(name);
  for (const { name, default: value } of current().parameters) state.parameters[name] = given(query, name, readFinite, value);
  state.x = given(query, 'x', readNumber, defaults.x);
  const [from, to] = ['from', 'to'].map((name) => given(query, name, readFinite, defaults[name]));
  const problem = rangeProblem(from, to);
  if (problem) state.notes.push({ text: `from=${from}, to=${to}: ${problem} This is the usual range.` });
  Object.assign(state, problem ? { from: defaults.from, to: defaults.to } : { from, to });
  const readTemperature = (text) => (Number(text) >= 0.1 && Number(text) <= 10 ? { value: Number(text) } : { problem: 'This page takes 0.1 to 10.' });
  state.temperature = given(query, 'temperature', readTemperature, defaults.temperature);
  state.vector = given(query, 'v', readVector, defaults.vector);
  for (const name of ['i', 'j']) state[name] = given(query, name, readIndex(state.vector.length), Math.min(defaults[name], state.vector.length - 1));
  const operations = Object.keys(current().fields);
  state.operation = given(query, 'operation', (text) => (operations.includes(text) ? { value: text } : { problem: `${state.activation} has no such operation.` }), defaults.operation);
  for (const [name, value] of query) state.notes.push({ text: `${name}=${value}: ${state.activation} has no ${name}.` });
}

function readName(name) {
  const names = catalogue.data.activations.map((entry) => entry.name);
  state.activation = names.includes(name) ? name : names[0];
  if (name === '' || names.includes(name)) return;
  const meant = probablyMeant(name, names);
  const isShown = meant === names[0];
  state.notes.push({ text: `The link asks for “${name}”, which this service does not have. This is ${names[0]}${isShown ? ', which was probably meant' : ''}.`, meant: isShown ? undefined : meant });
}

function hashOfState() {
  const query = new URLSearchParams();
  for (const { name, default: value } of current().parameters) if (state.parameters[name] !== value) query.set(name, digits(state.parameters[name]));
  for (const name of isVector() ? ['temperature', 'i', 'j'] : ['from', 'to', 'x']) if (!Object.is(state[name], defaults[name])) query.set(name, digits(state[name]));
  if (state.operation !== defaults.operation) query.set('operation', state.operation);
  if (isVector() && state.vector.join() !== defaults.vector.join()) query.set('v', state.vector.map(digits).join(','));
  return `#${state.activation}${query.size ? `?${query}` : ''}`.replaceAll('%2C', ',');
}

// Browsers bear only so many changes a second.
let writing;
function writeState() {
  clearTimeout(writing);
  writing = setTimeout(writeNow, 150);
}

function writeNow() {
  clearTimeout(writing);
  writing = undefined;
  history.replaceState(null, '', hashOfState());
}

// A field keeps what was typed into it until its value is set another way, or is left while it is right. `use` has two
// functions: `read` gives a value or a problem, or holds the value until another field is right; `set` takes it over.
function bindField(field, use) {
  field.addEventListener('input', () => change(() => {
    const { value, ...rest } = use.read(field.value);
    state.typed = { ...state.typed, [field.id]: { text: field.value, ...rest } };
    if (!rest.problem && !rest.isHeld) use.set(value);
  }));
  field.addEventListener('blur', () => {
    const { problem, isHeld } = state.typed[field.id] ?? { isHeld: true };
    if (!problem && !isHeld) change(() => untype(field.id));
  });
}

function untype(...ids) {
  state.typed = Object.fromEntries(Object.entries(state.typed).filter(([id]) => !ids.includes(id)));
}

// What a field says, and beside it what is wrong with that.
function showField(id, value) {
  const { text = value, problem, note } = state.typed[id] ?? {};
  if ($(id).value !== text) $(id).value = text;
  attribute($(id), 'aria-invalid', problem && 'true');
  put($(`${id}-problem`), problem ?? note ?? '');
}
