// What is shown, as it stands in the URL: #leaky_relu?alpha=0.2&x=1&from=-6&to=6
const defaults = { from: -6, to: 6, x: 1, vector: [1, 2, 3], temperature: 1, i: 0, j: 1, operation: 'forward' };
const state = { activation: '', parameters: {}, ...defaults };
let catalogue = { activations: [] };
const current = () => catalogue.activations.find((entry) => entry.name === state.activation);
const isVector = () => current().kind === 'vector';

function finite(text, fallback) {
  const value = text === null || String(text).trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : fallback;
}

function readState() {
  const [name, query = ''] = location.hash.slice(1).split('?');
  const given = new URLSearchParams(query);
  state.activation = catalogue.activations.some((entry) => entry.name === name) ? name : catalogue.activations[0].name;
  state.parameters = {};
  for (const { name, default: value } of current().parameters) state.parameters[name] = finite(given.get(name), value);
  for (const name of ['from', 'to', 'x', 'temperature']) state[name] = finite(given.get(name), defaults[name]);
  if (!(state.from < state.to) || !inBounds(state.from, state.to)) ({ from: state.from, to: state.to } = defaults);
  if (!(state.temperature >= 0.1 && state.temperature <= 10)) state.temperature = 1;
  const vector = (given.get('v') ?? '').split(',').map((text) => finite(text, NaN));
  state.vector = vector.length >= 1 && vector.length <= 10 && vector.every(Number.isFinite) ? vector : [...defaults.vector];
  for (const name of ['i', 'j']) {
    const index = Math.trunc(finite(given.get(name), defaults[name]));
    state[name] = Math.min(Math.max(index, 0), state.vector.length - 1);
  }
  const operation = given.get('operation');
  state.operation = current().fields[operation] ? operation : 'forward';
}

function hashOfState() {
  const query = new URLSearchParams();
  for (const { name, default: value } of current().parameters) if (state.parameters[name] !== value) query.set(name, state.parameters[name]);
  const names = isVector() ? ['temperature', 'i', 'j'] : ['from', 'to', 'x'];
  for (const name of [...names, 'operation']) if (state[name] !== defaults[name]) query.set(name, state[name]);
  if (isVector() && state.vector.join() !== defaults.vector.join()) query.set('v', state.vector.join(','));
  return `#${state.activation}${query.size ? `?${query}` : ''}`.replaceAll('%2C', ',');
}

// Browsers bear only so many changes a second.
const writeState = later(() => history.replaceState(null, '', hashOfState()), 150);

function markInvalid(field, isInvalid) {
  if (isInvalid) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

const inBounds = (from, to) => Math.abs(from) <= 1e6 && Math.abs(to) <= 1e6 && to - from >= 1e-3;
