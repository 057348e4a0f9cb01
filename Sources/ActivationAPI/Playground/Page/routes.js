// Every route of the description, with a form to try it.
const description = new Piece(() => 'openapi.json', (signal) => ask('GET', 'openapi.json', undefined, signal));

function buildRoutes(data) {
  const resolve = (value) => (value?.$ref ? value.$ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], data) : value);
  const items = [];
  for (const [path, methods] of Object.entries(data.paths)) {
    for (const method of ['get', 'post']) {
      if (!methods[method]) continue;
      const parameters = [...(methods.parameters ?? []), ...(methods[method].parameters ?? [])].map(resolve);
      items.push(routeElement(path, method.toUpperCase(), methods[method], parameters, resolve));
    }
  }
  $('route-list').replaceChildren(...items);
}

function showRoutes() {
  const { data } = description;
  if (data) draw('routes', [data], () => buildRoutes(data));
}

function routeElement(path, method, operation, parameters, resolve) {
  const name = make('span', { className: `method ${method.toLowerCase()}` }, method);
  const details = make('details', {}, make('summary', {}, name, make('span', { className: 'path' }, path), make('span', { className: 'what' }, operation.summary ?? '')));
  // Forms are made when they are first looked at.
  details.addEventListener('toggle', () => details.children.length === 1 && details.append(routeForm(path, method, operation, parameters, resolve)));
  return details;
}

function exampleOf(holder, resolve) {
  if (!holder) return undefined;
  if (holder.example !== undefined) return holder.example;
  const first = Object.values(holder.examples ?? {})[0];
  if (first !== undefined) return resolve(first)?.value ?? first;
  const schema = resolve(holder.schema);
  return schema?.example ?? schema?.examples?.[0] ?? schema?.default;
}

function parameterField(parameter, resolve) {
  const schema = resolve(parameter.schema) ?? {};
  const example = exampleOf(parameter, resolve);
  const input = schema.enum
    ? make('select', {}, ...(parameter.required ? [] : [make('option', { value: '' }, '')]), ...schema.enum.map((value) => make('option', { value }, value)))
    : make('input', { autocomplete: 'off', placeholder: parameter.required ? '' : String(example ?? '') });
  if (parameter.required && example !== undefined) input.value = typeof example === 'object' ? JSON.stringify(example) : example;
  return { input, label: make('label', { title: parameter.description ?? '' }, `${parameter.name}${parameter.required ? '' : ' (optional)'}`, input) };
}

function routeForm(path, method, operation, parameters, resolve) {
  const form = make('form', { className: 'try' });
  const fields = parameters.filter((parameter) => ['path', 'query'].includes(parameter.in)).map((parameter) => ({ parameter, ...parameterField(parameter, resolve) }));
  const media = resolve(operation.requestBody)?.content?.['application/json'];
  const example = exampleOf(media, resolve) ?? { input: [-1, 0, 2] };
  const body = media ? make('textarea', { value: JSON.stringify(example), spellcheck: false }) : undefined;
  const request = () => {
    let target = path.slice(1);
    const query = [];
    for (const { parameter, input } of fields) {
      const value = encodeURIComponent(input.value).replaceAll('%2C', ',');
      if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, value);
      else if (input.value !== '') query.push(`${parameter.name}=${value}`);
    }
    return { target: query.length ? `${target}?${query.join('&')}` : target || '.', content: body?.value };
  };
  const line = make('pre', { tabIndex: 0, ariaLabel: 'curl line' });
  const answer = make('pre', { tabIndex: 0, ariaLabel: 'Answer', hidden: true });
  const status = make('span', { className: 'note', role: 'status' });
  const show = () => (line.textContent = curlLine(method, request().target, request().content));
  const copyButton = make('button', { type: 'button' }, 'Copy curl');
  copyButton.onclick = () => copy(line.textContent, copyButton);
  // An answer belongs to the request that is on screen; once that is edited it goes, and late ones are not shown.
  let latest;
  const reset = () => {
    latest?.abort();
    latest = undefined;
    setBusy(form, false);
    status.textContent = answer.textContent = '';
    answer.hidden = true;
  };
  form.oninput = () => {
    reset();
    show();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    reset();
    const mine = latest = new AbortController();
    setBusy(form, true);
    const { target, content } = request();
    let text, result;
    try {
      result = await call(method, target, content, mine.signal);
      text = `${result.status} ${result.reason} · ${result.type} · ${result.ms.toFixed(1)} ms`;
    } catch (error) {
      text = reasonOf(error);
    }
    if (latest !== mine) return;
    setBusy(form, false);
    status.textContent = text;
    if (!result) return;
    answer.textContent = result.text.length > 20000 ? `${result.text.slice(0, 20000)}…` : result.text;
    answer.hidden = false;
  };
  form.append(make('p', { className: 'note' }, operation.description ?? operation.summary ?? ''));
  if (fields.length) form.append(make('div', { className: 'fields' }, ...fields.map(({ label }) => label)));
  if (body) form.append(make('label', {}, 'body', body));
  form.append(line, make('div', { className: 'buttons' }, make('button', { className: 'primary' }, 'Send'), copyButton, status), answer);
  show();
  return form;
}
