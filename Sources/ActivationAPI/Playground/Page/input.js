// What people type and paste: a reader gives a value, perhaps with a note, or says what the problem is.
const maxComponents = 10;

// Minus signs and spaces as typesetters have them.
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

// The words of a list, whatever separates them.
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

// The name that was probably meant: the same letters in another case or punctuation, or at most two edits away.
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
