// Written by Scripts/embed-playground from Page/: edit those files, not this one.
// swift-format-ignore-file

/// The page, to be put together by `PlaygroundPage`.
enum PlaygroundSources {
    /// With a place for the other two.
    static let markup = ##"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="Activation functions, their derivatives and Jacobians: look at them, and see the call.">
<title>Activation functions</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%233153c9'/%3E%3Cpath d='M5 24h6c8 0 2-16 10-16h6' fill='none' stroke='white' stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E">
<style>/*style*/</style>
</head>
<body>
<a class="skip" id="skip" href="#main">Skip to the function</a>
<header class="top">
  <div class="brand">
    <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7"/><path d="M5 24h6c8 0 2-16 10-16h6"/></svg>
    <h1>Activation functions</h1>
  </div>
  <p>Values, derivatives and Jacobians over HTTP. Everything you see here was just fetched from this service.</p>
  <nav id="tabs" aria-label="Activation"></nav>
</header>
<noscript><p class="card">This page draws with JavaScript. Without it, <a href="v1">/v1</a> lists the functions and
<a href="openapi.yaml">openapi.yaml</a> describes the service.</p></noscript>
<main id="main" tabindex="-1">
  <section class="about" aria-labelledby="title">
    <h2 id="title">&nbsp;</h2>
    <p id="summary">&nbsp;</p>
    <div id="formula"></div>
  </section>

  <section id="curve" class="view" aria-label="Curve">
    <div class="card plot">
      <div class="bar">
        <ul class="legend" id="legend"></ul>
        <div class="buttons">
          <button type="button" id="zoom-in" aria-label="Zoom in">+</button>
          <button type="button" id="zoom-out" aria-label="Zoom out">−</button>
          <button type="button" id="zoom-reset">Reset</button>
        </div>
      </div>
      <svg id="plot" tabindex="0" role="slider" aria-label="Point on the curve" aria-describedby="plot-help"></svg>
      <p class="hint" id="plot-help">Drag to move, pinch or Ctrl + scroll to zoom. With the keyboard: arrows move the
      point, Shift + arrows the view, + and − zoom.</p>
    </div>
    <div class="card side">
      <h3>Reading</h3>
      <label class="field">x <input id="x" inputmode="text" autocomplete="off" spellcheck="false"></label>
      <dl class="reading">
        <dt id="value-name" class="ink-function">f(x)</dt><dd id="value">&nbsp;</dd>
        <dt id="slope-name" class="ink-derivative">f′(x)</dt><dd id="slope">&nbsp;</dd>
      </dl>
      <div id="parameters"></div>
      <fieldset><legend>Range of x</legend>
        <div class="pair">
          <label class="field">from <input id="from" autocomplete="off"></label>
          <label class="field">to <input id="to" autocomplete="off"></label>
        </div>
      </fieldset>
      <p class="note" id="asymptotes">&nbsp;</p>
      <p class="note"><a id="picture" href="v1">This picture as SVG</a></p>
    </div>
  </section>

  <section id="vector" class="view" aria-label="Vector" hidden>
    <div class="card bars">
      <div class="bar">
        <h3>Scores and probabilities</h3>
        <div class="buttons">
          <button type="button" id="fewer" aria-label="Remove the last component">−</button>
          <button type="button" id="more" aria-label="Add a component">+</button>
        </div>
      </div>
      <p class="axis-name ink-quiet" id="scores-name">x, drag the bars</p>
      <div id="scores" role="group" aria-labelledby="scores-name"></div>
      <p class="axis-name ink-function" id="chances-name">S(x)</p>
      <div id="chances" role="img" aria-labelledby="chances-name"></div>
      <label class="field">x = <input id="components" autocomplete="off" spellcheck="false"></label>
      <div class="slide">
        <label for="temperature">Temperature</label>
        <input id="temperature" type="range" min="-1" max="1" step="0.05">
        <output id="temperature-value" for="temperature">1</output>
      </div>
    </div>
    <div class="card heat">
      <div class="bar"><h3>Jacobian D<sub>j</sub> S<sub>i</sub></h3></div>
      <div class="scroll"><table id="heatmap" role="grid" aria-label="Jacobian: rows i, columns j"></table></div>
      <p class="note">Blue: S<sub>i</sub> grows with x<sub>j</sub>. Orange: it shrinks. Each row sums to 0, for the probabilities
      always sum to 1; what is left in the last column is rounding.</p>
      <div id="written" class="written"></div>
    </div>
  </section>

  <section class="card call" aria-labelledby="call-title">
    <div class="bar">
      <h2 id="call-title">The call</h2>
      <div class="choice" id="operations" role="radiogroup" aria-label="Operation"></div>
    </div>
    <div class="blocks">
      <div class="block"><div class="bar"><h3>In a shell</h3><button type="button" class="copy" data-copy="curl">Copy</button></div>
        <pre id="curl" tabindex="0" aria-label="curl line"></pre></div>
      <div class="block"><div class="bar"><h3>Request</h3></div>
        <pre id="request" tabindex="0" aria-label="Request"></pre></div>
      <div class="block"><div class="bar"><h3>Answer <small id="status"></small></h3><button type="button" class="copy" data-copy="answer">Copy</button></div>
        <pre id="answer" tabindex="0" aria-label="Answer"></pre></div>
    </div>
  </section>

  <section class="card" id="derivation" aria-labelledby="derivation-title">
    <h2 id="derivation-title">Where the derivative comes from</h2>
    <div id="derivations"></div>
  </section>

