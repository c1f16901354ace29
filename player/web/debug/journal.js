/**
 * Somebody's attempt, from its journal: what was said, in order, and the state at any moment, by the same engine that
 * recorded it.
 * @module
 */
import {button, byId, make} from '../page.js';
import {readInspection} from './inspect.js';
import {DebugPanel} from './panel.js';
import {Playback} from './playback.js';
import {readRecords} from './records.js';
import {asText} from './save.js';
import {callArguments, callName, Trace, TracedEngine} from './trace.js';
import {why} from './why.js';
import {moment, whyPanel} from './why_panel.js';
import {codeWords, word} from './words.js';

/** @typedef {import('./records.js').JournalRecord} JournalRecord */

/** @param {TracedEngine} engine @param {JournalRecord} record @returns {Omit<import('./trace.js').Entry, 'n'>} */
function entryOf(engine, record) {
	const name = (/** @type {number|null|undefined} */ at) => (at === null || at === undefined ? '' : engine.activities[at]?.identifier ?? '');
	const common = {at: record.now, error: record.error, sequence: record.sequence, args: [], result: ''};
	switch (record.kind) {
	case 'call':
		return {...common, kind: 'call', what: callName(engine.edition, record.name ?? 'commit'),
			args: callArguments(record.name ?? 'commit', record.args ?? []), result: record.error === 0 ? 'true' : 'false'};
	case 'navigate':
		return {...common, kind: 'navigation', what: record.request ?? '', args: [name(record.target)].filter(Boolean), result: name(record.delivered)};
	case 'pending':
		return {...common, kind: 'navigation', what: 'adl.nav.request', result: name(record.delivered)};
	case 'presence':
		return {...common, kind: 'presence', what: word('presence', Math.round((record.activeMs ?? 0) / 1000))};
	case 'session':
		return {...common, kind: 'session', what: word('session'), args: [record.words ?? '']};
	default:
		return {...common, kind: 'session', what: word(record.kind === 'unloaded' ? 'unloaded' : 'brought')};
	}
}

/** @typedef {{records: (after: number) => Promise<Uint8Array>, standing: () => Promise<import('./why.js').Standing>}} Source */

/** The first part. @param {Source} source */
async function load(source) {
	const journal = await source.records(0);
	return {records: readRecords(journal), journal};
}

/** Puts what follows behind what is there. @param {Source} source @param {{records: JournalRecord[], journal: Uint8Array}} loaded */
async function loadMore(source, {records, journal}) {
	const part = await source.records(records[records.length - 1].sequence);
	const all = new Uint8Array(journal.length + part.length);
	all.set(journal);
	all.set(part, journal.length);
	return {records: readRecords(all), journal: all};
}

/** What the server refused, as far as it can be read. @param {import('./why.js').Standing} standing @param {TracedEngine} engine @returns {Node[]} */
function refusedParts({refused}, engine) {
	if (refused.length === 0) {
		return [];
	}
	const parts = refused.map(({at, code, records}) => {
		let text;
		try {
			const bytes = Uint8Array.from(atob(records), each => each.charCodeAt(0));
			text = asText(readRecords(bytes).map(record => ({n: record.sequence, ...entryOf(engine, record)})), each => engine.errorWords(each));
		} catch {
			text = word('refusedDamaged');
		}
		return make('li', {}, `${moment(at)}: ${codeWords(code)}`, make('pre', {class: 'debug-value', tabindex: '0'}, text));
	});
	return [make('details', {class: 'debug-why'}, make('summary', {}, make('h3', {}, word('refusedTitle'))),
		make('p', {}, word('refusedText')), make('ul', {}, ...parts))];
}

/** The way through the records: first, previous, slider, next, last. */
class Scrub {
	where = make('p', {role: 'status'});
	#slider = /** @type {HTMLInputElement} */ (make('input', {type: 'range', min: '0', 'aria-label': word('record')}));
	#busy = false;
	#wanted = 0;

