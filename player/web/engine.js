/**
 * engine.wasm, the same engine that the server runs, as an object of JavaScript. It decides; this
 * file only carries texts and numbers in and out (player/engine/wasm/wasm.h).
 * @module
 */
import {EngineMemory} from './memory.js';

export const REQUESTS = /** @type {const} */ ({
	none: 0, start: 1, resumeAll: 2, continue: 3, previous: 4, choice: 5, jump: 6, exit: 7, exitAll: 8, abandon: 9,
	abandonAll: 10, suspendAll: 11,
});
const FUNCTIONS = {
	initialize: 0, terminate: 1, getValue: 2, setValue: 3, commit: 4, getLastError: 5, getErrorString: 6, getDiagnostic: 7,
};
/** Answers that fad_api() tells by a number. */
const WORDS = ['', 'true', 'false', ''];
const RESULTS = ['OK', 'NO_MEMORY', 'BAD_IMAGE', 'BAD_SNAPSHOT', 'BAD_RECORD', 'SEQUENCE_GAP', 'DISAGREES'];
const MODES = {normal: 0, browse: 1, review: 2};
const STATUS_RULES = {all: 0, any: 1, last: 2, mastery: 3};
const COMPLETIONS = /** @type {const} */ (['unknown', 'notAttempted', 'incomplete', 'completed']);
const SUCCESSES = /** @type {const} */ (['unknown', 'passed', 'failed']);
const NO_INDEX = 0xffffffff;
const RESOURCES = /** @type {const} */ (['cluster', 'asset', 'sco']);

/** The bits of hideLMSUI. */
export const HIDE = {previous: 1, continue: 2, exit: 4, exitAll: 8, abandon: 16, abandonAll: 32, suspendAll: 64};

/** @typedef {keyof typeof REQUESTS} Request */
/** @typedef {keyof typeof FUNCTIONS} ApiFunction */
/** @typedef {typeof COMPLETIONS[number]} Completion */
/** @typedef {typeof SUCCESSES[number]} Success */
/**
 * @typedef {object} Activity
 * @property {number} index
 * @property {number|null} parent
 * @property {'cluster'|'asset'|'sco'} kind
 * @property {string} identifier
 * @property {string} title
 * @property {string} href below the package's root
 * @property {number} hidden bits of HIDE
 */
/** @typedef {{accepted: boolean, delivered: number|null, sessionEnded: boolean, exception: number}} Outcome */
/** @typedef {{activity: number, visible: boolean, selectable: boolean, current: boolean, completion: Completion, success: Success}} Row */
/** @typedef {{id: string, name: string, language: string, mode: 'normal'|'browse'|'review', credit: boolean, masteryOverride: boolean, statusRule: keyof typeof STATUS_RULES, seed: string}} SessionParams */
/** @typedef {{completion: Completion, success: Success, score: number|null, activeMs: number, lastSequence: number, activities: number, completed: number, atWork: boolean}} Summary */

export class EngineError extends Error {
	/** @param {string} where @param {number} result */
	constructor(where, result) {
		super(`${where}: ${RESULTS[result] ?? result}`);
		this.code = RESULTS[result] ?? String(result);
	}
}

export class Engine {
	/** @type {any} */
	#wasm;
	/** @type {EngineMemory} */
	#memory;
	#encoder = new TextEncoder();
	#taken = 0;

