// A piece of the page that the service fills. Its key is the question that the state asks, and data is seen only while
// that is the question it answers, whether it comes late, twice or never.
const pieces = [];

const Piece = class {
  // `isEnough`: data for the right question can be too little of it. `delay`: quiet milliseconds before it is asked.
  // `isPaced`: drags wait for it.
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

  // Follows the state: drops the question that is no longer asked, and asks the new one.
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
      // The service is back: what waits need not.
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

  // Asks again at once what has failed, or has waited for long.
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

// What fails is seen and spoken until it succeeds. One failure alone may pass before anybody notices.
function showNotice() {
  const failing = pieces.filter(({ error, failures }) => error && (error.isFinal || failures > 1));
  const error = failing.find(({ error }) => error.needsToken)?.error ?? failing.at(-1)?.error;
  $('notice').hidden = !error;
  put($('notice-text'), error ? reasonOf(error) : '');
  $('notice-more').hidden = error?.isFinal ?? false;
  $('again').hidden = Boolean(error?.isFinal && !error.needsToken);
}

// A drag goes on at the pace of the answers: each step is shown before the next, unless that takes too long.
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

// What is held comes to rest where it is let go.
function letGo() {
  if (!nextStep) return;
  const work = nextStep;
  nextStep = undefined;
  change(work);
}

function reportSettled() {
  if (!pieces.some((piece) => piece.isPaced && piece.isPending)) onSettled?.();
}
