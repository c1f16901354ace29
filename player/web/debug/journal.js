/**
 * Somebody's attempt, from its journal: what was said, in order, and the state at any moment, by the same engine that
 * recorded it.
 * @module
 */
import {button, byId, make} from '../page.js';
import {DebugPanel} from './panel.js';
import {readRecords} from './records.js';
import {callArguments, callName, Trace, TracedEngine} from './trace.js';
import {word} from './words.js';

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

/**
 * @param {() => Promise<TracedEngine>} open a fresh engine
 * @param {Uint8Array} journal
 * @param {import('../launch.js').Launch} launch
 * @param {import('../shell.js').Shell} shell
 */
export async function showJournal(open, journal, launch, shell) {
	const records = readRecords(journal);
	let engine = await open();
	const trace = new Trace();
	const panel = new DebugPanel(() => engine, trace, code => engine.errorWords(code), `fad-journal-${launch.attempt}`);
	const slider = /** @type {HTMLInputElement} */ (make('input', {type: 'range', min: '0', max: String(records.length),
		'aria-label': word('record')}));
	const where = make('p', {role: 'status'});

	/** The state after so many records. @param {number} count */
	const go = async count => {
		engine = await open();
		try {
			engine.replay(journal.subarray(0, count > 0 ? records[count - 1].end : 0));
			where.textContent = word('ofRecord', count, records.length);
		} catch (error) {
			where.textContent = word('journalDisagrees', engine.summary().lastSequence + 1, String(error));
		}
		panel.picked = count > 0 ? records[count - 1].sequence : null;
		slider.value = String(count);
		panel.draw();
	};
	panel.onPick = entry => void go(records.findIndex(({sequence}) => sequence === entry.sequence) + 1);
	slider.addEventListener('change', () => void go(Number(slider.value)));
	records.forEach(record => trace.add(entryOf(engine, record)));
	shell.showTitles(launch.course.title, word('journalOf', launch.learner.name), launch.course.title);
	panel.element.querySelector('h2')?.after(make('p', {}, word(records.length > 0 ? 'journalText' : 'journalEmpty')),
		make('div', {class: 'debug-scrub'}, button('◀', () => void go(Math.max(0, Number(slider.value) - 1))), slider,
			button('▶', () => void go(Math.min(records.length, Number(slider.value) + 1))), where));
	panel.element.classList.add('debug-alone');
	byId('stage').hidden = true;
	byId('body').append(panel.element);
	await go(records.length);
}
