/**
 * Journal records as people read them: player/engine/record/journal.h.
 * @module
 */
import {REQUESTS} from '../engine.js';
import {Bytes} from './bytes.js';

const KINDS = /** @type {const} */ (['', 'session', 'navigate', 'pending', 'unloaded', 'presence', 'call', 'globals']);
const FUNCTIONS = /** @type {const} */ (['initialize', 'terminate', 'getValue', 'setValue', 'commit', 'getLastError',
	'getErrorString', 'getDiagnostic']);
const MODES = ['normal', 'browse', 'review'];
const REQUEST_NAMES = /** @type {import('../engine.js').Request[]} */ (Object.keys(REQUESTS));

/**
 * @typedef {object} JournalRecord
 * @property {number} sequence
 * @property {'session'|'navigate'|'pending'|'unloaded'|'presence'|'call'|'globals'} kind
 * @property {number} now ms since 1970
 * @property {number} error of the API, or an exception of navigation; 0: none
 * @property {number} end where the next record begins
 * @property {import('../engine.js').ApiFunction} [name]
 * @property {string[]} [args]
 * @property {import('../engine.js').Request} [request]
 * @property {number|null} [target]
 * @property {number|null} [delivered]
 * @property {number} [activeMs]
 * @property {string} [mode] of a session, as the next
 * @property {number} [statusRule] SCORM 1.2: all 0, any 1, last 2, mastery 3
 * @property {string} [words] of a session: who and how
 */

/** @param {Bytes} from @param {JournalRecord} record */
function readArguments(from, record) {
	if (record.kind === 'session') {
		const version = from.number();
		const [, name] = [from.string(), from.string()];
		from.string();
		record.mode = MODES[from.number()];
		record.words = `${name} · ${record.mode}`;
		from.raw(2 + 8); /* credit, mastery override, seed */
		record.statusRule = version < 2 ? 0 : from.number();
	} else if (record.kind === 'navigate') {
		record.request = REQUEST_NAMES[from.number()];
		record.target = from.index();
		record.delivered = from.index();
	} else if (record.kind === 'pending') {
		record.delivered = from.index();
	} else if (record.kind === 'presence') {
		record.activeMs = from.number();
	} else if (record.kind === 'call') {
		record.name = FUNCTIONS[from.number()];
		record.args = [from.string(), from.string()];
	}
}

/** @param {Uint8Array} bytes @returns {JournalRecord[]} @throws {RangeError} damaged */
export function readRecords(bytes) {
	const from = new Bytes(bytes);
	const records = [];
	while (from.left > 0) {
		const body = new Bytes(from.raw(from.number()));
		/** @type {JournalRecord} */
		const record = {
			sequence: body.number(), kind: /** @type {JournalRecord['kind']} */ (KINDS[body.number()]), now: body.number(),
			error: body.number(), end: bytes.length - from.left,
		};
		if (!record.kind) {
			throw new RangeError('no such kind of record');
		}
		readArguments(body, record);
		records.push(record);
	}
	return records;
}