	/**
	 * @param {WebAssembly.Instance} instance one instance serves one engine
	 * @param {Uint8Array} image the course image
	 */
	constructor(instance, image) {
		this.#wasm = instance.exports;
		this.#memory = new EngineMemory(this.#wasm);
		const at = this.#wasm.fad_alloc(image.length) >>> 0;
		this.#check('alloc', at === 0 ? 1 : 0);
		this.#memory.bytes.set(image, at);
		this.#check('open', this.#wasm.fad_open(at, image.length));
		this.edition = this.#wasm.fad_edition() === 0 ? /** @type {const} */ ('1.2') : /** @type {const} */ ('2004');
		this.#wasm.fad_course_title();
		this.title = this.#text();
		this.activities = Array.from({length: this.#wasm.fad_activity_count()}, (_, index) => this.#activity(index));
	}

	/** @param {Uint8Array} snapshot */
	restore(snapshot) {
		this.#check('restore', this.#wasm.fad_restore(this.#put(snapshot), snapshot.length));
		this.#taken = this.summary().lastSequence;
	}

	/** The whole state, for restore(). @returns {Uint8Array} */
	snapshot() {
		this.#check('snapshot', this.#wasm.fad_snapshot() === 0 ? 1 : 0);
		return this.#memory.answer().slice();
	}

	/** Records of an earlier visit. They count as taken. @param {Uint8Array} records */
	replay(records) {
		this.#check('replay', this.#wasm.fad_replay(this.#put(records), records.length));
		this.#taken = this.summary().lastSequence;
		this.#wasm.fad_journal_taken(this.#taken);
	}

	/** @param {number} now @param {SessionParams} params */
	beginSession(now, params) {
		const [id, name, language] = [params.id, params.name, params.language].map(value => this.#encoder.encode(value));
		const seed = BigInt(params.seed);
		this.#check('session', this.#wasm.fad_begin_session(now, this.#put(id, name, language), id.length, name.length,
			language.length, MODES[params.mode], params.credit ? 1 : 0, params.masteryOverride ? 1 : 0,
			Number(seed & 0xffffffffn), Number(seed >> 32n & 0xffffffffn), STATUS_RULES[params.statusRule] ?? 0));
	}

	/** What the learner's other courses left; right after beginSession(). @param {number} now @param {Uint8Array} globals */
	adoptGlobals(now, globals) {
		this.#check('globals', this.#wasm.fad_adopt_globals(now, this.#put(globals), globals.length));
	}

	/** @param {number} now @param {ApiFunction} name @param {string} first @param {string} second */
	api(now, name, first, second) {
		const memory = this.#memory;
		const element = memory.name(first);
		if (element.at === 0) {
			return this.#longCall(now, name, first, second);
		}
		const at = second.length > 0 ? memory.putText(second) : element.at;
		this.#check('scratch', at === 0 ? 1 : 0);
		const length = second.length > 0 ? memory.putLength : 0;
		const word = this.#wasm.fad_api(now, FUNCTIONS[name], element.at, element.length, at, length);
		return word === 0 ? memory.text(element) : WORDS[word];
	}

	/** A first argument longer than any element's name. @param {number} now @param {ApiFunction} name @param {string} first @param {string} second */
	#longCall(now, name, first, second) {
		const [element, value] = [first, second].map(text => this.#encoder.encode(text));
		const at = this.#put(element, value);
		this.#wasm.fad_api(now, FUNCTIONS[name], at, element.length, at + element.length, value.length);
		return this.#text();
	}

	/** @param {number} now @param {Request} request @param {number|null} target @returns {Outcome} */
	navigate(now, request, target = null) {
		this.#check('navigate', this.#wasm.fad_navigate(now, REQUESTS[request], target ?? NO_INDEX));
		return this.#outcome();
	}

	/** @param {number} now @returns {Outcome} */
	navigatePending(now) {
		this.#check('navigate', this.#wasm.fad_navigate_pending(now));
		return this.#outcome();
	}

	/** Whether the course that runs asked to be left. */
	get wantsNavigation() {
		return this.#wasm.fad_pending_navigation() !== REQUESTS.none;
	}

	/** @param {number} now @param {Request} request @param {number|null} target @returns {boolean} */
	mayNavigate(now, request, target = null) {
		return this.#wasm.fad_may_navigate(now, REQUESTS[request], target ?? NO_INDEX) !== 0;
	}

	/** What a request would come to now. @param {number} now @param {Request} request @param {number|null} target @returns {Outcome} */
	foresee(now, request, target = null) {
		this.#wasm.fad_foresee(now, REQUESTS[request], target ?? NO_INDEX);
		return this.#outcome();
	}

	/** @param {number} now */
	unloaded(now) {
		this.#check('unloaded', this.#wasm.fad_unloaded(now));
	}

	/** @param {number} now @param {number} activeMs */
	presence(now, activeMs) {
		this.#check('presence', this.#wasm.fad_presence(now, activeMs));
	}

	/** What is due because the activity's time is over. @param {number} now */
	overtime(now) {
		const bits = this.#wasm.fad_overtime(now);
		return {tell: (bits & 1) !== 0, leave: (bits & 2) !== 0};
	}

	/** @returns {number|null} */
	get current() {
		return index(this.#wasm.fad_current_activity());
	}

	/** The table of contents. @param {number} now @returns {Row[]} */
	contents(now) {
		return Array.from({length: this.#wasm.fad_contents(now)}, (_, row) => {
			const flags = this.#wasm.fad_row_flags(row);
			return {
				activity: this.#wasm.fad_row_activity(row) >>> 0,
				visible: (flags & 1) !== 0,
				selectable: (flags & 2) !== 0,
				current: (flags & 4) !== 0,
				completion: COMPLETIONS[this.#wasm.fad_row_completion(row)],
				success: SUCCESSES[this.#wasm.fad_row_success(row)],
			};
		});
	}

	/** @returns {Summary} */
	summary() {
		const wasm = this.#wasm;
		wasm.fad_summarise();
		const score = wasm.fad_summary_score();
		return {
			completion: COMPLETIONS[wasm.fad_summary_completion()],
			success: SUCCESSES[wasm.fad_summary_success()],
			score: Number.isNaN(score) ? null : score,
			activeMs: wasm.fad_summary_active_ms(),
			lastSequence: wasm.fad_summary_last_sequence(),
			activities: wasm.fad_summary_activities(),
			completed: wasm.fad_summary_activities_completed(),
			atWork: wasm.fad_summary_at_work() !== 0,
		};
	}

	/** Everything that the engine knows: debug/inspect.js reads it. @param {number} now */
	inspect(now) {
		this.#check('inspect', this.#wasm.fad_inspect(now) === 0 ? 1 : 0);
		return this.#memory.answer().slice();
	}

	/** The records made since the last time, or null. @returns {import('./outbox.js').Increment|null} */
	takeJournal() {
		if (this.#wasm.fad_journal() === 0) {
			return null;
		}
		const bytes = this.#memory.answer().slice();
		this.#wasm.fad_summarise();
		const last = this.#wasm.fad_summary_last_sequence();
		this.#wasm.fad_journal_taken(last);
		const increment = {first: this.#taken + 1, last, bytes};
		this.#taken = last;
		return increment;
	}

	/** @param {number} at @returns {Activity} */
	#activity(at) {
		/** @param {string} name */
		const text = name => {
			this.#wasm[name](at);
			return this.#text();
		};
		return {
			index: at,
			parent: index(this.#wasm.fad_activity_parent(at)),
			kind: RESOURCES[this.#wasm.fad_activity_resource(at)],
			identifier: text('fad_activity_identifier'),
			title: text('fad_activity_title'),
			href: text('fad_activity_href'),
			hidden: this.#wasm.fad_activity_hidden_ui(at),
		};
	}

	/** @returns {Outcome} */
	#outcome() {
		return {
			accepted: this.#wasm.fad_outcome_accepted() !== 0,
			delivered: index(this.#wasm.fad_outcome_delivered()),
			sessionEnded: this.#wasm.fad_outcome_session_ended() !== 0,
			exception: this.#wasm.fad_outcome_exception(),
		};
	}

	/** @param {...Uint8Array} parts */
	#put(...parts) {
		const at = this.#memory.put(...parts);
		this.#check('scratch', at === 0 ? 1 : 0);
		return at;
	}

	#text() {
		return this.#memory.text();
	}

	/** @param {string} where @param {number} result */
	#check(where, result) {
		if (result !== 0) {
			throw new EngineError(where, result);
		}
	}
}

/** @param {number} value */
function index(value) {
	return value >>> 0 === NO_INDEX ? null : value >>> 0;
}
