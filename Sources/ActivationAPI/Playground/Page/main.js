// Puts the parts together, and follows the URL.
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
    // On a phone the row scrolls.
    if (link.dataset.name === name) $('tabs').scrollLeft = link.offsetLeft - 60;
  }
}

// What of the link could not be shown.
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

// Links within the page are followed at once: a URL that is still to be written would undo a navigation under way.
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

// Not by its link, for the URL holds what is shown.
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
