// Reads the text format of the sample courses (README.md in the folder above) and turns it into
// screens of HTML and a list of questions. A fault names file and line and stops the build.
import { figure } from './figures.mjs';
import { escape, inline } from './text.mjs';

const BOXES = { caso: 'Un caso', nota: 'Nota', attenzione: 'Attenzione', pratica: 'In pratica' };

class Reader {
	constructor(text, file) {
		this.lines = text.split('\n');
		this.at = 0;
		this.file = file;
		this.figures = 0;
	}
	get line() {
		return this.lines[this.at];
	}
	get ended() {
		return this.at >= this.lines.length;
	}
	fail(why) {
		throw new Error(`${this.file}:${this.at + 1}: ${why}`);
	}
	/** The run of lines that starts here and goes on while they match. */
	take(pattern) {
		const start = this.at;
		while (!this.ended && pattern.test(this.line)) {
			this.at++;
		}
		return this.lines.slice(start, this.at);
	}
}

function front(r) {
	const meta = {};
	if (r.line !== '---') {
		r.fail('the file must start with ---');
	}
	for (r.at++; r.line !== '---'; r.at++) {
		const pair = /^([a-z]+): (.+)$/.exec(r.line ?? '');
		if (!pair) {
			r.fail('expected "key: value" or ---');
		}
		meta[pair[1]] = pair[2];
	}
	r.at++;
	return meta;
}

function list(r, tag, mark) {
	const items = r.take(mark).map(line => `<li>${inline(line.replace(mark, ''))}</li>`);
	return `<${tag}>\n${items.join('\n')}\n</${tag}>`;
}

function table(r) {
	const caption = r.line.slice(2);
	r.at++;
	const rows = r.take(/^\|/).map(line => line.split('|').slice(1, -1).map(cell => inline(cell.trim())));
	if (rows.length < 3 || rows.some(row => row.length !== rows[0].length)) {
		r.fail('a table needs a head, a rule and rows of equal length');
	}
	const [names, , ...lines] = rows;
	const head = names.map(cell => `<th scope="col" role="columnheader">${cell}</th>`).join('');
	const body = lines.map(([first, ...rest]) => `<tr role="row"><th scope="row" role="rowheader">${first}</th>` +
		`${rest.map((cell, i) => `<td role="cell" data-label="${names[i + 1].replace(/<[^>]+>/g, "")}">${cell}</td>`).join('')}</tr>`);
	/* The roles stand although they say nothing new: on a telephone the rows are drawn as blocks, and some
	 * browsers then forget that this is a table. */
	return `<div class="table"><table role="table"><caption>${inline(caption)}</caption>\n` +
		`<thead role="rowgroup"><tr role="row">${head}</tr></thead>\n` +
		`<tbody role="rowgroup">\n${body.join('\n')}\n</tbody></table></div>`;
}

function box(r) {
	const [, kind, title = ''] = /^::: ([a-z]+) ?(.*)$/.exec(r.line) ?? r.fail('expected "::: kind title"');
	r.at++;
	if (kind === 'figura') {
		const lines = r.take(/^(?!:::)/).filter(line => line.trim());
		r.at++;
		try {
			return figure(title, lines, `figura-${++r.figures}`);
		} catch (error) {
			return r.fail(error.message);
		}
	}
	if (!BOXES[kind]) {
		r.fail(`unknown box "${kind}"`);
	}
	const inner = [];
	while (!r.ended && r.line !== ':::') {
		inner.push(block(r));
	}
	if (r.ended) {
		r.fail('this box is never closed');
	}
	r.at++;
	return `<div class="box ${kind}"><h2><span class="kind">${BOXES[kind]}</span>` +
		`${title ? ` ${inline(title)}` : ''}</h2>\n${inner.join('\n')}</div>`;
}

/** One block; '' for a blank line. */
function block(r) {
	const line = r.line;
	if (!line.trim()) {
		r.at++;
		return '';
	}
	if (line.startsWith('## ')) {
		r.at++;
		return `<h2>${inline(line.slice(3))}</h2>`;
	}
	if (line.startsWith('- ')) {
		return list(r, 'ul', /^- /);
	}
	if (/^\d+\. /.test(line)) {
		return list(r, 'ol', /^\d+\. /);
	}
	if (line.startsWith('^ ')) {
		return table(r);
	}
	if (line.startsWith(':::')) {
		return box(r);
	}
	return `<p>${inline(r.take(/^(?!#|- |\d+\. |\^ |:::|\s*$)/).join(' '))}</p>`;
}

function question(r, number) {
	const [, type, stem] = /^\? (single|multiple) (.+)$/.exec(r.line) ?? r.fail('expected "? single|multiple …"');
	r.at++;
	const options = r.take(/^- \[[ x]\] /).map(line => ({ text: line.slice(6), right: line[3] === 'x' }));
	const why = r.take(/^> /).map(line => line.slice(2)).join(' ');
	const right = options.filter(option => option.right).length;
	if (options.length < 3 || options.length > 6) {
		r.fail('a question has three to six options');
	}
	if (type === 'single' ? right !== 1 : right < 2 || right === options.length) {
		r.fail(`a ${type} question cannot have ${right} right options of ${options.length}`);
	}
	if (!why) {
		r.fail('a question needs a feedback line ("> …")');
	}
	return { id: `q${number}`, type, stem, options, why };
}

/**
 * The whole file: {meta, screens: [{title, html}], questions, summary}. The screens "Verifica" and
 * "In sintesi" are special: the first holds the questions, the second becomes the last page.
 */
export function read(text, file) {
	const r = new Reader(text, file);
	const course = { meta: front(r), screens: [], questions: [], summary: '' };
	while (!r.ended) {
		if (!r.line.trim()) {
			r.at++;
			continue;
		}
		if (!r.line.startsWith('# ')) {
			r.fail('expected a screen ("# title")');
		}
		const title = r.line.slice(2);
		const html = [];
		for (r.at++; !r.ended && !r.line.startsWith('# ');) {
			if (title === 'Verifica' && r.line.startsWith('? ')) {
				course.questions.push(question(r, course.questions.length + 1));
			} else {
				html.push(block(r));
			}
		}
		const body = html.filter(Boolean).join('\n');
		if (title === 'In sintesi') {
			course.summary = body;
		} else if (title !== 'Verifica') {
			course.screens.push({ title, html: body });
		}
	}
	if (!course.questions.length || !course.summary) {
		r.fail('a course needs the screens "Verifica" and "In sintesi"');
	}
	return course;
}
