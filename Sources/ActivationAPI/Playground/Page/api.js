// The service: every number and formula on the page comes through `call`.
const $ = (id) => document.getElementById(id);

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const base = new URL('.', location.href.split('#')[0].split('?')[0]);
let token = sessionStorage.getItem('token') ?? '';

async function call(method, path, body, signal) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const start = performance.now();
  const response = await fetch(new URL(path, base), { method, headers, body, signal });
  const text = await response.text();
  if (response.status === 401) askForToken();
  return { status: response.status, reason: response.statusText, type: response.headers.get('Content-Type') ?? '', text, ms: performance.now() - start };
}

// The answer as data; a problem becomes an error with its detail.
async function ask(method, path, body, signal) {
  const answer = await call(method, path, body === undefined ? undefined : JSON.stringify(body), signal);
  const data = JSON.parse(answer.text);
  if (answer.status !== 200) throw new Error(data.detail ?? data.title);
  return data;
}

function askForToken() {
  const dialog = $('token-dialog');
  if (dialog.open) return;
  if (token) $('token-note').textContent = 'The service knows no such token.';
  dialog.onclose = () => {
    if (!$('token').value) return;
    token = $('token').value;
    sessionStorage.setItem('token', token);
    location.reload();
  };
  dialog.showModal();
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

// The same request for a shell. The token stays out of it.
function curlLine(method, path, body) {
  const parts = ['curl -sg'];
  if (method !== 'GET' && !(method === 'POST' && body !== undefined)) parts.push(method === 'HEAD' ? '-I' : `-X ${method}`);
  if (token) parts.push('-H "Authorization: Bearer $TOKEN"');
  parts.push(quoted(new URL(path, base).href));
  if (body !== undefined) parts.push(`-d ${quoted(body)}`);
  return parts.join(' ');
}

// The answers write NaN and infinities as strings.
const number = (value) => (typeof value === 'string' ? Number(value) : value);
const numbers = (values) => values.map(number);

// A number as the service prints it.
const digits = (value) => (value === null ? 'undefined' : Object.is(value, -0) ? '-0' : String(value));

const minus = (text) => text.replaceAll('-', '−');

// A few digits, for labels.
function short(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return minus(size < 1e-2 || size >= 1e5 ? value.toExponential(1).replace('+', '') : String(Number(value.toPrecision(3))));
}

// What went wrong is seen and spoken until the same work succeeds.
const failing = new Map();
function showNotice() {
  const text = [...failing.values()].at(-1) ?? '';
  $('notice').hidden = !text;
  if ($('notice-text').textContent !== text) $('notice-text').textContent = text;
}

const reasonOf = (error) => (error instanceof TypeError ? 'The service does not answer.' : error.message);

// One piece of work at a time; whatever is asked for meanwhile, only the latest follows.
function latest(work) {
  let running = false;
  let waiting = false;
  return async function again() {
    if (running) {
      waiting = true;
      return;
    }
    running = true;
    try {
      await work();
      failing.delete(again);
    } catch (error) {
      failing.set(again, reasonOf(error));
    }
    showNotice();
    running = false;
    if (waiting) {
      waiting = false;
      again();
    }
  };
}

function later(work, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

function frame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

function say(text) {
  $('say').textContent = text;
}

function tryAgain() {
  for (const work of failing.keys()) work();
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard object, but the old way works.
    const area = make('textarea', { value: text });
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  const name = button.dataset.name ??= button.textContent;
  button.textContent = 'Copied';
  say('Copied');
  setTimeout(() => (button.textContent = name), 1500);
}
