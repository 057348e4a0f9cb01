// Elements: finding, making, filling them, and drawing parts of the page only when what they show has changed.
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

// Sets an element's text. Without one the element is empty, and the style sheet lets the text before fade out.
function put(element, text) {
  if (text === undefined) {
    if (element.textContent) element.dataset.was = element.textContent;
    element.textContent = '';
    return;
  }
  delete element.dataset.was;
  if (element.textContent !== text) element.textContent = text;
}

// Text of another activation must not even fade.
function forgetFading() {
  for (const element of document.querySelectorAll('[data-was]')) delete element.dataset.was;
}

// Sets an attribute, or removes it without a value.
function attribute(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

const setBusy = (element, isBusy) => attribute(element, 'aria-busy', isBusy ? 'true' : undefined);

const drawn = new Map();
function draw(part, inputs, work) {
  const before = drawn.get(part);
  if (before && inputs.every((input, index) => Object.is(input, before[index]))) return;
  drawn.set(part, inputs);
  work();
}

function say(text) {
  $('say').textContent = text;
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

// A number as the service prints it.
const digits = (value) => (value === null ? 'undefined' : Object.is(value, -0) ? '-0' : String(value));

const minus = (text) => text.replaceAll('-', '−');

// A few digits, for labels.
function short(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return minus(size < 1e-2 || (size >= 1e5 && size < Infinity) ? value.toExponential(1).replace('+', '') : String(Number(value.toPrecision(3))));
}