	/** @param {(count: number) => Promise<void>} show */
	constructor(show) {
		this.show = show;
		const step = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => number} */ to) => {
			const made = button(sign, () => void this.go(to()));
			made.setAttribute('aria-label', word(name));
			made.title = word(name);
			return made;
		};
		this.#slider.addEventListener('input', () => void this.go(Number(this.#slider.value)));
		this.element = make('div', {class: 'debug-scrub'}, step('|◀', 'firstRecord', () => 0), step('◀', 'previousRecord', () => this.#wanted - 1),
			this.#slider, step('▶', 'nextRecord', () => this.#wanted + 1), step('▶|', 'lastRecord', () => this.most), this.where);
	}

	get most() {
		return Number(this.#slider.max);
	}

	set most(count) {
		this.#slider.max = String(count);
	}

	/** Whoever drags faster than it draws gets the last one asked for. @param {number} count */
	async go(count) {
		this.#wanted = Math.min(this.most, Math.max(0, count));
		this.#slider.value = String(this.#wanted);
		if (this.#busy) {
			return;
		}
		this.#busy = true;
		try {
			for (let shown = -1; shown !== this.#wanted;) {
				shown = this.#wanted;
				await this.show(shown);
			}
		} finally {
			this.#busy = false;
		}
	}
}

/**
 * @param {() => Promise<TracedEngine>} open a fresh engine
 * @param {Source} source
 * @param {import('../launch.js').Launch} launch
 * @param {import('../shell.js').Shell} shell
 */
export async function showJournal(open, source, launch, shell) {
	const standing = await source.standing();
	let loaded = await load(source);
	let playback = new Playback(open, loaded.records, loaded.journal);
	let engine = await open();
	const trace = new Trace(Infinity);
	const panel = new DebugPanel(() => engine, trace, code => engine.errorWords(code), `fad-journal-${launch.attempt}`, false);
	const top = make('div', {class: 'debug-top'});
	const scrub = new Scrub(async count => {
		engine = await playback.at(count);
		const {broken} = playback;
		scrub.where.textContent = broken && count > broken.count ? word('journalDisagrees', broken.count + 1, broken.error)
			: word('ofRecord', count, loaded.records.length);
		panel.picked = count > 0 ? loaded.records[count - 1].sequence : null;
		panel.draw();
	});
	const pick = (/** @type {number} */ sequence) => scrub.go(loaded.records.findIndex(each => each.sequence === sequence) + 1);
	panel.onPick = ({sequence}) => void pick(sequence ?? 0);

	/** Everything that is said of what is loaded. */
	const draw = async () => {
		const {records} = loaded;
		trace.clear();
		records.forEach(record => trace.add(entryOf(engine, record)));
		scrub.most = records.length;
		await playback.prepare();
		await scrub.go(records.length);
		const reasons = why({course: engine, records, seen: readInspection(engine.inspect(Date.now())), summary: engine.summary(), standing,
			errorWords: code => engine.errorWords(code)});
		const {last_sequence: last} = standing.attempt;
		const cut = records.length > 0 && records[records.length - 1].sequence < last
			? [make('p', {class: 'debug-cut'}, word('cut', records.length, last), ' ', button(word('loadMore'), more))] : [];
		top.replaceChildren(...cut, whyPanel(reasons, sequence => void pick(sequence)), ...refusedParts(standing, engine));
	};
	const more = async () => {
		loaded = await loadMore(source, loaded);
		playback = new Playback(open, loaded.records, loaded.journal);
		await draw();
	};
	shell.showTitles(launch.course.title, word('journalOf', launch.learner.name), launch.course.title);
	panel.element.querySelector('h2')?.after(top, make('p', {}, word(loaded.records.length > 0 ? 'journalText' : 'journalEmpty')), scrub.element);
	byId('back-text').textContent = word('backToPerson');
	panel.element.classList.add('debug-alone');
	byId('stage').hidden = true;
	byId('body').append(panel.element);
	await draw();
}
