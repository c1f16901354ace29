/**
 * What the engine tells of itself: player/engine/inspect.h.
 * @module
 */
import {Bytes} from './bytes.js';

const PHASES = /** @type {const} */ (['none', 'launched', 'running', 'terminated', 'gone']);
const SUCCESSES = ['unknown', 'passed', 'failed'];
const COMPLETIONS = ['unknown', 'not attempted', 'incomplete', 'completed'];
const LESSONS = ['not attempted', 'incomplete', 'completed', 'passed', 'failed', 'browsed'];
const DEMANDS = /** @type {const} */ (['mastery', 'progress', 'measure']);
const NUMBERS = /** @type {const} */ (['measure', 'raw', 'min', 'max', 'progress']);

/** @typedef {{success: string, completion: string, measure?: number, raw?: number, min?: number, max?: number, progress?: number}} Values */
/** @typedef {Values & {id: string}} Objective */
/**
 * @typedef {object} ActivityState
 * @property {boolean} active
 * @property {boolean} suspended
 * @property {boolean} available
 * @property {boolean} resumed
 * @property {boolean} launched
 * @property {number} attempts
 * @property {number} position
 * @property {number} experienced hundredths of a second, as the next two
 * @property {number} attemptTime
 * @property {number} totalTime
 * @property {string} lesson
 * @property {{mastery?: number, progress?: number, measure?: number}} demands of the manifest: SCORM 1.2's mastery score (0..100), completion threshold (0..1), passing measure (-1..1)
 * @property {Values} results of the attempt by those, and through global objectives
 * @property {Objective[]} objectives the first is the primary one
 */
/**
 * @typedef {object} Inspection
 * @property {number|null} current
 * @property {typeof PHASES[number]} phase
 * @property {number} lastError
 * @property {boolean} open
 * @property {number|null} suspended
 * @property {ActivityState[]} activities
 * @property {Objective[]} globals
 * @property {[element: string, value: string][]} data of the current activity
 */

/** @param {Bytes} from @returns {Values} */
function values(from) {
	/** @type {Values} */
	const read = {success: SUCCESSES[from.number()], completion: COMPLETIONS[from.number()]};
	const flags = from.number();
	NUMBERS.forEach((name, bit) => {
		if (flags >> bit & 1) {
			read[name] = from.double();
		}
	});
	return read;
}

/** @param {Bytes} from @returns {Objective} */
function objective(from) {
	return {id: from.string(), ...values(from)};
}

/** @param {Bytes} from */
function demands(from) {
	const flags = from.number();
	/** @type {ActivityState['demands']} */
	const read = {};
	DEMANDS.forEach((name, bit) => {
		if (flags >> bit & 1) {
			read[name] = from.double();
		}
	});
	return read;
}

/** @template T @param {Bytes} from @param {(from: Bytes) => T} read */
function list(from, read) {
	return Array.from({length: from.number()}, () => read(from));
}

/** @param {Bytes} from @returns {ActivityState} */
function activity(from) {
	const flags = from.number();
	return {
		active: (flags & 1) !== 0, suspended: (flags & 2) !== 0, available: (flags & 4) !== 0,
		resumed: (flags & 8) !== 0, launched: (flags & 16) !== 0,
		attempts: from.number(), position: from.number(), experienced: from.signed(), attemptTime: from.signed(),
		totalTime: from.signed(), lesson: LESSONS[from.number()], demands: demands(from), results: values(from),
		objectives: list(from, objective),
	};
}

/** @param {Uint8Array} bytes @returns {Inspection} */
export function readInspection(bytes) {
	const from = new Bytes(bytes);
	const read = {current: from.index(), phase: PHASES[from.number()], lastError: from.number(), open: from.number() !== 0,
		suspended: from.index()};
	from.number(); /* the pending request shows in adl.nav.request */
	return {
		...read,
		activities: list(from, activity),
		globals: list(from, objective),
		data: list(from, () => /** @type {[string, string]} */ ([from.string(), from.string()])),
	};
}

/**
 * How an activity stands. While it runs its data say so: the rest follows when it ends.
 * @param {Inspection} seen @param {number} at @param {'1.2'|'2004'} edition
 * @returns {{completion: string, success: string, word: string}} word: as the course puts it
 */
export function standing(seen, at, edition) {
	const {lesson, results} = seen.activities[at];
	const datum = (/** @type {string} */ name) => seen.data.find(([element]) => element === name)?.[1];
	const running = seen.current === at && seen.phase === 'running';
	if (edition === '1.2') {
		const word = running && datum('cmi.core.lesson_status') || lesson;
		return {
			word, completion: word === 'completed' || word === 'passed' ? 'completed' : word === 'not attempted' ? word : 'incomplete',
			success: word === 'passed' || word === 'failed' ? word : 'unknown',
		};
	}
	const completion = running && datum('cmi.completion_status') || results.completion;
	const success = running && datum('cmi.success_status') || results.success;
	return {completion, success, word: [completion, success].filter(each => each !== 'unknown').join(', ') || 'unknown'};
}