  <section class="card" id="routes" aria-labelledby="routes-title">
    <h2 id="routes-title">The routes</h2>
    <p class="note">Of this function and of the service, from <a href="openapi.json">openapi.json</a>. Open one to try it.</p>
    <div id="route-list"></div>
  </section>
</main>
<footer>
  <p><span id="version">&nbsp;</span></p>
  <p><a href="v1">catalogue</a> <a href="openapi.yaml">openapi.yaml</a></p>
</footer>
<dialog id="token-dialog" aria-labelledby="token-title">
  <form method="dialog">
    <h2 id="token-title">This service asks for a token</h2>
    <label class="field">Bearer token <input id="token" type="password" autocomplete="off"></label>
    <p class="note" id="token-note">Kept in this tab only.</p>
    <button class="primary">Use it</button>
  </form>
</dialog>
<div id="notice" class="shown" role="alert" hidden><span id="notice-text"></span><button type="button" id="again">Try again</button></div>
<p id="say" role="status" class="unseen"></p>
<script type="module">/*script*/</script>
</body>
</html>
"""##

    /// The style sheet.
    static let style = ##"""
:root {
color-scheme: light dark;
--paper: #f7f6f2; --card: #fdfdfb; --ink: #22252b; --quiet: #5d636e; --line: #e2e0d8; --grid: #ebe9e2; --axis: #a9a9a4;
--function: #3153c9; --derivative: #b84a12; --accent: #3153c9; --on-accent: #fff; --well: #f3f2ec; --focus: #3153c9;
--hot: 49, 83, 201; --cold: 184, 74, 18;
--mono: ui-monospace, "JetBrains Mono", "SF Mono", "Cascadia Code", Menlo, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
:root {
--paper: #101216; --card: #17191f; --ink: #e9e7e2; --quiet: #a0a7b3; --line: #2a2e36; --grid: #242830; --axis: #5d636d;
--function: #8fa9ff; --derivative: #f5a065; --accent: #8fa9ff; --on-accent: #10131c; --well: #101216; --focus: #8fa9ff;
--hot: 110, 140, 255; --cold: 235, 130, 60;
}
}
* { box-sizing: border-box; }
html { font: 16px/1.55 ui-sans-serif, Inter, system-ui, sans-serif; background: var(--paper); color: var(--ink); scrollbar-gutter: stable; }
body { max-width: 1180px; margin: 0 auto; padding: 0 24px 32px; }
h1, h2, h3, p, dl, dd, ul, ol, pre, fieldset { margin: 0; padding: 0; border: 0; }
h1 { font-size: 20px; letter-spacing: -0.01em; }
h2 { font-size: 22px; letter-spacing: -0.015em; line-height: 1.3; }
h3 { font-size: 14px; font-weight: 600; }
a { color: var(--accent); text-underline-offset: 3px; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.shown { position: fixed; bottom: 20px; left: 50%; transform: translateX(-50%); width: max-content; max-width: min(92vw, 560px); padding: 10px 12px 10px 20px; border-radius: 10px; background: var(--ink); color: var(--card); font-size: 14px; z-index: 2; display: flex; gap: 16px; align-items: center; }
.shown button { color: inherit; border-color: currentcolor; flex: none; }
.shown button:focus-visible { outline-color: var(--card); }
.skip { position: absolute; left: 12px; top: -60px; background: var(--card); padding: 8px 14px; border-radius: 8px; z-index: 1; }
.skip:focus { top: 12px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
main:focus { outline: none; }
.top { padding: 28px 0 8px; display: grid; grid-template-columns: 1fr auto; gap: 4px 24px; align-items: center; }
.top p { color: var(--quiet); font-size: 14px; grid-column: 1; }
.brand { display: flex; gap: 12px; align-items: center; }
.brand svg { width: 28px; height: 28px; fill: var(--accent); }
.brand path { fill: none; stroke: var(--on-accent); stroke-width: 3; stroke-linecap: round; }
#tabs { grid-column: 1 / -1; margin-top: 16px; display: flex; flex-wrap: wrap; gap: 6px; min-height: 38px; }
#tabs a { padding: 6px 14px; border-radius: 999px; text-decoration: none; color: var(--ink); border: 1px solid var(--line); background: var(--card); font-size: 14px; }
#tabs a:hover { border-color: var(--axis); }
#tabs a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.about { padding: 22px 0 18px; min-height: 132px; display: grid; grid-template-columns: 1fr auto; gap: 2px 32px; align-items: center; }
.about h2 { font-size: 32px; letter-spacing: -0.025em; }
.about p { color: var(--quiet); }
#formula { grid-column: 2; grid-row: 1 / 3; font-size: 21px; min-height: 72px; display: flex; align-items: center; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 18px 20px; min-width: 0; }
main { display: grid; gap: 18px; }
main > * { min-width: 0; }
.view { display: grid; grid-template-columns: minmax(0, 1fr) 316px; gap: 18px; }
#vector { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); }
#vector.many { grid-template-columns: minmax(0, 1fr); }
.bar { display: flex; justify-content: space-between; align-items: center; gap: 8px 16px; flex-wrap: wrap; min-height: 34px; }
.buttons { display: flex; gap: 6px; align-items: center; flex-wrap: wrap; }
button, .choice label { font: inherit; font-size: 13px; color: var(--ink); background: transparent; border: 1px solid var(--line); border-radius: 8px; padding: 5px 11px; min-width: 34px; cursor: pointer; line-height: 1.4; }
button:hover { border-color: var(--axis); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.hint, .note { color: var(--quiet); font-size: 13px; }
.hint { margin-top: 8px; }
#plot { display: block; width: 100%; aspect-ratio: 16 / 9; min-height: 260px; touch-action: pan-y; cursor: grab; border-radius: 8px; user-select: none; }
#plot:focus-visible { outline-offset: 0; }
#plot.moving { cursor: grabbing; }
#plot text { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
#plot .grid { stroke: var(--grid); }
#plot .axis { stroke: var(--axis); }
#plot .asymptote { stroke: var(--axis); stroke-dasharray: 2 5; }
#plot path { fill: none; stroke-linejoin: round; stroke-linecap: round; }
#plot .function { stroke: var(--function); stroke-width: 2.75; }
#plot .derivative { stroke: var(--derivative); stroke-width: 2.25; stroke-dasharray: 7 6; }
#plot .jump { stroke: var(--derivative); stroke-dasharray: 1 4; }
#plot .cross { stroke: var(--quiet); stroke-dasharray: 3 3; }
#plot .open { fill: var(--card); stroke: var(--derivative); stroke-width: 2; }
#plot .dot { stroke: var(--card); stroke-width: 2; }
#plot .dot.f { fill: var(--function); }
#plot .dot.d { fill: var(--derivative); }
#plot .value { fill: var(--derivative); font-family: var(--mono); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 8px; }
.legend i { width: 26px; border-top: 3px solid var(--function); }
.legend i.d { border-top: 2px dashed var(--derivative); }
.ink-function { color: var(--function); }
.ink-derivative { color: var(--derivative); }
.ink-quiet { color: var(--quiet); }
.side { display: flex; flex-direction: column; gap: 12px; }
.field { white-space: nowrap; display: flex; align-items: center; gap: 10px; font-size: 14px; color: var(--quiet); min-width: 0; }
input, select, textarea { font: 14px/1.5 var(--mono); color: var(--ink); background: var(--well); border: 1px solid var(--line); border-radius: 8px; padding: 6px 10px; width: 100%; min-width: 0; }
input[aria-invalid] { border-color: var(--derivative); }
input[type="range"] { padding: 0; border: 0; background: none; accent-color: var(--accent); height: 24px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.pair .field { flex-direction: column; align-items: stretch; gap: 4px; }
fieldset { min-width: 0; }
legend { font-size: 14px; font-weight: 600; margin-bottom: 4px; padding: 0; }
.reading { display: grid; gap: 2px; font-size: 14px; }
.reading dd { font: 16px/1.5 var(--mono); min-height: 30px; overflow-wrap: anywhere; }
#slope { min-height: 72px; }
.reading dt { font-weight: 600; }
.slide { display: grid; grid-template-columns: auto 1fr 64px; gap: 12px; align-items: center; font-size: 14px; min-height: 38px; }
.slide output { font-family: var(--mono); text-align: right; }
.bars { display: flex; flex-direction: column; gap: 10px; }
.axis-name { font-size: 13px; margin-bottom: -6px; }
#scores, #chances { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 8px; }
#scores { height: 232px; }
#chances { height: 168px; }
.column { display: flex; flex-direction: column; align-items: center; gap: 2px; min-width: 0; border-radius: 8px; }
.track { position: relative; flex: 1; width: 100%; border-radius: 8px; background: var(--well); overflow: hidden; }
#scores .column { cursor: ns-resize; touch-action: none; }
#scores .track::after { content: ""; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid var(--axis); }
.column i { position: absolute; left: 14%; right: 14%; background: var(--quiet); border-radius: 3px; opacity: 0.75; }
#chances i { background: var(--function); bottom: 0; opacity: 1; left: 0; right: 0; border-radius: 0; }
.column small { font: 11px/1.5 var(--mono); color: var(--quiet); }
.column b { font: 12px/1.5 var(--mono); white-space: nowrap; }
.scroll { overflow-x: auto; padding: 3px; margin: 6px -3px; }
table { border-collapse: separate; border-spacing: 3px; width: 100%; table-layout: fixed; font: 13px/1 var(--mono); }
th { font-weight: 400; color: var(--quiet); padding: 6px 2px; }
tbody th, thead th:first-child { width: 44px; position: sticky; left: 0; background: var(--card); z-index: 1; }
th:last-child { width: 62px; }
td { text-align: center; padding: 0; border-radius: 6px; height: var(--cell); background: var(--well); cursor: pointer; white-space: nowrap; }
td[aria-selected="true"] { outline: 2px solid var(--ink); outline-offset: 0; }
td.sum { background: none; color: var(--quiet); cursor: default; font-size: 12px; }
.written { margin-top: 12px; min-height: 112px; font-size: 15px; overflow-wrap: anywhere; }
.written p { font: 14px/1.7 var(--mono); }
.written math { font-size: 20px; }
.blocks { display: grid; grid-template-columns: 1fr 1fr; gap: 12px 18px; margin-top: 6px; }
.block { min-width: 0; }
.block:first-child { grid-column: 1 / -1; }
.block h3 small { font-weight: 400; color: var(--quiet); margin-left: 8px; }
.copy { min-width: 76px; }
pre { font: 13px/1.6 var(--mono); background: var(--well); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; white-space: pre-wrap; overflow-wrap: anywhere; overflow-y: auto; height: 108px; }
#curl { height: 66px; }
.choice { display: flex; gap: 6px; flex-wrap: wrap; }
.choice label { position: relative; }
.choice input { position: absolute; inset: 0; opacity: 0; cursor: pointer; }
.choice label:has(:checked) { background: var(--ink); border-color: var(--ink); color: var(--card); }
.choice label:has(:focus-visible) { outline: 2px solid var(--focus); outline-offset: 2px; }
#derivation { min-height: 420px; }
.chain { margin-top: 20px; }
.chain .bar h3 { font-size: 16px; }
.chain h3 math { margin-left: 8px; color: var(--quiet); font-weight: 400; }
.chain ol { list-style: none; overflow-x: auto; }
.chain li { display: grid; grid-template-columns: 84px minmax(max-content, 1fr) 340px; gap: 0 20px; align-items: center; padding: 9px 0; border-bottom: 1px solid var(--grid); }
.chain li:last-child { border: 0; }
.chain .left { text-align: right; }
.chain .right { justify-self: start; }
.chain .why { color: var(--quiet); font-size: 14px; }
.chain .so { font-size: 15px; padding: 8px 14px; background: var(--well); border-radius: 8px; }
math { font-size: 18px; font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "DejaVu Math TeX Gyre", math; }
details { border-top: 1px solid var(--grid); }
#route-list { margin-top: 10px; min-height: 300px; }
summary { cursor: pointer; padding: 9px 4px; display: flex; gap: 4px 14px; align-items: baseline; flex-wrap: wrap; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover .path { text-decoration: underline; text-underline-offset: 3px; }
.method { font: 600 12px/1.4 var(--mono); width: 44px; color: var(--function); }
.method.post { color: var(--derivative); }
.path { font: 14px/1.4 var(--mono); overflow-wrap: anywhere; }
summary .what { color: var(--quiet); font-size: 14px; margin-left: auto; }
.try { display: grid; gap: 12px; padding: 8px 4px 22px; }
.try .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 12px; }
.try label { display: grid; gap: 4px; font-size: 13px; color: var(--quiet); }
.try pre { height: auto; max-height: 320px; min-height: 44px; }
textarea { resize: vertical; min-height: 84px; }
footer { display: flex; justify-content: space-between; gap: 8px 24px; flex-wrap: wrap; padding: 28px 4px 0; color: var(--quiet); font-size: 13px; }
footer a { margin-left: 16px; }
dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink); padding: 24px; max-width: min(420px, 92vw); }
dialog form { display: grid; gap: 14px; }
dialog::backdrop { background: rgb(0 0 0 / 40%); }
@media (max-width: 860px) {
body { padding: 0 14px 24px; }
.view, #vector, .blocks { grid-template-columns: minmax(0, 1fr); }
.about { grid-template-columns: minmax(0, 1fr); }
#formula { grid-column: 1; grid-row: auto; font-size: 18px; }
#plot { aspect-ratio: 1 / 1; }
.card { padding: 14px; }
#tabs { flex-wrap: nowrap; overflow-x: auto; min-height: 44px; margin: 12px -14px 0; padding: 3px 14px; }
#tabs a { flex: none; }
.about p { min-height: 50px; }
#formula { min-height: 84px; }
.chain li { grid-template-columns: 52px 1fr; gap: 2px 8px; }
.chain .why { grid-column: 2; }
footer a { margin: 0 16px 0 0; }
summary .what { margin-left: 0; flex-basis: 100%; }
#vector.many .column b { writing-mode: vertical-rl; height: 52px; }
td { height: 46px; }
}
@media (forced-colors: active) {
#scores i, #chances i { background: CanvasText; }
.track { outline: 1px solid CanvasText; outline-offset: -1px; }
#tabs a[aria-current], .choice label:has(:checked) { outline: 2px solid Highlight; }
.legend i, td, #plot { forced-color-adjust: none; }
}
@media (max-width: 520px) {
#formula, .chain math { font-size: 15px; }
.top { grid-template-columns: minmax(0, 1fr); }
.plot .bar { min-height: 74px; }
}
@media (prefers-reduced-motion: no-preference) {
#chances i { transition: height 90ms linear; }
td { transition: background-color 120ms linear; }
button, #tabs a { transition: border-color 120ms, background-color 120ms; }
}
"""##

    /// The script, a module.
    static let script = ##"""
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
function curlLine(method, path, body) {
const parts = ['curl -sg'];
if (method !== 'GET' && !(method === 'POST' && body !== undefined)) parts.push(method === 'HEAD' ? '-I' : `-X ${method}`);
if (token) parts.push('-H "Authorization: Bearer $TOKEN"');
parts.push(quoted(new URL(path, base).href));
if (body !== undefined) parts.push(`-d ${quoted(body)}`);
return parts.join(' ');
}
const number = (value) => (typeof value === 'string' ? Number(value) : value);
const numbers = (values) => values.map(number);
const digits = (value) => (value === null ? 'undefined' : Object.is(value, -0) ? '-0' : String(value));
const minus = (text) => text.replaceAll('-', '−');
function short(value) {
if (value === 0) return '0';
const size = Math.abs(value);
return minus(size < 1e-2 || size >= 1e5 ? value.toExponential(1).replace('+', '') : String(Number(value.toPrecision(3))));
}
const failing = new Map();
function showNotice() {
const text = [...failing.values()].at(-1) ?? '';
$('notice').hidden = !text;
if ($('notice-text').textContent !== text) $('notice-text').textContent = text;
}
const reasonOf = (error) => (error instanceof TypeError ? 'The service does not answer.' : error.message);
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
const writeState = later(() => history.replaceState(null, '', hashOfState()), 150);
function markInvalid(field, isInvalid) {
if (isInvalid) field.setAttribute('aria-invalid', 'true');
else field.removeAttribute('aria-invalid');
}
const inBounds = (from, to) => Math.abs(from) <= 1e6 && Math.abs(to) <= 1e6 && to - from >= 1e-3;
const plot = $('plot');
const edge = { left: 46, right: 14, top: 12, bottom: 28 };
const digitWidth = 7.4;
function ticks(from, to, most) {
const step = roundStep((to - from) / most);
const values = [];
for (let k = Math.ceil(from / step - 1e-6); k <= to / step + 1e-6; k += 1) values.push(multiple(k, step));
return values;
}
function tickLabel(value) {
const plain = digits(value);
const exponential = value.toExponential().replace('+', '');
return minus(plain.length > 6 && exponential.length < plain.length ? exponential : plain);
}
const widthOf = (values) => digitWidth * Math.max(0, ...values.map((value) => tickLabel(value).length));
function ticksAcross(from, to, width) {
for (const most of [width < 520 ? 6 : 12, 8, 6, 4, 3, 2]) {
const values = ticks(from, to, most);
const step = values.length > 1 ? values[1] - values[0] : Infinity;
if (widthOf(values) + 12 <= (step / (to - from)) * width) return values;
}
return [];
}
const drawable = (y) => Math.min(Math.max(y, -1e300), 1e300);
function bounds() {
let low = Math.min(0, ...samples.limits);
let high = Math.max(0, ...samples.limits);
samples.x.forEach((x, index) => {
if (x < state.from || x > state.to) return;
for (const y of [samples.f[index], samples.d[index]]) {
if (y === null || !Number.isFinite(y)) continue;
low = Math.min(low, drawable(y));
high = Math.max(high, drawable(y));
}
});
for (const { x, left, right } of samples.kinks) {
if (x < state.from || x > state.to) continue;
low = Math.min(low, drawable(left), drawable(right));
high = Math.max(high, drawable(left), drawable(right));
}
if (!(high > low)) high = low + 1;
const room = (high - low) * 0.07;
return { low: low - room, high: high + room };
}
const drawPlot = frame(() => {
const width = plot.clientWidth;
const height = plot.clientHeight;
if (!width || !samples.x.length || samples.key !== parameterKey()) return;
const { low, high } = bounds();
const levels = ticks(low, high, 7);
edge.left = Math.max(46, widthOf(levels) + 12);
const px = (x) => edge.left + ((x - state.from) / (state.to - state.from)) * (width - edge.left - edge.right);
const py = (y) => height - edge.bottom - ((drawable(y) - low) / (high - low)) * (height - edge.top - edge.bottom);
const at = (x, y) => `${px(x).toFixed(2)} ${py(y).toFixed(2)}`;
const across = (y, style) => `<path class="${style}" d="M${edge.left} ${py(y).toFixed(1)}H${width - edge.right}"/>`;
const down = (x, style) => `<path class="${style}" d="M${px(x).toFixed(1)} ${edge.top}V${height - edge.bottom}"/>`;
const label = (x, y, anchor, text, style = '') => `<text class="${style}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
let out = `<clipPath id="inside"><rect x="${edge.left}" y="${edge.top - 8}" width="${width - edge.left - edge.right}" height="${height - edge.top - edge.bottom + 16}"/></clipPath>`;
for (const x of ticksAcross(state.from, state.to, width - edge.left - edge.right)) {
const half = widthOf([x]) / 2;
out += down(x, x === 0 ? 'axis' : 'grid') + label(Math.min(Math.max(px(x), half), width - half), height - 8, 'middle', tickLabel(x));
}
for (const y of levels) out += across(y, y === 0 ? 'axis' : 'grid') + label(edge.left - 8, py(y) + 4, 'end', tickLabel(y));
for (const y of samples.limits) out += across(y, 'asymptote');
out += `<g clip-path="url(#inside)"><path class="derivative" d="${slopePath(at)}"/><path class="function" d="${path(at)}"/>`;
if (reading.x === state.x && state.x >= state.from && state.x <= state.to) {
out += down(state.x, 'cross');
for (const [style, y] of [['f', reading.f], ['d', reading.d]]) {
if (y !== null && Number.isFinite(y)) out += `<path class="cross" d="M${edge.left} ${py(y)}H${px(state.x)}"/><circle class="dot ${style}" cx="${px(state.x)}" cy="${py(y)}" r="6"/>`;
}
}
for (const { x, left, right } of samples.kinks) {
if (x < state.from || x > state.to) continue;
out += `<path class="jump" d="M${at(x, left)}L${at(x, right)}"/>`;
for (const y of [left, right]) out += `<circle class="open" cx="${px(x)}" cy="${py(y)}" r="4.5"/>`;
out += label(px(x) - 10, py(left) - 8, 'end', minus(digits(left)), 'value') + label(px(x) + 10, py(right) - 8, 'start', minus(digits(right)), 'value');
}
plot.innerHTML = `${out}</g>`;
plot.setAttribute('aria-valuemin', Math.min(state.from, state.x));
plot.setAttribute('aria-valuemax', Math.max(state.to, state.x));
});
const path = (at) => samples.x.reduce((text, x, index) => (Number.isFinite(samples.f[index]) ? `${text}${text ? 'L' : 'M'}${at(x, samples.f[index])}` : text), '');
function slopePath(at) {
let text = '';
let pen = 'M';
samples.x.forEach((x, index) => {
const y = samples.d[index];
if (y === null) {
const { left, right } = samples.kinks.find((kink) => kink.x === x);
text += `${pen}${at(x, left)}M${at(x, right)}`;
} else if (Number.isFinite(y)) text += pen + at(x, y);
pen = 'L';
});
return text;
}
let samples = { key: '', step: 1, x: [], f: [], d: [], kinks: [], limits: [] };
let reading = { x: NaN, f: NaN, d: NaN };
const parameterKey = () => JSON.stringify([state.activation, state.parameters]);
function roundStep(wanted) {
const power = 10 ** Math.floor(Math.log10(wanted));
const multiple = [1, 2, 5, 10].find((m) => m * power >= wanted * 0.999999) ?? 10;
return Number((multiple * power).toPrecision(3));
}
const multiple = (k, step) => Number((k * step).toPrecision(12)) + 0;
function positions() {
const width = state.to - state.from;
const step = roundStep(width / 480);
const x = [];
const first = Math.floor((state.from - width / 2) / step);
const last = Math.ceil((state.to + width / 2) / step);
for (let k = first; k <= last; k += 1) x.push(multiple(k, step));
for (const { location } of current().kinks) if (location > x[0] && location < x.at(-1)) x.push(location);
return { step, x: [...new Set(x)].sort((a, b) => a - b) };
}
function evaluate(operation, input, fields = {}) {
return ask('POST', `v1/${state.activation}/${operation}`, { input, ...state.parameters, ...fields });
}
const fetchSamples = latest(async () => {
if (isVector()) return;
const key = parameterKey();
const { step, x } = positions();
const [f, d, limits] = await Promise.all([evaluate('forward', x), evaluate('derivative', x), evaluate('forward', ['-Infinity', 'Infinity'])]);
const at = x.filter((_, index) => d.output[index] === null);
let kinks = [];
if (at.length) {
const [left, right] = await Promise.all([evaluate('derivative', at, { at_kink: 'left' }), evaluate('derivative', at, { at_kink: 'right' })]);
kinks = at.map((x, index) => ({ x, left: number(left.output[index]), right: number(right.output[index]) }));
}
if (key !== parameterKey()) return fetchSamples();
samples = { key, step, x, f: numbers(f.output), d: numbers(d.output), kinks, limits: [...new Set(numbers(limits.output).filter(Number.isFinite))] };
$('asymptotes').textContent = samples.limits.length ? `Asymptote${samples.limits[1] === undefined ? '' : 's'}: y = ${samples.limits.map((y) => minus(digits(y))).join(' and y = ')}` : 'No horizontal asymptotes.';
showReading();
drawPlot();
});
function ensureSamples() {
const isCovered = samples.key === parameterKey() && samples.x[0] <= state.from && samples.x.at(-1) >= state.to;
if (!isCovered || samples.step !== roundStep((state.to - state.from) / 480)) fetchSamples();
}
const readExactly = latest(async () => {
if (isVector() || indexOf(state.x) >= 0) return;
const x = state.x;
const key = parameterKey();
const [f, d] = await Promise.all([evaluate('forward', x), evaluate('derivative', x)]);
if (key !== parameterKey() || x !== state.x) return;
reading = { x, f: number(f.output), d: number(d.output) };
if (d.output === null) {
const [left, right] = await Promise.all([evaluate('derivative', x, { at_kink: 'left' }), evaluate('derivative', x, { at_kink: 'right' })]);
Object.assign(reading, { left: number(left.output), right: number(right.output) });
}
showNumbers();
drawPlot();
});
function indexOf(x) {
let low = 0;
let high = samples.x.length - 1;
while (low <= high) {
const middle = (low + high) >> 1;
if (samples.x[middle] === x) return middle;
if (samples.x[middle] < x) low = middle + 1;
else high = middle - 1;
}
return -1;
}
function showReading() {
if (document.activeElement !== $('x')) $('x').value = digits(state.x);
const index = samples.key === parameterKey() ? indexOf(state.x) : -1;
if (index < 0) {
readExactly();
return;
}
const kink = samples.kinks.find(({ x }) => x === state.x);
reading = { x: state.x, f: samples.f[index], d: samples.d[index], left: kink?.left, right: kink?.right };
showNumbers();
}
function showNumbers() {
$('value').textContent = digits(reading.f);
const slope = reading.d === null ? `undefined: ${digits(reading.left)} from the left, ${digits(reading.right)} from the right` : digits(reading.d);
$('slope').textContent = slope;
plot.setAttribute('aria-valuenow', reading.x);
plot.setAttribute('aria-valuetext', `x ${digits(reading.x)}, function ${digits(reading.f)}, derivative ${slope}`);
}
function setPoint(x) {
if (x === state.x) return;
state.x = x;
showReading();
drawPlot();
showCall();
writeState();
}
function setRange(from, to) {
const place = 10 ** (Math.floor(Math.log10(to - from)) - 4);
from = Number((Math.round(from / place) * place).toPrecision(10));
to = Number((Math.round(to / place) * place).toPrecision(10));
if (!inBounds(from, to)) return;
Object.assign(state, { from, to });
showRange();
ensureSamples();
drawPlot();
writeState();
}
function showRange() {
for (const name of ['from', 'to']) if (document.activeElement !== $(name)) $(name).value = digits(state[name]);
const query = new URLSearchParams({ from: state.from, to: state.to, ...state.parameters });
$('picture').href = `v1/${state.activation}/plot.svg?${query}`;
}
function zoom(factor, x = (state.from + state.to) / 2) {
setRange(x - (x - state.from) * factor, x + (state.to - x) * factor);
}
const nearest = (x) => multiple(Math.round(x / samples.step), samples.step);
function startCurve() {
const xAt = (clientX) => {
const box = plot.getBoundingClientRect();
return state.from + ((clientX - box.left - edge.left) / (box.width - edge.left - edge.right)) * (state.to - state.from);
};
const clampToView = (x) => Math.min(Math.max(x, state.from), state.to);
const fingers = new Map();
let moved = 0;
plot.addEventListener('pointerdown', (event) => {
if (event.button !== 0) return;
fingers.set(event.pointerId, event.clientX);
plot.setPointerCapture(event.pointerId);
moved = 0;
});
plot.addEventListener('pointermove', (event) => {
if (!fingers.has(event.pointerId)) {
if (event.pointerType === 'mouse') setPoint(nearest(clampToView(xAt(event.clientX))));
return;
}
const before = [...fingers.values()];
const shift = xAt(fingers.get(event.pointerId)) - xAt(event.clientX);
moved += Math.abs(event.clientX - fingers.get(event.pointerId));
fingers.set(event.pointerId, event.clientX);
const after = [...fingers.values()];
if (before.length === 2) {
const apart = Math.max(Math.abs(after[0] - after[1]), 8);
zoom(Math.abs(before[0] - before[1]) / apart, xAt((after[0] + after[1]) / 2));
} else if (moved > 4) {
plot.classList.add('moving');
setRange(state.from + shift, state.to + shift);
}
});
const end = (event) => {
if (fingers.delete(event.pointerId) && moved <= 4) setPoint(nearest(clampToView(xAt(event.clientX))));
plot.classList.remove('moving');
};
plot.addEventListener('pointerup', end);
plot.addEventListener('pointercancel', end);
plot.addEventListener('wheel', (event) => {
if (!event.ctrlKey && !event.metaKey) return;
event.preventDefault();
zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 240), xAt(event.clientX));
}, { passive: false });
plot.addEventListener('keydown', (event) => {
const width = state.to - state.from;
const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
if (steps && event.shiftKey) setRange(state.from + (steps * width) / 20, state.to + (steps * width) / 20);
else if (steps) setPoint(clampToView(nearest(state.x + steps * Math.max(samples.step, roundStep(width / 120)))));
else if (event.key === 'Home') setPoint(nearest(state.from));
else if (event.key === 'End') setPoint(nearest(state.to));
else if (event.key === '+' || event.key === '=') zoom(1 / 1.5, state.x);
else if (event.key === '-') zoom(1.5, state.x);
else return;
event.preventDefault();
});
$('zoom-in').onclick = () => zoom(1 / 1.5);
$('zoom-out').onclick = () => zoom(1.5);
$('zoom-reset').onclick = () => setRange(defaults.from, defaults.to);
const entry = (id, isRight, use) => {
const mark = () => {
const value = finite($(id).value, NaN);
const right = Number.isFinite(value) && isRight(value);
markInvalid($(id), !right);
if (right) use(value);
};
$(id).addEventListener('input', mark);
$(id).addEventListener('blur', () => {
$(id).removeAttribute('aria-invalid');
$(id).value = digits(state[id]);
});
};
entry('x', () => true, setPoint);
$('x').addEventListener('change', () => say(plot.getAttribute('aria-valuetext')));
entry('from', (value) => inBounds(value, state.to), (value) => setRange(value, state.to));
entry('to', (value) => inBounds(state.from, value), (value) => setRange(state.from, value));
$('picture').onclick = savePicture;
new ResizeObserver(drawPlot).observe(plot);
}
async function savePicture(event) {
if (!token) return;
event.preventDefault();
const { text } = await call('GET', $('picture').getAttribute('href'));
const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
make('a', { href: url, download: `${state.activation}.svg` }).click();
URL.revokeObjectURL(url);
}
function showParameters() {
$('parameters').replaceChildren(...current().parameters.map(({ name, summary }) => {
const slider = make('input', { type: 'range', min: -1, max: 2, step: 0.01, value: state.parameters[name], id: `slide-${name}` });
slider.setAttribute('aria-label', `${name}, by slider`);
const field = make('input', { value: digits(state.parameters[name]), autocomplete: 'off', id: `parameter-${name}` });
const set = (value, from) => {
if (!Number.isFinite(value)) return;
state.parameters[name] = value;
if (from !== slider) slider.value = value;
if (from !== field) field.value = digits(value);
changedParameters();
};
slider.oninput = () => set(Number(slider.value), slider);
field.oninput = () => set(finite(field.value, NaN), field);
return make('div', {}, make('label', { className: 'field', title: summary }, `${name} `, field), slider);
}));
}
function changedParameters() {
ensureSamples();
showReading();
showRange();
showCall();
writeState();
}
function showCurve() {
const { name } = current();
$('value-name').textContent = `${name}(x)`;
$('slope-name').textContent = `${name}′(x)`;
const entry = (style, text) => {
const line = make('i');
line.className = style;
return make('li', {}, line, text);
};
$('legend').replaceChildren(entry('', `${name}(x)`), entry('d', `${name}′(x)`));
showParameters();
showRange();
ensureSamples();
showReading();
drawPlot();
}
const reach = 6;
let outcome = { values: [], matrix: [] };
const scaled = () => state.vector.map((x) => (state.temperature === 1 ? x : x / state.temperature));
const fetchVector = latest(async () => {
if (!isVector()) return;
const input = scaled();
const [forward, jacobian] = await Promise.all([
ask('POST', `v1/${state.activation}/forward`, { input }),
ask('POST', `v1/${state.activation}/jacobian`, { input }),
]);
if (forward.output.length !== state.vector.length) return;
outcome = { values: numbers(forward.output), matrix: jacobian.output.map(numbers) };
showOutcome();
});
function buildVector() {
const size = state.vector.length;
$('scores').replaceChildren(...state.vector.map((_, index) => scoreColumn(index)));
$('chances').replaceChildren(...state.vector.map(() => make('div', { className: 'column' }, make('div', { className: 'track' }, make('i')), make('b'))));
$('vector').classList.toggle('many', size > 7);
$('heatmap').style.minWidth = `${size * 64 + 116}px`;
$('heatmap').style.setProperty('--cell', `${Math.min(Math.max(230 / size, 46), 70)}px`);
const head = make('tr', {}, make('th', { scope: 'col' }, 'i, j'));
for (let j = 0; j < size; j += 1) head.append(make('th', { scope: 'col' }, `${j}`));
head.append(make('th', { scope: 'col' }, 'sum'));
const body = make('tbody');
for (let i = 0; i < size; i += 1) {
const row = make('tr', {}, make('th', { scope: 'row' }, `${i}`));
for (let j = 0; j < size; j += 1) {
const cell = make('td', { role: 'gridcell', onclick: () => select(i, j) });
cell.onfocus = () => select(i, j);
row.append(cell);
}
row.append(make('td', { className: 'sum', role: 'gridcell' }));
body.append(row);
}
$('heatmap').replaceChildren(make('thead', {}, head), body);
outcome = { values: [], matrix: [] };
}
function scoreColumn(index) {
const column = make('div', { className: 'column', tabIndex: 0 }, make('small', {}, `${index}`), make('div', { className: 'track' }, make('i')), make('b'));
const attributes = { role: 'slider', 'aria-orientation': 'vertical', 'aria-valuemin': -reach, 'aria-valuemax': reach, 'aria-label': `x ${index}` };
for (const [name, value] of Object.entries(attributes)) column.setAttribute(name, value);
const drag = (event) => {
const box = column.children[1].getBoundingClientRect();
const value = reach * (1 - (2 * (event.clientY - box.top)) / box.height);
setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 20) / 20 + 0);
};
column.addEventListener('pointerdown', (event) => {
if (event.button !== 0) return;
column.setPointerCapture(event.pointerId);
drag(event);
});
column.addEventListener('pointermove', (event) => {
if (column.hasPointerCapture(event.pointerId)) drag(event);
});
column.addEventListener('keydown', (event) => {
const step = { ArrowUp: 0.1, ArrowRight: 0.1, ArrowDown: -0.1, ArrowLeft: -0.1, PageUp: 1, PageDown: -1 }[event.key];
if (!step && event.key !== 'Home' && event.key !== 'End') return;
const value = event.key === 'Home' ? -reach : event.key === 'End' ? reach : state.vector[index] + step;
setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 100) / 100 + 0);
event.preventDefault();
});
return column;
}
function setComponent(index, value) {
if (state.vector[index] === value) return;
state.vector[index] = value;
changedVector();
}
function setVector(vector) {
const isResized = vector.length !== state.vector.length;
state.vector = vector;
state.i = Math.min(state.i, vector.length - 1);
state.j = Math.min(state.j, vector.length - 1);
if (isResized) buildVector();
changedVector();
}
function changedVector() {
showScores();
fetchVector();
showCall();
writeState();
}
function showScores() {
[...$('scores').children].forEach((column, index) => {
const value = state.vector[index];
const shown = Math.min(Math.max(value, -reach), reach);
const [, track, text] = column.children;
const bar = track.firstChild;
bar.style.top = `${50 - Math.max(shown, 0) * (50 / reach)}%`;
bar.style.height = `max(3px, ${Math.abs(shown) * (50 / reach)}%)`;
text.textContent = short(value);
column.setAttribute('aria-valuenow', value);
});
if (document.activeElement !== $('components')) $('components').value = state.vector.join(', ');
$('temperature').value = Math.log10(state.temperature);
$('temperature-value').textContent = digits(state.temperature);
$('temperature').setAttribute('aria-valuetext', digits(state.temperature));
$('chances-name').textContent = state.temperature === 1 ? 'S(x)' : `S(x / ${digits(state.temperature)})`;
}
function showOutcome() {
[...$('chances').children].forEach((column, index) => {
const value = outcome.values[index];
const [track, text] = column.children;
track.firstChild.style.height = `${value * 100}%`;
$('scores').children[index].setAttribute('aria-valuetext', `${digits(state.vector[index])}, probability ${digits(value)}`);
text.textContent = value !== 0 && value < 0.001 ? short(value) : value.toFixed(3);
});
$('chances').setAttribute('aria-label', `Probabilities: ${outcome.values.map(digits).join(', ')}`);
const most = Math.max(...outcome.matrix.flat().map(Math.abs), Number.MIN_VALUE);
outcome.matrix.forEach((row, i) => {
const cells = $('heatmap').tBodies[0].rows[i].cells;
row.forEach((value, j) => {
const cell = cells[j + 1];
cell.textContent = short(value);
cell.title = digits(value);
cell.style.backgroundColor = value === 0 ? '' : `rgba(var(--${value > 0 ? 'hot' : 'cold'}), ${(0.06 + 0.34 * Math.sqrt(Math.abs(value) / most)).toFixed(3)})`;
});
cells[row.length + 1].textContent = short(row.reduce((sum, value) => sum + value, 0));
});
showSelection();
}
function select(i, j) {
if (state.i === i && state.j === j) return;
Object.assign(state, { i, j });
showSelection();
showCall();
writeState();
}
function showSelection() {
const { i, j } = state;
[...$('heatmap').tBodies[0].rows].forEach((row, r) => {
[...row.cells].forEach((cell, c) => {
if (c === 0 || cell.className === 'sum') return;
const isChosen = r === i && c === j + 1;
cell.setAttribute('aria-selected', isChosen);
cell.tabIndex = isChosen ? 0 : -1;
});
});
if (!outcome.values.length) return;
const sub = (name, index) => `<msub><mi>${name}</mi><mn>${index}</mn></msub>`;
const left = `<mrow>${sub('D', j)}${sub('S', i)}</mrow><mo>=</mo>`;
const same = i === j;
const right = same ? `<mrow>${sub('S', i)}<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>${sub('S', j)}<mo stretchy="false">)</mo></mrow>` : `<mrow><mo>−</mo>${sub('S', j)}${sub('S', i)}</mrow>`;
const [si, sj] = [digits(outcome.values[i]), digits(outcome.values[j])];
const filled = same ? `${si} · (1 − ${sj})` : `−${sj} · ${si}`;
$('written').innerHTML = `<p><math>${left}${right}</math></p><p>= ${filled}</p><p id="entry">= ${minus(digits(outcome.matrix[i][j]))}</p>`;
}
function startVector() {
$('more').onclick = () => state.vector.length < 10 && setVector([...state.vector, 0]);
$('fewer').onclick = () => state.vector.length > 1 && setVector(state.vector.slice(0, -1));
$('components').addEventListener('input', () => {
const vector = $('components').value.split(',').map((text) => finite(text, NaN));
const isRight = vector.length <= 10 && vector.every(Number.isFinite);
markInvalid($('components'), !isRight);
if (isRight) setVector(vector);
});
$('components').addEventListener('blur', showScores);
$('temperature').addEventListener('input', () => {
state.temperature = Number((10 ** Number($('temperature').value)).toPrecision(2));
changedVector();
});
$('heatmap').addEventListener('keydown', (event) => {
const [di, dj] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
if (!di && !dj) return;
event.preventDefault();
const last = state.vector.length - 1;
select(Math.min(Math.max(state.i + di, 0), last), Math.min(Math.max(state.j + dj, 0), last));
$('heatmap').tBodies[0].rows[state.i].cells[state.j + 1].focus();
});
}
function showVector() {
if ($('scores').children.length !== state.vector.length) buildVector();
showScores();
fetchVector();
}
let shown = { curl: '', answer: '' };
function callOfState() {
const fields = isVector() ? { input: scaled() } : { input: state.x, ...state.parameters };
if (isVector() && state.operation === 'derivative') Object.assign(fields, { i: state.i, j: state.j });
return { path: `v1/${state.activation}/${state.operation}`, body: JSON.stringify(fields) };
}
const fetchCall = latest(async () => {
const { path, body } = callOfState();
const answer = await call('POST', path, body);
shown.answer = answer.text;
$('answer').textContent = answer.text;
$('status').textContent = `${answer.status} ${answer.reason} · ${answer.ms.toFixed(1)} ms`;
});
const fetchCallSoon = later(fetchCall, 60);
function showCall() {
const { path, body } = callOfState();
shown.curl = curlLine('POST', path, body);
$('curl').textContent = shown.curl;
$('request').textContent = `POST ${new URL(path, base).pathname} HTTP/1.1\nContent-Type: application/json\n\n${body}`;
fetchCallSoon();
}
function showOperations() {
const names = Object.keys(current().fields);
$('operations').replaceChildren(...names.map((name) => {
const radio = make('input', { type: 'radio', name: 'operation', value: name, checked: name === state.operation });
radio.onchange = () => {
state.operation = name;
showCall();
writeState();
};
return make('label', {}, radio, name);
}));
}
function startCall() {
for (const button of document.querySelectorAll('[data-copy]')) button.onclick = () => copy(shown[button.dataset.copy], button);
}
const fetchDerivation = latest(async () => {
const name = state.activation;
const entry = await ask('GET', `v1/${name}`);
if (name !== state.activation) return;
const chains = entry.derivations ?? [];
const definition = chains.find((chain) => chain.subject === 'value');
$('formula').innerHTML = definition ? `<math display="block">${equation(definition.steps[0], definition.steps.at(-1))}</math>` : '';
if (!definition) $('formula').textContent = entry.formula;
$('derivations').replaceChildren(...chains.map(chainElement));
$('derivation').hidden = chains.length === 0;
});
const equation = (left, right) => `<mrow>${left.mathml}<mo>=</mo>${right.mathml}</mrow>`;
function chainElement(chain) {
const button = make('button', { type: 'button' }, 'Copy LaTeX');
button.onclick = () => copy(latexOf(chain), button);
const title = make('h3', {}, chain.title);
if (chain.where) title.insertAdjacentHTML('beforeend', ` <math>${chain.where.mathml}</math>`);
const list = make('ol');
const [first, ...rest] = chain.steps;
rest.forEach((step, index) => {
const item = make('li');
item.innerHTML = `<div class="left">${index === 0 ? `<math>${first.mathml}</math>` : ''}</div>`
+ `<math class="right" displaystyle="true"><mrow><mo>=</mo>${step.mathml}</mrow></math>`;
item.append(make('span', { className: 'why' }, step.reason));
list.append(item);
});
const element = make('article', { className: 'chain' }, make('div', { className: 'bar' }, title, button), list);
if (chain.conclusion) element.append(make('p', { className: 'so' }, chain.conclusion));
return element;
}
function latexOf({ steps: [first, ...rest] }) {
return `\\begin{aligned}\n${first.latex} ${rest.map((step) => `&= ${step.latex}`).join(' \\\\\n')}\n\\end{aligned}`;
}
const fetchRoutes = latest(async () => {
const description = await ask('GET', 'openapi.json');
const resolve = (value) => (value?.$ref ? value.$ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], description) : value);
const items = [];
for (const [path, methods] of Object.entries(description.paths)) {
for (const method of ['get', 'post']) {
if (!methods[method]) continue;
const parameters = [...(methods.parameters ?? []), ...(methods[method].parameters ?? [])].map(resolve);
items.push(routeElement(path, method.toUpperCase(), methods[method], parameters, resolve));
}
}
$('route-list').replaceChildren(...items);
showRoutes();
});
function showRoutes() {
for (const item of $('route-list').children) item.hidden = item.dataset.activation !== '' && item.dataset.activation !== state.activation;
}
function routeElement(path, method, operation, parameters, resolve) {
const name = make('span', { className: `method ${method.toLowerCase()}` }, method);
const details = make('details', {}, make('summary', {}, name, make('span', { className: 'path' }, path), make('span', { className: 'what' }, operation.summary ?? '')));
details.addEventListener('toggle', () => details.children.length === 1 && details.append(routeForm(path, method, operation, parameters, resolve)));
details.dataset.activation = path.match(/^\/v1\/([^{/]+)\//)?.[1] ?? '';
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
form.oninput = show;
form.onsubmit = async (event) => {
event.preventDefault();
const { target, content } = request();
let result;
try {
result = await call(method, target, content);
} catch (error) {
status.textContent = reasonOf(error);
return;
}
status.textContent = `${result.status} ${result.reason} · ${result.type} · ${result.ms.toFixed(1)} ms`;
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
function showAll() {
const entry = current();
for (const link of $('tabs').children) {
if (link.dataset.name === entry.name) {
link.setAttribute('aria-current', 'page');
$('tabs').scrollLeft = link.offsetLeft - 60;
} else link.removeAttribute('aria-current');
}
document.title = `${entry.title} · Activation functions`;
$('title').textContent = entry.title;
$('summary').textContent = entry.summary;
$('curve').hidden = isVector();
$('vector').hidden = !isVector();
showOperations();
if (isVector()) showVector();
else showCurve();
showCall();
showRoutes();
fetchDerivation();
}
const start = latest(async () => {
catalogue = await ask('GET', 'v1');
$('version').textContent = `activation-service ${catalogue.version} · vector width ${catalogue.vector_width}`;
$('tabs').replaceChildren(...catalogue.activations.map(({ name, title }) => {
const link = make('a', { href: `#${name}` }, title);
link.dataset.name = name;
return link;
}));
startCurve();
startVector();
startCall();
const follow = () => {
readState();
showAll();
};
addEventListener('hashchange', follow);
follow();
fetchRoutes();
});
$('skip').onclick = (event) => {
event.preventDefault();
$('main').focus();
};
$('again').onclick = tryAgain;
addEventListener('online', tryAgain);
start();
"""##
}
