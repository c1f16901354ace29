/**
 * The API instance that the course looks for: window.API (SCORM 1.2) or window.API_1484_11 (2004). Each
 * method answers at once, with a string, whatever it is called on and whatever happens inside.
 * @module
 */

/** @typedef {'initialize'|'terminate'|'getValue'|'setValue'|'commit'|'getLastError'|'getErrorString'|'getDiagnostic'} ApiFunction */

/** The names of SCORM 1.2 (RTE 3.3.4) and 2004 (RTE 3.1.3–3.1.6), in that order.
 * @type {[ApiFunction, string, string][]} */
const FUNCTIONS = [
	['initialize', 'LMSInitialize', 'Initialize'],
	['terminate', 'LMSFinish', 'Terminate'],
	['getValue', 'LMSGetValue', 'GetValue'],
	['setValue', 'LMSSetValue', 'SetValue'],
	['commit', 'LMSCommit', 'Commit'],
	['getLastError', 'LMSGetLastError', 'GetLastError'],
	['getErrorString', 'LMSGetErrorString', 'GetErrorString'],
	['getDiagnostic', 'LMSGetDiagnostic', 'GetDiagnostic'],
];

/** What a call answers when the page may record nothing (the attempt is open elsewhere) or is broken. */
const GENERAL_ERROR = {'1.2': '101', 2004: '101'};
/** @type {Record<ApiFunction, string>} */
const FAILED = {
	initialize: 'false', terminate: 'false', getValue: '', setValue: 'false', commit: 'false',
	getLastError: '', getErrorString: '', getDiagnostic: '',
};
/** @type {Set<ApiFunction>} */
const CHANGING = new Set(['initialize', 'terminate', 'setValue', 'commit']);

/**
 * @param {'1.2'|'2004'} edition
 * @param {(name: ApiFunction, first: string, second: string) => string} call answers from the engine
 * @param {() => boolean} mayChange
 */
export function createApi(edition, call, mayChange) {
	let refused = false;
	/** @param {ApiFunction} name @param {unknown} first @param {unknown} second */
	const answer = (name, first, second) => {
		try {
			if (CHANGING.has(name)) {
				refused = !mayChange();
			}
			if (refused && (CHANGING.has(name) || name === 'getLastError')) {
				return FAILED[name] || GENERAL_ERROR[edition];
			}
			return String(call(name, argument(first), argument(second)));
		} catch (error) {
			console.error(`${name}:`, error);
			return name === 'getLastError' ? GENERAL_ERROR[edition] : FAILED[name];
		}
	};
	/** @type {Record<string, (first?: unknown, second?: unknown) => string>} */
	const api = {};
	for (const [name, name12, name2004] of FUNCTIONS) {
		api[edition === '1.2' ? name12 : name2004] = (first, second) => answer(name, first, second);
	}
	return Object.freeze(Object.assign(api, {version: '1.0'}));
}

/** Courses leave arguments out, or pass numbers and null. @param {unknown} value */
function argument(value) {
	return value === undefined || value === null ? '' : String(value);
}

/** @param {Window} target @param {'1.2'|'2004'} edition @param {object} api */
export function installApi(target, edition, api) {
	const name = edition === '1.2' ? 'API' : 'API_1484_11';
	Object.defineProperty(target, name, {value: api, enumerable: true, configurable: false, writable: false});
}
