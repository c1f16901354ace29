/**
 * Everything that happened between a course and the engine, in order; the oldest gives way.
 * @module
 */
import {Engine} from '../engine.js';
import {word} from './words.js';

const MOST = 20000;

/** Wrong without a number: SCORM 1.2 has no exceptions, and a page's own faults are no call's. */
const NO_CODE = -1;

/**
 * @typedef {object} Entry
 * @property {number} n from 1
 * @property {number} at ms since 1970
 * @property {'call'|'navigation'|'session'|'presence'|'fault'} kind
 * @property {string} what "SetValue", "continue", …
 * @property {string[]} args
 * @property {string} result
 * @property {number} error of the API, or an exception's number
 * @property {number} [took] ms
 * @property {number} [sequence] of the journal's newest record
 */

export class Trace extends EventTarget {
	/** @type {Entry[]} */
	entries = [];
	#count = 0;

	/** @param {number} most entries that are kept */
	constructor(most = MOST) {
		super();
		this.most = most;
	}

	/** @param {Omit<Entry, 'n'>} entry */
	add(entry) {
		this.entries.push({n: ++this.#count, ...entry});
		if (this.entries.length > this.most) {
			this.entries.splice(0, this.most / 10);
		}
		this.dispatchEvent(new Event('entry'));
	}

	/** Something in the course's own pages. @param {string} what @param {string} where @param {string} message */
	fault(what, where, message) {
		this.add({at: Date.now(), kind: 'fault', what, args: [where], result: message, error: NO_CODE});
	}

	clear() {
		this.entries = [];
		this.dispatchEvent(new Event('clear'));
	}
}

/** The names that courses call, of SCORM 1.2 and 2004. @type {Record<string, [string, string]>} */
const NAMES = {
	initialize: ['LMSInitialize', 'Initialize'], terminate: ['LMSFinish', 'Terminate'], getValue: ['LMSGetValue', 'GetValue'],
	setValue: ['LMSSetValue', 'SetValue'], commit: ['LMSCommit', 'Commit'], getLastError: ['LMSGetLastError', 'GetLastError'],
	getErrorString: ['LMSGetErrorString', 'GetErrorString'], getDiagnostic: ['LMSGetDiagnostic', 'GetDiagnostic'],
};
const ARGUMENTS = /** @type {Record<string, number>} */ ({setValue: 2, getLastError: 0});

/** @param {'1.2'|'2004'} edition @param {string} name */
export function callName(edition, name) {
	return NAMES[name][edition === '1.2' ? 0 : 1];
}

/** @param {string} name @param {string[]} args those that the function takes */
export function callArguments(name, args) {
	return args.slice(0, ARGUMENTS[name] ?? 1);
}

/** An engine that tells what it is asked, and how it answers. */
export class TracedEngine extends Engine {
	trace = new Trace();
	/* While the panel itself asks, nothing is told. */
	#quiet = false;

	/** @override @param {number} now @param {import('../engine.js').ApiFunction} name @param {string} first @param {string} second */
	api(now, name, first, second) {
		if (this.#quiet) {
			return super.api(now, name, first, second);
		}
		const start = performance.now();
		const result = super.api(now, name, first, second);
		const took = performance.now() - start;
		const error = name.startsWith('getLast') || name === 'getErrorString' || name === 'getDiagnostic'
			? 0 : Number(super.api(now, 'getLastError', '', ''));
		this.trace.add({at: now, kind: 'call', what: callName(this.edition, name), args: callArguments(name, [first, second]),
			result, error, took, sequence: this.summary().lastSequence});
		return result;
	}

	/** The words of an API error. @param {number} code */
	errorWords(code) {
		this.#quiet = true;
		try {
			return super.api(Date.now(), 'getErrorString', String(code), '');
		} finally {
			this.#quiet = false;
		}
	}

	/** @override @param {number} now @param {import('../engine.js').Request} request @param {number|null} target */
	navigate(now, request, target = null) {
		const outcome = super.navigate(now, request, target);
		this.#told(now, request, target, outcome);
		return outcome;
	}

	/** @override @param {number} now */
	navigatePending(now) {
		const outcome = super.navigatePending(now);
		this.#told(now, 'adl.nav.request', null, outcome);
		return outcome;
	}

	/** What the player page does not even pass on; why, in the panel's own words. @param {number} now @param {import('../engine.js').Request} request @param {number|null} target */
	refuse(now, request, target) {
		this.#told(now, request, target, this.foresee(now, request, target));
	}

	/** @override @param {number} now @param {import('../engine.js').SessionParams} params */
	beginSession(now, params) {
		super.beginSession(now, params);
		this.trace.add({at: now, kind: 'session', what: 'session', args: [params.name, params.mode], result: '', error: 0,
			sequence: this.summary().lastSequence});
	}

	/** @param {number} now @param {string} what @param {number|null} target @param {import('../engine.js').Outcome} outcome */
	#told(now, what, target, outcome) {
		this.trace.add({at: now, kind: 'navigation', what, args: target === null ? [] : [this.activities[target].identifier],
			result: outcome.delivered !== null ? this.activities[outcome.delivered].identifier : outcome.accepted ? '' : word('turnedDown'),
			error: outcome.exception || (outcome.accepted ? 0 : NO_CODE), sequence: this.summary().lastSequence});
	}
}
