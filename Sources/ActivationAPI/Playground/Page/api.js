// The service: every number and formula on the page comes through `call`.
const base = new URL('.', location.href.split('#')[0].split('?')[0]);
let token = sessionStorage.getItem('token') ?? '';

async function call(method, path, body, signal) {
  const sent = token;
  const headers = {};
  if (sent) headers.Authorization = `Bearer ${sent}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const start = performance.now();
  const response = await fetch(new URL(path, base), { method, headers, body, signal });
  const text = await response.text();
  // A refusal of an earlier token says nothing about this one.
  if (response.status === 401 && sent === token) askForToken();
  return {
    status: response.status, reason: response.statusText, text, ms: performance.now() - start,
    type: response.headers.get('Content-Type') ?? '', isStale: sent !== token, wait: Number(response.headers.get('Retry-After')),
  };
}

// Whether the same request can succeed later, without anybody changing it.
const isPassing = ({ status, isStale }) => isStale || status >= 500 || [408, 425, 429].includes(status);

const Refusal = class extends Error {
  constructor(answer) {
    let problem = {};
    try {
      problem = JSON.parse(answer.text);
    } catch { /* A proxy answers in its own words. */ }
    super(problem.detail ?? problem.title ?? `The service answers ${answer.status} ${answer.reason}.`);
    this.isFinal = !isPassing(answer);
    this.needsToken = answer.status === 401;
    this.wait = answer.wait;
  }
};

// The answer as data; a problem becomes an error with its detail.
async function ask(method, path, body, signal) {
  const answer = await call(method, path, body === undefined ? undefined : json(body), signal);
  if (answer.status !== 200) throw new Refusal(answer);
  return JSON.parse(answer.text);
}

function reasonOf(error) {
  if (error instanceof SyntaxError) return 'The answer is not JSON: something else answers for the service.';
  return error instanceof TypeError || error.name === 'AbortError' ? 'The service does not answer.' : error.message;
}

// JSON with the numbers that it lacks as the service takes them, and with the sign of -0.
function json(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? digits(value) : `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${json(item)}`).join(',')}}`;
}

function askForToken() {
  const dialog = $('token-dialog');
  if (dialog.open) return;
  if (token) $('token-note').textContent = 'The service knows no such token.';
  $('token').value = '';
  dialog.onclose = () => {
    if (!$('token').value) return;
    token = $('token').value;
    sessionStorage.setItem('token', token);
    tryAgain();
    update();
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
