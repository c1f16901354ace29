/**
 * The debug panel: beside a course under preview, live; or alone, over somebody's journal.
 * @module
 */
import {button, make} from '../page.js';
import {asText, callText, clock, errorText, saveFile} from './save.js';
import {drawData, drawMoves, drawTree, folded} from './state.js';
import {word} from './words.js';

/** @typedef {import('./trace.js').Entry} Entry */
/** @typedef {import('./trace.js').Trace} Trace */

const ROWS = 400;
const REDRAW_MS = 250;
const TABS = /** @type {const} */ (['calls', 'tree', 'data', 'moves']);

export class DebugPanel {
	#engine;
	#trace;
	#live;
	/** @type {typeof TABS[number]} */
	#tab = 'calls';
	#filter = '';
	#errorsOnly = false;
	/** @type {ReturnType<typeof setTimeout>|undefined} */
	#timer;
	#body = make('div', {class: 'debug-body', id: 'debug-body', role: 'tabpanel', tabindex: '0'});
	/** @type {Record<string, HTMLElement>} */
	#tabs = {};
	/** Chosen on a row's number, where rows can be chosen. @type {((entry: Entry) => void)|null} */
	onPick = null;
	/** @type {number|null} */
	picked = null;

	/**
	 * @param {() => import('../engine.js').Engine} engine the one to look into
	 * @param {Trace} trace
	 * @param {(code: number) => string} errorWords
	 * @param {string} name of the saved file
	 * @param {boolean} live entries come in, and may be thrown away
	 */
	constructor(engine, trace, errorWords, name, live = true) {
		this.#engine = engine;
		this.#trace = trace;
		this.errorWords = errorWords;
		this.#live = live;
		this.element = make('section', {class: 'debug', 'aria-labelledby': 'debug-title'},
			make('h2', {id: 'debug-title'}, word('title')), this.#tools(name, live), this.#tabList(), this.#body);
		trace.addEventListener('entry', () => this.#soon());
		trace.addEventListener('clear', () => this.draw());
	}

	/** @param {string} name @param {boolean} live */
	#tools(name, live) {
		const filter = /** @type {HTMLInputElement} */ (make('input', {type: 'search', 'aria-label': word('filter'),
			placeholder: word('filter')}));
		filter.addEventListener('input', () => {
			this.#filter = filter.value.trim();
			this.draw();
		});
		const errors = /** @type {HTMLInputElement} */ (make('input', {type: 'checkbox'}));
		errors.addEventListener('change', () => {
			this.#errorsOnly = errors.checked;
			this.draw();
		});
		const copy = button(word('copy'), async () => {
			await navigator.clipboard.writeText(this.#text());
			copy.textContent = word('copied');
			setTimeout(() => {
				copy.textContent = word('copy');
			}, 2000);
		});
		return make('div', {class: 'debug-tools'}, filter, make('label', {}, errors, ` ${word('errorsOnly')}`),
			...live ? [button(word('clear'), () => this.#trace.clear())] : [], copy,
			button(word('saveText'), () => saveFile(`${name}.txt`, 'text/plain', this.#text())),
			button(word('saveJson'), () => saveFile(`${name}.json`, 'application/json', JSON.stringify(this.#trace.entries, null, '\t'))));
	}

	#text() {
		return asText(this.#shown(), this.errorWords);
	}

	#tabList() {
		const list = make('div', {class: 'debug-tabs', role: 'tablist'});
		for (const name of TABS) {
			const tab = button(word(name), () => this.#choose(name));
			tab.setAttribute('role', 'tab');
			tab.setAttribute('aria-controls', 'debug-body');
			this.#tabs[name] = tab;
			list.append(tab);
		}
		list.addEventListener('keydown', event => {
			const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
			if (step) {
				this.#choose(TABS[(TABS.indexOf(this.#tab) + step + TABS.length) % TABS.length]);
				this.#tabs[this.#tab].focus();
			}
		});
		return list;
	}

	/** @param {typeof TABS[number]} name */
	#choose(name) {
		this.#tab = name;
		this.draw();
	}

	#soon() {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.draw();
		}, REDRAW_MS);
	}

	#shown() {
		return this.#trace.entries.filter(entry => (!this.#errorsOnly || entry.error !== 0) &&
			(this.#filter === '' || callText(entry).includes(this.#filter)));
	}

	draw() {
		for (const name of TABS) {
			this.#tabs[name].setAttribute('aria-selected', String(name === this.#tab));
			this.#tabs[name].tabIndex = name === this.#tab ? 0 : -1;
		}
		const now = Date.now();
		const atEnd = this.#body.scrollTop + this.#body.clientHeight >= this.#body.scrollHeight - 40;
		const parts = {
			calls: () => this.#calls(),
			tree: () => drawTree(this.#engine(), now),
			data: () => drawData(this.#engine(), now, this.#filter),
			moves: () => drawMoves(this.#engine(), now),
		}[this.#tab]();
		this.#body.replaceChildren(...parts);
		if (this.#tab === 'calls' && atEnd && !this.onPick) {
			this.#body.scrollTop = this.#body.scrollHeight;
		}
		this.#showPicked();
	}

	/** Within the panel's own scrolling; the page stays where it is. */
	#showPicked() {
		const row = /** @type {HTMLElement|null} */ (this.#body.querySelector('tr[aria-current]'));
		if (row) {
			this.#body.scrollTop = row.offsetTop - this.#body.clientHeight / 2;
		}
	}

	#calls() {
		const entries = this.#shown();
		if (entries.length === 0) {
			return [make('p', {}, word('none'))];
		}
		const heads = ['number', 'time', 'call', 'answer', 'error', ...this.#live ? ['took'] : []];
		const head = make('thead', {}, make('tr', {}, ...heads.map(name => make('th', {scope: 'col'}, word(name)))));
		const rows = this.#window(entries).map(entry => this.#row(entry));
		const table = make('table', {class: 'debug-calls', 'aria-label': word('calls')}, head, make('tbody', {}, ...rows));
		return entries.length > ROWS ? [make('p', {}, word('older')), table] : [table];
	}

	/** As many as are shown: the newest, or those around the chosen one. @param {Entry[]} entries */
	#window(entries) {
		const {picked} = this;
		const at = picked === null || !this.onPick ? -1 : entries.reduce((last, {sequence}, i) => ((sequence ?? 0) <= picked ? i : last), -1);
		const end = at < 0 && !this.onPick ? entries.length : Math.min(entries.length, Math.max(ROWS, at + ROWS / 2));
		return entries.slice(Math.max(0, end - ROWS), end);
	}

	/** @param {Entry} entry */
	#row(entry) {
		const {onPick} = this;
		const number = onPick ? button(String(entry.n), () => onPick(entry)) : String(entry.n);
		const cells = [number, clock(entry.at), folded(callText(entry)), folded(entry.result), errorText(entry, this.errorWords),
			...this.#live ? [entry.took === undefined ? '' : entry.took.toFixed(2)] : []];
		const row = make('tr', {class: `debug-${entry.kind}${entry.error ? ' debug-wrong' : ''}`}, ...cells.map(cell => make('td', {}, cell)));
		if (onPick && this.picked === entry.sequence) {
			row.setAttribute('aria-current', 'true');
		}
		return row;
	}
}
