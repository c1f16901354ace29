// Draws the figures of the sample courses as inline SVG, so that text stays text, scales to a telephone,
// and each figure has a title and a description for those who do not see it.
//   flow   steps joined by arrows      timeline   points on a line      hub   one centre, things around it
import { escape } from './text.mjs';

const WIDTH = 360;
const BLUE = '#0066CC';
const DARK = '#17324D';
const PALE = '#E6F0FA';
const SIZE = 15;
const LINE = 19;

/** Breaks a text into lines of about so many pixels; a letter of this size is near 8 wide. */
function wrap(text, pixels) {
	const room = Math.floor(pixels / 7.7);
	const lines = [''];
	for (const word of text.split(' ')) {
		const last = lines.length - 1;
		if (!lines[last]) {
			lines[last] = word;
		} else if (`${lines[last]} ${word}`.length <= room) {
			lines[last] += ` ${word}`;
		} else {
			lines.push(word);
		}
	}
	return lines;
}

function text(lines, x, top, { anchor = 'middle', fill = DARK, bold = false } = {}) {
	return lines.map((line, i) => `<text x="${x}" y="${top + SIZE + i * LINE}" text-anchor="${anchor}" ` +
		`fill="${fill}" font-size="${SIZE}"${bold ? ' font-weight="700"' : ''}>${escape(line)}</text>`).join('');
}

function rectangle(x, y, width, height, fill) {
	return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${BLUE}" ` +
		'stroke-width="2"/>';
}

/** "Head: rest" – the head is set bold on its own lines. */
function parts(item, pixels) {
	const cut = item.indexOf(': ');
	const head = cut < 0 ? item : item.slice(0, cut);
	return { head: wrap(head, pixels - 12), rest: cut < 0 ? [] : wrap(item.slice(cut + 2), pixels) };
}

function flow(items) {
	let y = 4;
	const drawn = items.map((item, i) => {
		const { head, rest } = parts(item, WIDTH - 40);
		const height = (head.length + rest.length) * LINE + 16;
		let out = rectangle(4, y, WIDTH - 8, height, i % 2 ? '#FFFFFF' : PALE);
		out += text(head, WIDTH / 2, y + 6, { bold: true }) + text(rest, WIDTH / 2, y + 6 + head.length * LINE);
		y += height;
		if (i < items.length - 1) {
			out += `<path d="M${WIDTH / 2} ${y + 2} V${y + 16} m-6 0 h12 l-6 8 z" fill="${BLUE}" stroke="${BLUE}" ` +
				'stroke-width="2"/>';
			y += 28;
		}
		return out;
	});
	return { height: y + 4, body: drawn.join('\n') };
}

function timeline(items) {
	let y = 4;
	const points = [];
	const drawn = items.map(item => {
		const { head, rest } = parts(item, WIDTH - 60);
		const top = y;
		points.push(top + 12);
		y += (head.length + rest.length) * LINE + 18;
		return text(head, 44, top, { anchor: 'start', fill: '#004D99', bold: true }) +
			text(rest, 44, top + head.length * LINE, { anchor: 'start' });
	});
	const line = `<path d="M18 ${points[0]} V${points[points.length - 1]}" stroke="${BLUE}" stroke-width="4"/>`;
	const dots = points.map(at => `<circle cx="18" cy="${at}" r="9" fill="#FFFFFF" stroke="${BLUE}" stroke-width="4"/>`);
	return { height: y, body: [line, ...dots, ...drawn].join('\n') };
}

/** The first item is the centre; the others stand below it in two columns. */
function hub([centre, ...items]) {
	const head = wrap(centre, WIDTH - 40);
	const column = (WIDTH - 24) / 2;
	let y = head.length * LINE + 24;
	let body = `<rect x="4" y="4" width="${WIDTH - 8}" height="${y - 8}" rx="8" fill="${BLUE}"/>` +
		text(head, WIDTH / 2, 10, { fill: '#FFFFFF', bold: true });
	for (let i = 0; i < items.length; i += 2) {
		const row = items.slice(i, i + 2).map(item => parts(item, column - 14));
		const height = Math.max(...row.map(cell => cell.head.length + cell.rest.length)) * LINE + 16;
		row.forEach((cell, j) => {
			const x = 4 + j * (column + 16);
			const width = row.length === 1 ? WIDTH - 8 : column;
			body += `\n<path d="M${x + width / 2} ${y - 4} v10" stroke="${BLUE}" stroke-width="3"/>` +
				rectangle(x, y + 6, width, height, i % 4 ? '#FFFFFF' : PALE) +
				text(cell.head, x + width / 2, y + 12, { bold: true }) +
				text(cell.rest, x + width / 2, y + 12 + cell.head.length * LINE);
		});
		y += height + 10;
	}
	return { height: y + 4, body };
}

const KINDS = { flow, timeline, hub };

/** title: "kind | title | description"; lines: one item each. */
export function figure(title, lines, id) {
	const [kind, name, description] = title.split(' | ');
	if (!KINDS[kind] || !name || !description || lines.length < 2) {
		throw new Error('a figure is "::: figura flow|timeline|hub | title | description" and two items or more');
	}
	const { height, body } = KINDS[kind](lines);
	return `<figure><svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${WIDTH} ${height}" ` +
		`xmlns="http://www.w3.org/2000/svg"><title id="${id}-t">${escape(name)}</title>` +
		`<desc id="${id}-d">${escape(description)}</desc>\n${body}\n</svg>` +
		`<figcaption>${escape(name)}</figcaption></figure>`;
}
