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
<main id="main" tabindex="-1" inert>
  <section class="about" aria-labelledby="title">
    <h2 id="title">&nbsp;</h2>
    <p id="summary">&nbsp;</p>
    <div id="formula"></div>
    <div id="link-notes" role="status" hidden></div>
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
      <div id="plot-box"><svg id="plot" tabindex="0" role="slider" aria-label="Point on the curve" aria-describedby="plot-help"></svg></div>
      <p class="hint" id="plot-help"><span class="by-mouse">Drag to move, Ctrl + scroll to zoom. With the keyboard: arrows
      move the point, Shift + arrows the view, + and − zoom.</span><span class="by-touch">Tap to read a point, drag to
      move, pinch to zoom.</span></p>
    </div>
    <div class="card side">
      <h3>Reading</h3>
      <div>
        <label class="field">x <input id="x" autocomplete="off" spellcheck="false" aria-describedby="x-problem"></label>
        <p class="problem" aria-live="polite" id="x-problem"></p>
      </div>
      <dl class="reading" id="reading">
        <dt id="value-name" class="ink-function">f(x)</dt><dd id="value">&nbsp;</dd>
        <dt id="slope-name" class="ink-derivative">f′(x)</dt><dd id="slope">&nbsp;</dd>
      </dl>
      <div id="parameters"></div>
      <fieldset><legend>Range of x</legend>
        <div class="pair">
          <label class="field">from <input id="from" autocomplete="off" spellcheck="false" aria-describedby="from-problem"></label>
          <label class="field">to <input id="to" autocomplete="off" spellcheck="false" aria-describedby="to-problem"></label>
        </div>
        <p class="problem" aria-live="polite" id="from-problem"></p>
        <p class="problem" aria-live="polite" id="to-problem"></p>
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
      <div>
        <label class="field">x = <textarea id="components" rows="1" autocomplete="off" spellcheck="false" aria-describedby="components-problem"></textarea></label>
        <p class="problem" aria-live="polite" id="components-problem"></p>
      </div>
      <div class="slide">
        <label for="temperature">Temperature</label>
        <input id="temperature" type="range" min="-1" max="1" step="0.05">
        <output id="temperature-value" for="temperature">1</output>
      </div>
    </div>
    <div class="card heat">
      <div class="bar"><h3>Jacobian D<sub>j</sub> S<sub>i</sub><span id="heat-argument"></span></h3></div>
      <div class="scroll" id="heat"><table id="heatmap" role="grid" aria-label="Jacobian: rows i, columns j"></table></div>
      <p class="note">Blue: S<sub>i</sub> grows with x<sub>j</sub>. Orange: it shrinks. Each row sums to 0, for the probabilities
      always sum to 1; what is left in the last column is rounding.</p>
      <p class="note" id="temperature-note" hidden></p>
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
      <div class="block" id="answer-block"><div class="bar"><h3>Answer <small id="status"></small></h3><button type="button" class="copy" data-copy="answer">Copy</button></div>
        <pre id="answer" tabindex="0" aria-label="Answer"></pre></div>
    </div>
  </section>

  <section class="card" id="derivation" aria-labelledby="derivation-title">
    <h2 id="derivation-title">Where the derivative comes from</h2>
    <div id="derivations"></div>
  </section>

  <section class="card" id="routes" aria-labelledby="routes-title">
    <h2 id="routes-title">The routes</h2>
    <p class="note">Every route of the service, from <a href="openapi.json">openapi.json</a>. Open one to try it.</p>
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
<div id="notice" class="shown" role="alert" hidden><span><span id="notice-text"></span><span id="notice-more"> Trying again…</span></span><button type="button" id="again">Try now</button></div>
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
button:disabled { opacity: 0.45; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.hint, .note { color: var(--quiet); font-size: 13px; }
.hint { margin-top: 8px; }
.by-touch { display: none; }
@media (hover: none) and (pointer: coarse) {
.by-touch { display: inline; }
.by-mouse { display: none; }
}
@keyframes fade { from { opacity: 0.85; } to { opacity: 0; } }
@keyframes appear { from { opacity: 0; } to { opacity: 1; } }
[data-was]:empty::before { content: attr(data-was); }
[data-was]:empty::before, .fading, #chances.empty i, #heat.empty td { animation: fade 0.4s ease-out both; }
[aria-busy] { position: relative; }
[aria-busy]::after { content: "Loading…"; position: absolute; top: 4px; right: 8px; padding: 1px 8px; border-radius: 6px; background: var(--card); color: var(--quiet); font-size: 13px; animation: appear 0.2s 0.4s both; }
#answer-block[aria-busy]::after { top: 44px; background: none; }
.late { animation: appear 0.2s 0.4s both; }
.fading .was { stroke: var(--quiet); stroke-width: 2.5; }
.fading .dashed { stroke-dasharray: 7 6; }
.problem { font-size: 13px; color: var(--derivative); overflow-wrap: anywhere; }
.problem:not(:empty) { margin-top: 4px; }
#link-notes p { min-height: 0; color: inherit; }
#link-notes { grid-column: 1 / -1; margin-top: 8px; padding: 10px 14px; border-radius: 10px; background: var(--well); border: 1px solid var(--line); border-left: 4px solid var(--derivative); font-size: 14px; overflow-wrap: anywhere; }
#plot { display: block; width: 100%; aspect-ratio: 16 / 9; min-height: 260px; touch-action: pan-y; cursor: grab; border-radius: 8px; user-select: none; }
#plot:focus-visible { outline-offset: 0; }
#plot.moving { cursor: grabbing; }
#plot text { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
#plot .grid { stroke: var(--grid); }
#plot .axis { stroke: var(--axis); }
#plot .asymptote { stroke: var(--axis); stroke-dasharray: 2 5; }
#plot path { fill: none; stroke-linejoin: round; stroke-linecap: round; }
#plot .function { stroke: var(--function); stroke-width: 3; }
#plot .derivative { stroke: var(--derivative); stroke-width: 2.25; stroke-dasharray: 8 7; stroke-linecap: butt; }
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
[aria-invalid] { border-color: var(--derivative); }
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
#curl { height: auto; min-height: 66px; }
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
#components { resize: none; min-height: 0; field-sizing: content; }
footer { display: flex; justify-content: space-between; gap: 8px 24px; flex-wrap: wrap; padding: 28px 4px 0; color: var(--quiet); font-size: 13px; }
footer a { margin-left: 16px; }
dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: var(--ink); padding: 24px; max-width: min(420px, 92vw); }
dialog form { display: grid; gap: 14px; }
dialog::backdrop { background: rgb(0 0 0 / 40%); }
@media (max-width: 860px) {
body { padding: 0 14px 24px; }
.view, #vector, .blocks { grid-template-columns: minmax(0, 1fr); }
#plot { aspect-ratio: 4 / 3; }
.card { padding: 14px; }
#tabs { flex-wrap: nowrap; overflow-x: auto; min-height: 44px; margin: 12px -14px 0; padding: 3px 14px; }
#tabs a { flex: none; }
.chain li { grid-template-columns: 52px 1fr; gap: 2px 8px; }
.chain .why { grid-column: 2; }
.call pre, #curl { height: auto; min-height: 108px; max-height: 300px; }
#curl { max-height: none; }
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
@media (max-width: 620px) {
.about { grid-template-columns: minmax(0, 1fr); padding: 14px 0 6px; }
.about h2 { font-size: 28px; }
.about p { min-height: 50px; }
#formula { grid-column: 1; grid-row: auto; min-height: 84px; }
#plot { aspect-ratio: 1 / 1; }
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
function put(element, text) {
if (text === undefined) {
if (element.textContent) element.dataset.was = element.textContent;
element.textContent = '';
return;
}
delete element.dataset.was;
if (element.textContent !== text) element.textContent = text;
}
function forgetFading() {
for (const element of document.querySelectorAll('[data-was]')) delete element.dataset.was;
}
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
const digits = (value) => (value === null ? 'undefined' : Object.is(value, -0) ? '-0' : String(value));
const minus = (text) => text.replaceAll('-', '−');
function short(value) {
if (value === 0) return '0';
const size = Math.abs(value);
return minus(size < 1e-2 || (size >= 1e5 && size < Infinity) ? value.toExponential(1).replace('+', '') : String(Number(value.toPrecision(3))));
}
const maxComponents = 10;
const plain = (text) => text.replace(/[\u2010-\u2015\u2212\uFE63\uFF0D]/g, '-').replace(/[\u200B-\u200D\u2060]/g, '').trim();
function readWord(word) {
const bare = word.replace(/^float\((.*)\)$/, '$1').replace(/^(["'])(.*)\1$/, '$2');
const special = /^([+-]?)(?:(?:np|numpy|math|torch)?\.)?(nan|inf(?:ty|inity)?|∞)$/i.exec(bare);
if (special) return { value: special[2].toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity };
if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare)) return { problem: `“${word}” is not a number.` };
const value = Number(bare);
if (!Number.isFinite(value)) return { problem: `${word} is beyond the largest number of float64, about 1.8e308.` };
const isLost = value === 0 && /[1-9]/.test(bare.split(/e/i)[0]);
return { value, note: isLost ? `${word} is too small for float64: it is read as ${digits(value)}.` : undefined };
}
function readNumber(text) {
const bare = plain(text).replace(/^[[(]\s*([^\s,;]*)\s*[\])]$/, '$1').replace(/\s*[,;]$/, '').replace(/^([+-])\s+/, '$1');
if (!bare) return { problem: 'Enter a number.' };
if (/^[^\s;]*\d,\d[^\s;]*$/.test(bare)) return { problem: `${bare} has a comma. Write decimals with a point, as in 3.5, and thousands without a separator.` };
const words = bare.split(/[\s,;]+/);
return words.length > 1 ? { problem: `This field takes one number, not ${words.length}.` } : readWord(bare);
}
function readFinite(text) {
const { value, ...rest } = readNumber(text);
if (value !== undefined && !Number.isFinite(value)) return { problem: 'This must be a finite number.' };
return { value, ...rest };
}
function split(text) {
const isIn = (separator) => text.includes(separator);
if (isIn(',') && isIn(';')) return { problem: 'Separate numbers by commas or by semicolons, not both. Decimals take a point.' };
if (!isIn(',') && !isIn(';')) return { words: text.split(/\s+/) };
const words = text.replace(/[,;]$/, '').split(/[,;]/).map((word) => word.trim());
if (words.includes('')) return { problem: 'A number is missing between two separators.' };
const isMixed = words.some((word) => /\s/.test(word));
return isMixed ? { problem: 'Separate all numbers the same way, by commas or by spaces. Decimals take a point.' } : { words };
}
function readVector(text) {
let bare = plain(text).replace(/^(?:(?:np|numpy|torch)\.)?(?:array|tensor)\((.*?)(?:,\s*dtype=[\w.]+)?\)$/s, '$1').trim();
for (const [opening, closing] of ['[]', '[]', '()', '{}']) {
if (bare.startsWith(opening) && bare.endsWith(closing)) bare = bare.slice(1, -1).trim();
}
if (/[[\]{}]/.test(bare)) return { problem: /\][\s,;]*\[/.test(bare) ? 'This field takes one vector, not a matrix.' : 'A bracket has no counterpart.' };
if (!bare) return { problem: 'Enter at least one number.' };
const { words, problem } = split(bare);
if (problem) return { problem };
const read = words.map(readWord);
const wrong = read.find((word) => word.problem);
if (wrong) return { problem: wrong.problem };
if (words.length > maxComponents) return { problem: `These are ${words.length} numbers; the page shows at most ${maxComponents}.` };
const note = /^[+-]?\d+,\d+$/.test(bare) ? `Read as two numbers. For a decimal, write ${bare.replace(',', '.')}.` : read.find((word) => word.note)?.note;
return { value: read.map(({ value }) => value), note };
}
function probablyMeant(name, names) {
const simple = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const most = name.length > 4 ? 2 : 1;
const [best] = names.map((other) => [editCount(simple(name), simple(other)), other]).sort(([a], [b]) => a - b);
return best?.[0] <= most ? best[1] : undefined;
}
function editCount(one, other) {
let row = [...Array(other.length + 1).keys()];
for (let i = 1; i <= one.length; i += 1) {
const next = [i];
for (let j = 1; j <= other.length; j += 1) next.push(Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] !== other[j - 1])));
row = next;
}
return row.at(-1);
}
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
if (response.status === 401 && sent === token) askForToken();
return {
status: response.status, reason: response.statusText, text, ms: performance.now() - start,
type: response.headers.get('Content-Type') ?? '', isStale: sent !== token, wait: Number(response.headers.get('Retry-After')),
};
}
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
async function ask(method, path, body, signal) {
const answer = await call(method, path, body === undefined ? undefined : json(body), signal);
if (answer.status !== 200) throw new Refusal(answer);
return JSON.parse(answer.text);
}
function reasonOf(error) {
if (error instanceof SyntaxError) return 'The answer is not JSON: something else answers for the service.';
return error instanceof TypeError || error.name === 'AbortError' ? 'The service does not answer.' : error.message;
}
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
const pieces = [];
const Piece = class {
constructor(key, load, { isEnough = () => true, delay = 0, isPaced = false } = {}) {
Object.assign(this, { key, load, isEnough, delay, isPaced, failures: 0, loaded: {} });
pieces.push(this);
}
get data() {
return this.loaded.key === this.key() ? this.loaded.data : undefined;
}
get isPending() {
return this.key() !== undefined && this.data === undefined && !this.error?.isFinal;
}
refresh() {
const key = this.key();
if (key !== this.asked) {
this.stop();
Object.assign(this, { asked: key, failures: 0, error: undefined });
}
if (key === undefined || this.running || this.timer || this.error?.isFinal) return;
if (this.data !== undefined && this.isEnough(this.data)) return;
if (this.delay) this.runIn(this.delay);
else this.run();
}
stop() {
this.running?.abort();
clearTimeout(this.timer);
this.running = this.timer = undefined;
}
runIn(milliseconds) {
this.timer = setTimeout(() => this.run(), milliseconds);
}
async run() {
this.timer = undefined;
const key = this.asked;
const running = new AbortController();
const limit = setTimeout(() => running.abort(), Math.min(5000 * 2 ** this.failures, 60000));
Object.assign(this, { running, since: performance.now() });
let data, error;
try {
data = await this.load(running.signal);
} catch (caught) {
error = caught;
}
clearTimeout(limit);
if (this.running !== running) return;
this.running = undefined;
this.error = error;
if (error) this.fail(error);
else {
this.loaded = { key, data };
if (this.failures) tryAgain();
this.failures = 0;
}
update();
}
fail(error) {
this.failures += 1;
if (error.isFinal) return;
const wait = Math.min(125 * 2 ** this.failures, 4000) * (0.8 + 0.4 * Math.random());
this.runIn(Math.max(wait, Math.min(error.wait || 0, 10) * 1000));
}
tryAgain() {
if (this.error?.isFinal && !this.error.needsToken) return;
if (!this.error && !(this.running && performance.now() - this.since > 2000)) return;
this.stop();
this.error = undefined;
if (this.asked !== undefined) this.run();
}
};
function tryAgain() {
for (const piece of pieces) piece.tryAgain();
}
function showNotice() {
const failing = pieces.filter(({ error, failures }) => error && (error.isFinal || failures > 1));
const error = failing.find(({ error }) => error.needsToken)?.error ?? failing.at(-1)?.error;
$('notice').hidden = !error;
put($('notice-text'), error ? reasonOf(error) : '');
$('notice-more').hidden = error?.isFinal ?? false;
$('again').hidden = Boolean(error?.isFinal && !error.needsToken);
}
let nextStep;
let isPacing = false;
let onSettled;
function pace(work) {
nextStep = work;
if (!isPacing) step();
}
function step() {
const work = nextStep;
nextStep = undefined;
isPacing = Boolean(work);
if (!isPacing) return;
const goOn = () => {
clearTimeout(timer);
onSettled = undefined;
requestAnimationFrame(step);
};
const timer = setTimeout(goOn, 250);
change(work);
onSettled = goOn;
reportSettled();
}
function letGo() {
if (!nextStep) return;
const work = nextStep;
nextStep = undefined;
change(work);
}
function reportSettled() {
if (!pieces.some((piece) => piece.isPaced && piece.isPending)) onSettled?.();
}
const defaults = { from: -6, to: 6, x: 1, vector: [1, 2, 3], temperature: 1, i: 0, j: 1, operation: 'forward' };
const state = { activation: '', parameters: {}, ...defaults, typed: {}, notes: [] };
const catalogue = new Piece(() => 'v1', (signal) => ask('GET', 'v1', undefined, signal));
const current = () => catalogue.data?.activations.find((entry) => entry.name === state.activation);
const isVector = () => current()?.kind === 'vector';
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
function showField(id, value) {
const { text = value, problem, note } = state.typed[id] ?? {};
if ($(id).value !== text) $(id).value = text;
attribute($(id), 'aria-invalid', problem && 'true');
put($(`${id}-problem`), problem ?? note ?? '');
}
const functionKey = () => (current() && !isVector() && !hasProblem(...parameterIds()) ? json([state.activation, state.parameters]) : undefined);
function roundStep(wanted) {
const power = 10 ** Math.floor(Math.log10(wanted));
const multiple = [1, 2, 5, 10].find((m) => m * power >= wanted * 0.999999) ?? 10;
return Number((multiple * power).toPrecision(3));
}
const multiple = (k, step) => Number((k * step).toPrecision(12)) + 0;
const stepOfView = () => roundStep((state.to - state.from) / 480);
function positions() {
const width = state.to - state.from;
const step = stepOfView();
const x = [];
const first = Math.floor((state.from - width / 2) / step);
const last = Math.ceil((state.to + width / 2) / step);
for (let k = first; k <= last; k += 1) x.push(multiple(k, step));
for (const { location } of current().kinks) if (location > x[0] && location < x.at(-1)) x.push(location);
return { step, x: [...new Set(x)].sort((a, b) => a - b) };
}
function evaluator(signal) {
const { activation, parameters } = state;
return async (operation, input, fields = {}) => (await ask('POST', `v1/${activation}/${operation}`, { input, ...parameters, ...fields }, signal)).output;
}
async function loadSamples(signal) {
const evaluate = evaluator(signal);
const { step, x } = positions();
const [f, d, limits] = await Promise.all([evaluate('forward', x), evaluate('derivative', x), evaluate('forward', [-Infinity, Infinity])]);
const at = x.filter((_, index) => d[index] === null);
let kinks = [];
if (at.length) {
const [left, right] = await Promise.all(['left', 'right'].map((side) => evaluate('derivative', at, { at_kink: side })));
kinks = at.map((x, index) => ({ x, left: number(left[index]), right: number(right[index]) }));
}
return { step, x, f: numbers(f), d: numbers(d), kinks, limits: [...new Set(numbers(limits).filter(Number.isFinite))] };
}
const samples = new Piece(functionKey, loadSamples, {
isEnough: ({ x, step }) => x[0] <= state.from && x.at(-1) >= state.to && step === stepOfView(),
isPaced: true,
});
async function loadReading(signal) {
const evaluate = evaluator(signal);
const { x } = state;
const [f, d] = await Promise.all([evaluate('forward', x), evaluate('derivative', x)]);
const sides = d === null ? await Promise.all(['left', 'right'].map((side) => evaluate('derivative', x, { at_kink: side }))) : [];
const [left, right] = numbers(sides);
return { x, f: number(f), d: number(d), left, right };
}
const pointKey = () => (functionKey() && !hasProblem('x') ? json([functionKey(), state.x]) : undefined);
const exactReading = new Piece(() => (sampledReading() ? undefined : pointKey()), loadReading, { isPaced: true });
function sampledReading() {
if (!pointKey() || !samples.data) return undefined;
const { x, f, d, kinks } = samples.data;
const index = indexOf(state.x, x);
if (index < 0) return undefined;
const { left, right } = kinks.find((kink) => kink.x === state.x) ?? {};
return { x: state.x, f: f[index], d: d[index], left, right };
}
const reading = () => sampledReading() ?? exactReading.data;
function indexOf(x, values) {
let low = 0;
let high = values.length - 1;
while (low <= high) {
const middle = (low + high) >> 1;
if (Object.is(values[middle], x)) return middle;
if (values[middle] < x) low = middle + 1;
else high = middle - 1;
}
return -1;
}
const slopeText = ({ d, left, right }) => (d === null ? `undefined: ${digits(left)} from the left, ${digits(right)} from the right` : digits(d));
const digitWidth = 7.4;
function ticks(from, to, most) {
const step = roundStep((to - from) / most);
const values = [];
const [first, last] = [Math.ceil(from / step - 1e-6), Math.floor(to / step + 1e-6)];
if (!(last - first <= 2 * most)) return values;
for (let k = first; k <= last; k += 1) values.push(multiple(k, step));
return values;
}
function axisLabels(values) {
const texts = values.map(digits);
const places = (text) => text.split('e')[0].split('.')[1]?.length ?? 0;
const decimals = Math.max(0, ...texts.map(places));
const powers = values.map((value) => value.toExponential());
const mantissa = Math.max(0, ...powers.map(places));
const exponential = values.map((value) => (value === 0 ? '0' : value.toExponential(mantissa).replace('+', '')));
const longest = (labels) => Math.max(...labels.map((label) => label.length));
const fixed = texts.some((text) => text.includes('e')) ? undefined : values.map((value) => value.toFixed(decimals));
return (fixed && (longest(fixed) <= 6 || longest(fixed) <= longest(exponential)) ? fixed : exponential).map(minus);
}
const widthOf = (labels) => digitWidth * Math.max(0, ...labels.map((label) => label.length));
function ticksAcross(from, to, width) {
for (const most of [width < 520 ? 6 : 12, 8, 6, 4, 3, 2]) {
const values = ticks(from, to, most);
const step = values.length > 1 ? values[1] - values[0] : Infinity;
const label = widthOf(axisLabels(values));
if (label + 12 + Math.max(0, label / 2 - 14) <= (step / (to - from)) * width) return values;
}
return [];
}
const drawable = (y) => Math.min(Math.max(y, -1e300), 1e300);
function bounds({ from, to }, { x, f, d, kinks, limits }) {
const inView = (at) => at >= from && at <= to;
const heights = [0, ...limits];
x.forEach((at, index) => inView(at) && heights.push(f[index], d[index]));
for (const kink of kinks) if (inView(kink.x)) heights.push(kink.left, kink.right);
let low = 0;
let high = 0;
for (const y of heights) {
if (y === null || !Number.isFinite(y)) continue;
low = Math.min(low, drawable(y));
high = Math.max(high, drawable(y));
}
if (!(high > low)) high = low + 1;
const room = (high - low) * 0.07;
return { low: low - room, high: high + room };
}
function frameOf(view, samples) {
const { low, high } = samples ? bounds(view, samples) : { low: 0, high: 1 };
const levels = samples ? ticks(low, high, 7) : [];
const edge = { left: Math.max(46, widthOf(axisLabels(levels)) + 12), right: 14, top: 12, bottom: 28 };
const across = view.width - edge.left - edge.right;
const up = view.height - edge.top - edge.bottom;
const px = (x) => edge.left + ((x - view.from) / (view.to - view.from)) * across;
const py = (y) => view.height - edge.bottom - ((drawable(y) - low) / (high - low)) * up;
return { ...view, levels, edge, across, px, py, xAt: (pixel) => view.from + ((pixel - edge.left) / across) * (view.to - view.from) };
}
const label = (x, y, anchor, text, style = '') => `<text class="${style}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
const lineAcross = ({ edge, width, py }, y, style) => `<path class="${style}" d="M${edge.left} ${py(y).toFixed(1)}H${width - edge.right}"/>`;
const lineDown = ({ edge, height, px }, x, style) => `<path class="${style}" d="M${px(x).toFixed(1)} ${edge.top}V${height - edge.bottom}"/>`;
function axesMarkup(frame) {
const { from, to, width, height, across, levels, edge, px, py } = frame;
const xs = ticksAcross(from, to, across);
const [below, beside] = [axisLabels(xs), axisLabels(levels)];
const half = widthOf(below) / 2;
const columns = xs.map((x, index) => lineDown(frame, x, x === 0 ? 'axis' : 'grid') + label(Math.min(Math.max(px(x), half), width - half), height - 8, 'middle', below[index]));
const rows = levels.map((y, index) => lineAcross(frame, y, y === 0 ? 'axis' : 'grid') + label(edge.left - 8, py(y) + 4, 'end', beside[index]));
return columns.join('') + rows.join('');
}
function curvesMarkup(frame, samples) {
const { edge, across, height, px, py } = frame;
const at = (x, y) => `${px(x).toFixed(2)} ${py(y).toFixed(2)}`;
return `${samples.limits.map((y) => lineAcross(frame, y, 'asymptote')).join('')}
<clipPath id="inside"><rect x="${edge.left}" y="${edge.top - 8}" width="${across}" height="${height - edge.top - edge.bottom + 16}"/></clipPath>
<g clip-path="url(#inside)"><path class="function" d="${path(samples, at)}"/><path class="derivative" d="${slopePath(samples, at)}"/></g>`;
}
function marksMarkup(frame, { kinks }, point) {
const { from, to, edge, px, py } = frame;
let out = '';
if (point && point.x >= from && point.x <= to) {
out += lineDown(frame, point.x, 'cross');
for (const [style, y] of [['f', point.f], ['d', point.d]]) {
if (y !== null && Number.isFinite(y)) out += `<path class="cross" d="M${edge.left} ${py(y)}H${px(point.x)}"/><circle class="dot ${style}" cx="${px(point.x)}" cy="${py(y)}" r="6"/>`;
}
}
for (const { x, left, right } of kinks) {
if (x < from || x > to) continue;
out += `<path class="jump" d="M${px(x)} ${py(left)}V${py(right)}"/>`;
for (const y of [left, right]) out += `<circle class="open" cx="${px(x)}" cy="${py(y)}" r="4.5"/>`;
out += label(px(x) - 10, py(left) - 8, 'end', minus(digits(left)), 'value') + label(px(x) + 10, py(right) - 8, 'start', minus(digits(right)), 'value');
}
return `<g clip-path="url(#inside)">${out}</g>`;
}
const path = ({ x, f }, at) => x.reduce((text, x, index) => (Number.isFinite(f[index]) ? `${text}${text ? 'L' : 'M'}${at(x, f[index])}` : text), '');
function slopePath({ x, d, kinks }, at) {
let text = '';
let pen = 'M';
x.forEach((x, index) => {
const y = d[index];
if (y === null) {
const { left, right } = kinks.find((kink) => kink.x === x);
text += `${pen}${at(x, left)}M${at(x, right)}`;
} else if (Number.isFinite(y)) text += pen + at(x, y);
pen = 'L';
});
return text;
}
const plot = $('plot');
let plotFrame = frameOf({ from: -6, to: 6, width: 0, height: 0 });
let fading = { activation: '', frame: plotFrame, markup: '' };
function setPoint(x) {
if (Object.is(x, state.x) && !state.typed.x) return;
change(() => {
state.x = x;
untype('x');
});
}
function setRange(from, to) {
const place = 10 ** (Math.floor(Math.log10(to - from)) - 4);
from = Number((Math.round(from / place) * place).toPrecision(10));
to = Number((Math.round(to / place) * place).toPrecision(10));
if (!inBounds(from, to)) return;
change(() => {
Object.assign(state, { from, to });
untype('from', 'to');
});
}
function zoom(factor, x = (state.from + state.to) / 2) {
setRange(x - (x - state.from) * factor, x + (state.to - x) * factor);
}
const nearest = (x) => multiple(Math.round(x / stepOfView()), stepOfView());
const clampToView = (x) => Math.min(Math.max(x, state.from), state.to);
const xAt = (clientX) => plotFrame.xAt(clientX - plot.getBoundingClientRect().left);
const readPointAt = (clientX) => setPoint(nearest(clampToView(xAt(clientX))));
function startPointers() {
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
if (event.pointerType === 'mouse') readPointAt(event.clientX);
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
if (fingers.delete(event.pointerId) && moved <= 4) readPointAt(event.clientX);
plot.classList.remove('moving');
};
plot.addEventListener('pointerup', end);
plot.addEventListener('pointercancel', end);
plot.addEventListener('wheel', (event) => {
if (!event.ctrlKey && !event.metaKey) return;
event.preventDefault();
zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 240), xAt(event.clientX));
}, { passive: false });
}
function moveByKey(event) {
const width = state.to - state.from;
const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
if (steps && event.shiftKey) setRange(state.from + (steps * width) / 20, state.to + (steps * width) / 20);
else if (steps) setPoint(clampToView(nearest((state.x || 0) + steps * Math.max(stepOfView(), roundStep(width / 120)))));
else if (event.key === 'Home') setPoint(nearest(state.from));
else if (event.key === 'End') setPoint(nearest(state.to));
else if (event.key === '+' || event.key === '=') zoom(1 / 1.5, clampToView(state.x || 0));
else if (event.key === '-') zoom(1.5, clampToView(state.x || 0));
else return;
event.preventDefault();
}
function bindRange() {
for (const [id, other] of [['from', 'to'], ['to', 'from']]) {
const read = (text) => {
const [mine, theirs] = [readFinite(text), readFinite(state.typed[other]?.text ?? digits(state[other]))];
if (mine.problem || theirs.problem) return { ...mine, isHeld: true };
const ends = { [id]: mine.value, [other]: theirs.value };
const problem = rangeProblem(ends.from, ends.to);
return { ...mine, value: ends, problem };
};
const set = (ends) => {
Object.assign(state, ends);
untype(other);
};
bindField($(id), { read, set });
}
}
function startCurve() {
startPointers();
plot.addEventListener('keydown', moveByKey);
plot.addEventListener('animationend', () => {
fading.markup = '';
update();
});
$('zoom-in').onclick = () => zoom(1 / 1.5);
$('zoom-out').onclick = () => zoom(1.5);
$('zoom-reset').onclick = () => setRange(defaults.from, defaults.to);
bindField($('x'), { read: readNumber, set: (value) => (state.x = value) });
$('x').addEventListener('change', () => say(plot.getAttribute('aria-valuetext') ?? ''));
bindRange();
$('picture').onclick = savePicture;
new ResizeObserver(update).observe(plot);
}
async function savePicture(event) {
if (!token) return;
event.preventDefault();
const name = `${state.activation}.svg`;
try {
const answer = await call('GET', $('picture').getAttribute('href'));
if (answer.status !== 200) throw new Refusal(answer);
const url = URL.createObjectURL(new Blob([answer.text], { type: 'image/svg+xml' }));
make('a', { href: url, download: name }).click();
URL.revokeObjectURL(url);
} catch (error) {
say(reasonOf(error));
}
}
function buildParameters() {
$('parameters').replaceChildren(...current().parameters.map(({ name, summary }) => {
const id = `parameter-${name}`;
const set = (value) => (state.parameters = { ...state.parameters, [name]: value });
const slider = make('input', { type: 'range', min: -1, max: 2, step: 0.01, id: `slide-${name}` });
slider.setAttribute('aria-label', `${name}, by slider`);
slider.oninput = () => {
const value = Number(slider.value);
const work = () => {
if (!(name in state.parameters)) return;
set(value);
untype(id);
};
if (slider.matches(':active')) pace(work);
else change(work);
slider.value = state.parameters[name];
};
const field = make('input', { autocomplete: 'off', spellcheck: false, id, 'aria-describedby': `${id}-problem` });
bindField(field, { read: readFinite, set });
return make('div', {}, make('label', { className: 'field', title: summary }, `${name} `, field), make('p', { className: 'problem', id: `${id}-problem`, 'aria-live': 'polite' }), slider);
}));
}
function showParameters() {
for (const [name, value] of Object.entries(state.parameters)) {
showField(`parameter-${name}`, digits(value));
$(`slide-${name}`).value = value;
}
}
function showReading(point) {
const isWrong = !pointKey() || exactReading.error?.isFinal;
put($('value'), isWrong ? '—' : point && digits(point.f));
put($('slope'), isWrong ? '—' : point && slopeText(point));
if (point) {
plot.setAttribute('aria-valuenow', Number.isFinite(point.x) ? point.x : 0);
plot.setAttribute('aria-valuemin', Math.min(state.from, point.x) || state.from);
plot.setAttribute('aria-valuemax', Math.max(state.to, point.x) || state.to);
}
attribute(plot, 'aria-valuetext', point && `x ${digits(point.x)}, function ${digits(point.f)}, derivative ${slopeText(point)}`);
}
function drawPlot(data, point) {
const view = { from: state.from, to: state.to, width: plot.clientWidth, height: plot.clientHeight };
if (!view.width) return;
const isShown = data && !hasProblem('from', 'to');
const isFading = !isShown && fading.activation === state.activation && fading.markup;
const isWrong = hasProblem('from', 'to', ...parameterIds());
draw('plot', [...Object.values(view), isShown && data, isShown && point, isFading, isWrong, state.activation], () => {
if (!isShown) {
plotFrame = isFading ? fading.frame : frameOf(view);
const instead = isWrong ? label(view.width / 2, view.height / 2, 'middle', 'No curve while a field is wrong') : axesMarkup(plotFrame);
plot.innerHTML = isFading ? `<g class="fading" aria-hidden="true">${fading.markup}</g>` : instead;
return;
}
plotFrame = frameOf(view, data);
const drawing = axesMarkup(plotFrame) + curvesMarkup(plotFrame, data);
plot.innerHTML = drawing + marksMarkup(plotFrame, data, point);
fading = { activation: state.activation, frame: plotFrame, markup: drawing.replaceAll('class="function"', 'class="was"').replaceAll('class="derivative"', 'class="was dashed"') };
});
}
function asymptotes({ limits }) {
if (!limits.length) return 'No horizontal asymptotes.';
return `Asymptote${limits.length > 1 ? 's' : ''}: y = ${limits.map((y) => minus(digits(y))).join(' and y = ')}`;
}
function showCurve() {
const { name } = current();
draw('curve', [name], () => {
put($('value-name'), `${name}(x)`);
put($('slope-name'), `${name}′(x)`);
const entry = (style, text) => make('li', {}, make('i', { className: style }), text);
$('legend').replaceChildren(entry('', `${name}(x)`), entry('d', `${name}′(x)`));
buildParameters();
});
showParameters();
showField('x', digits(state.x));
for (const id of ['from', 'to']) showField(id, digits(state[id]));
const point = reading();
showReading(point);
drawPlot(samples.data, point);
put($('asymptotes'), samples.data && asymptotes(samples.data));
$('picture').hidden = hasProblem('from', 'to', ...parameterIds());
$('picture').href = `v1/${name}/plot.svg?${new URLSearchParams({ from: state.from, to: state.to, ...state.parameters })}`;
}
const reach = 6;
const scaled = () => state.vector.map((x) => (state.temperature === 1 ? x : x / state.temperature));
const vectorKey = () => (isVector() && !hasProblem('components') ? json([state.activation, state.vector, state.temperature]) : undefined);
const outcome = new Piece(vectorKey, async (signal) => {
const { activation, temperature } = state;
const [values, matrix] = await Promise.all(['forward', 'jacobian'].map(async (operation) => (await ask('POST', `v1/${activation}/${operation}`, { input: scaled() }, signal)).output));
return { values: numbers(values), matrix: matrix.map((row) => numbers(row).map((value) => (temperature === 1 ? value : value / temperature))) };
}, { isPaced: true });
function buildVector(size) {
$('scores').replaceChildren(...state.vector.map((_, index) => scoreColumn(index)));
$('chances').replaceChildren(...state.vector.map(() => make('div', { className: 'column' }, make('div', { className: 'track' }, make('i')), make('b'))));
$('vector').classList.toggle('many', size > 7);
$('heatmap').style.minWidth = `${size * 64 + 116}px`;
$('heatmap').style.setProperty('--cell', `${Math.min(Math.max(230 / size, 46), 70)}px`);
const indices = [...Array(size).keys()];
const head = make('tr', {}, ...['i, j', ...indices, 'sum'].map((text) => make('th', { scope: 'col' }, `${text}`)));
const rows = indices.map((i) => make('tr', {}, make('th', { scope: 'row' }, `${i}`),
...indices.map((j) => make('td', { role: 'gridcell', onclick: () => select(i, j), onfocus: () => select(i, j) })),
make('td', { className: 'sum', role: 'gridcell' })));
$('heatmap').replaceChildren(make('thead', {}, head), make('tbody', {}, ...rows));
}
function scoreColumn(index) {
const column = make('div', { className: 'column', tabIndex: 0 }, make('small', {}, `${index}`), make('div', { className: 'track' }, make('i')), make('b'));
const attributes = { role: 'slider', 'aria-orientation': 'vertical', 'aria-valuemin': -reach, 'aria-valuemax': reach, 'aria-label': `x ${index}` };
for (const [name, value] of Object.entries(attributes)) column.setAttribute(name, value);
const drag = (event) => {
const box = column.children[1].getBoundingClientRect();
const value = reach * (1 - (2 * (event.clientY - box.top)) / box.height);
pace(() => setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 20) / 20 + 0));
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
const value = event.key === 'Home' ? -reach : event.key === 'End' ? reach : (state.vector[index] || 0) + step;
change(() => setComponent(index, Math.round(Math.min(Math.max(value, -reach), reach) * 100) / 100 + 0));
event.preventDefault();
});
return column;
}
function setComponent(index, value) {
if (isVector() && index < state.vector.length) setVector(state.vector.with(index, value));
}
function setVector(vector) {
const last = vector.length - 1;
Object.assign(state, { vector, i: Math.min(state.i, last), j: Math.min(state.j, last) });
untype('components');
}
function showScores() {
[...$('scores').children].forEach((column, index) => {
const value = state.vector[index];
const shown = Math.min(Math.max(value || 0, -reach), reach);
const [, track, text] = column.children;
const bar = track.firstChild;
bar.style.top = `${50 - Math.max(shown, 0) * (50 / reach)}%`;
bar.style.height = `max(3px, ${Math.abs(shown) * (50 / reach)}%)`;
text.textContent = short(value);
column.setAttribute('aria-valuenow', shown);
column.setAttribute('aria-valuetext', digits(value));
});
const { temperature } = state;
$('temperature').value = Math.log10(temperature);
$('temperature-value').textContent = digits(temperature);
$('temperature').setAttribute('aria-valuetext', digits(temperature));
const argument = temperature === 1 ? 'x' : `x / ${digits(temperature)}`;
$('chances-name').textContent = `S(${argument})`;
$('heat-argument').textContent = temperature === 1 ? '' : `(${argument})`;
$('temperature-note').hidden = temperature === 1;
put($('temperature-note'), `The service is asked for S and its Jacobian at ${argument}. By the chain rule the page divides each entry by ${digits(temperature)}.`);
}
function showOutcome(data) {
for (const id of ['chances', 'heat']) $(id).classList.toggle('empty', !data);
const { values = [], matrix = [] } = data ?? {};
[...$('chances').children].forEach((column, index) => {
const value = values[index];
const [track, text] = column.children;
if (data) track.firstChild.style.height = `${(value || 0) * 100}%`;
put(text, data && (value !== 0 && value < 0.001 ? short(value) : value.toFixed(3)));
if (data) $('scores').children[index].setAttribute('aria-valuetext', `${digits(state.vector[index])}, probability ${digits(value)}`);
});
$('chances').setAttribute('aria-label', data ? `Probabilities: ${values.map(digits).join(', ')}` : 'Probabilities');
const most = Math.max(...matrix.flat().map(Math.abs), Number.MIN_VALUE);
[...$('heatmap').tBodies[0].rows].forEach((row, i) => {
const cells = [...row.cells].slice(1, -1);
cells.forEach((cell, j) => {
const value = matrix[i]?.[j];
put(cell, data && short(value));
attribute(cell, 'title', data && digits(value));
if (data) cell.style.backgroundColor = value ? `rgba(var(--${value > 0 ? 'hot' : 'cold'}), ${(0.06 + 0.34 * Math.sqrt(Math.abs(value) / most)).toFixed(3)})` : '';
});
put(row.lastChild, data && short(matrix[i].reduce((sum, value) => sum + value, 0)));
});
}
function select(i, j) {
if (state.i === i && state.j === j) return;
change(() => Object.assign(state, { i, j }));
}
function showSelection({ i, j }) {
[...$('heatmap').tBodies[0].rows].forEach((row, r) => {
[...row.cells].slice(1, -1).forEach((cell, c) => {
const isChosen = r === i && c === j;
cell.setAttribute('aria-selected', isChosen);
cell.tabIndex = isChosen ? 0 : -1;
});
});
}
function showWritten(data, { i, j, temperature }) {
const sub = (name, index) => `<msub><mi>${name}</mi><mn>${index}</mn></msub>`;
const isOne = temperature === 1;
const same = i === j;
const t = digits(temperature);
const sign = same ? '' : '−';
const over = isOne ? '' : `<mfrac><mn>1</mn><mn>${t}</mn></mfrac>`;
const product = same ? `${sub('S', i)}<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>${sub('S', j)}<mo stretchy="false">)</mo>` : `${sub('S', j)}${sub('S', i)}`;
const [si, sj] = data ? [digits(data.values[i]), digits(data.values[j])] : [];
const filled = same ? `${si} · (1 − ${sj})` : `${sj} · ${si}`;
if (!$('entry')) {
if (!data) return;
$('written').replaceChildren(make('p', { id: 'entry-formula' }), make('p', { id: 'filled' }), make('p', { id: 'entry' }));
}
$('entry-formula').innerHTML = `<math><mrow>${sub('D', j)}${sub('S', i)}</mrow><mo>=</mo><mrow>${sign && '<mo>−</mo>'}${over}${product}</mrow></math>`;
put($('filled'), data && `= ${sign}${isOne ? '' : `1/${t} · `}${filled}`);
put($('entry'), data && `= ${minus(digits(data.matrix[i][j]))}`);
}
function startVector() {
const resize = (vector) => vector.length >= 1 && vector.length <= maxComponents && change(() => setVector(vector));
$('more').onclick = () => resize([...state.vector, 0]);
$('fewer').onclick = () => resize(state.vector.slice(0, -1));
const set = (vector) => {
const { components } = state.typed;
setVector(vector);
state.typed = { ...state.typed, components };
};
bindField($('components'), { read: readVector, set });
$('temperature').addEventListener('input', () => {
const temperature = Number((10 ** Number($('temperature').value)).toPrecision(2));
const work = () => (state.temperature = temperature);
if ($('temperature').matches(':active')) pace(work);
else change(work);
$('temperature').value = Math.log10(state.temperature);
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
const { vector, i, j, temperature } = state;
draw('columns', [vector.length, state.activation], () => buildVector(vector.length));
draw('scores', [vector, temperature, state.activation], showScores);
showField('components', vector.map(digits).join(', '));
const { data } = outcome;
draw('outcome', [data, vector, vectorKey(), outcome.isPending], () => showOutcome(data));
draw('selection', [i, j, vector.length, state.activation], () => showSelection(state));
draw('written', [data, i, j, temperature, state.activation], () => showWritten(data, state));
}
function callOfState() {
if (!current() || hasProblem(...(isVector() ? ['components'] : ['x', ...parameterIds()]))) return undefined;
const fields = isVector() ? { input: scaled() } : { input: state.x, ...state.parameters };
if (isVector() && state.operation === 'derivative') Object.assign(fields, { i: state.i, j: state.j });
return { path: `v1/${state.activation}/${state.operation}`, body: json(fields) };
}
const callKey = () => {
const asked = callOfState();
return asked && `${asked.path} ${asked.body}`;
};
const answered = new Piece(callKey, async (signal) => {
const { path, body } = callOfState();
const answer = await call('POST', path, body, signal);
if (isPassing(answer) || answer.status === 401) throw new Refusal(answer);
JSON.parse(answer.text);
return answer;
}, { delay: 60 });
function showCall() {
const asked = callOfState();
draw('operations', [state.activation, state.operation], showOperations);
draw('call', [asked?.path, asked?.body, token], () => {
put($('curl'), asked ? curlLine('POST', asked.path, asked.body) : '—');
put($('request'), asked ? `POST ${new URL(asked.path, base).pathname} HTTP/1.1\nContent-Type: application/json\n\n${asked.body}` : '—');
});
const { data } = answered;
put($('answer'), asked ? data?.text : '—');
put($('status'), data ? `${data.status} ${data.reason} · ${data.ms.toFixed(1)} ms` : '');
for (const button of document.querySelectorAll('[data-copy]')) button.disabled = !asked || !$(button.dataset.copy).textContent;
}
function showOperations() {
$('operations').replaceChildren(...Object.keys(current().fields).map((name) => {
const radio = make('input', { type: 'radio', name: 'operation', value: name, checked: name === state.operation });
radio.onchange = () => change(() => (state.operation = name));
return make('label', {}, radio, name);
}));
}
function startCall() {
for (const button of document.querySelectorAll('[data-copy]')) button.onclick = () => copy($(button.dataset.copy).textContent, button);
}
const entry = new Piece(() => current()?.name, (signal) => ask('GET', `v1/${state.activation}`, undefined, signal));
function showDerivation() {
const { data } = entry;
draw('derivation', [state.activation, data], () => {
const chains = data?.derivations ?? [];
const definition = chains.find((chain) => chain.subject === 'value');
$('formula').className = data ? '' : 'late';
if (definition) $('formula').innerHTML = `<math display="block">${equation(definition.steps[0], definition.steps.at(-1))}</math>`;
else $('formula').textContent = current().formula;
$('derivations').replaceChildren(...chains.map(chainElement));
$('derivation').hidden = Boolean(data) && chains.length === 0;
});
}
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
let isStarted = false;
function update() {
if (catalogue.data && !isStarted) start();
for (const piece of pieces) piece.refresh();
setBusy($('main'), catalogue.isPending);
if (isStarted) render();
showNotice();
reportSettled();
}
const busy = [['reading', exactReading], ['plot-box', samples], ['chances', outcome], ['heat', outcome], ['answer-block', answered], ['derivation', entry], ['routes', description]];
function render() {
for (const [id, piece] of busy) setBusy($(id), piece.isPending);
const chosen = current();
draw('activation', [chosen], () => {
showTab(chosen.name);
document.title = `${chosen.title} · Activation functions`;
$('title').textContent = chosen.title;
$('summary').textContent = chosen.summary;
$('curve').hidden = isVector();
$('vector').hidden = !isVector();
});
draw('notes', [state.notes], showNotes);
if (isVector()) showVector();
else showCurve();
showCall();
showRoutes();
showDerivation();
draw('fading', [chosen], forgetFading);
}
function showTab(name) {
for (const link of $('tabs').children) {
attribute(link, 'aria-current', link.dataset.name === name ? 'page' : undefined);
if (link.dataset.name === name) $('tabs').scrollLeft = link.offsetLeft - 60;
}
}
function showNotes() {
$('link-notes').hidden = !state.notes.length;
$('link-notes').replaceChildren(...state.notes.map(({ text, meant }) => {
const note = make('p', {}, text);
if (meant) note.append(' Did you mean ', make('a', { href: `#${meant}` }, meant), '?');
return note;
}));
}
function follow() {
nextStep = undefined;
clearTimeout(writing);
writing = undefined;
readState();
update();
}
function followLink(event) {
const hash = event.target.closest('a')?.getAttribute('href');
if (!hash?.startsWith('#') || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
event.preventDefault();
if (writing) writeNow();
if (hash !== location.hash) history.pushState(null, '', hash);
follow();
}
function start() {
isStarted = true;
const { version, vector_width, activations } = catalogue.data;
$('version').textContent = `activation-service ${version} · vector width ${vector_width}`;
$('tabs').replaceChildren(...activations.map(({ name, title }) => {
const link = make('a', { href: `#${name}` }, title);
link.dataset.name = name;
return link;
}));
$('main').inert = false;
startCurve();
startVector();
startCall();
addEventListener('hashchange', follow);
for (const id of ['tabs', 'link-notes']) $(id).addEventListener('click', followLink);
readState();
}
$('skip').onclick = (event) => {
event.preventDefault();
$('main').focus();
};
const wake = () => {
if (document.hidden) return;
tryAgain();
update();
};
$('again').onclick = wake;
for (const name of ['pointerup', 'pointercancel']) addEventListener(name, letGo);
addEventListener('online', wake);
document.addEventListener('visibilitychange', wake);
update();
"""##
}
