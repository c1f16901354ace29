/**
 * "I finished, and it says in progress": why, for each activity that is not done and for the course, from what the
 * journal's records say, what the engine came to, and what the platform makes of it.
 * @module
 */
import {standing as stateOf} from './inspect.js';

/** @typedef {import('./records.js').JournalRecord} JournalRecord */
/** @typedef {import('./inspect.js').Inspection} Inspection */
/** @typedef {import('../engine.js').Activity} Activity */

/**
 * What the server says of the attempt: play.standing. Times are ms since 1970.
 * @typedef {object} Standing
 * @property {{completed_at: number|null, last_sequence: number, seconds_by_course: number, seconds_by_server: number, seconds_effective: number, replaced: boolean}} attempt
 * @property {{index: number, completed: boolean, completed_at: number|null, attempts: number}|null} module
 * @property {{complete: boolean, at: string|null, missing: {code: string, it: string, en: string}[]}} path
 * @property {{at: number, code: string, records: string}[]} refused records in base64
 */

/**
 * One reason; its words are 'why' + name in words.js.
 * @typedef {object} Reason
 * @property {string} name
 * @property {(string|number)[]} values
 * @property {number} [sequence] the record that shows it
 * @property {number} [at] when
 */
/** @typedef {{at: number, title: string, status: string, reasons: Reason[]}} Unfinished */
/** @typedef {{done: boolean, leaves: number, course: Reason[], activities: Unfinished[]}} Why */

const STATUSES = {'1.2': ['cmi.core.lesson_status'], '2004': ['cmi.completion_status', 'cmi.success_status']};
const SCORES = {'1.2': 'cmi.core.score.raw', '2004': 'cmi.score.scaled'};
const PROGRESS = 'cmi.progress_measure';
const DONE = new Set(['completed', 'passed']);
const RULES = ['All', 'Any', 'Last', 'Mastery'];

/** What the records say of one activity. */
class History {
	/** @type {JournalRecord[]} the deliveries */
	opened = [];
	/** @type {JournalRecord|null} */
	began = null;
	/** @type {JournalRecord|null} the Initialize that no Terminate followed */
	running = null;
	/** @type {JournalRecord[]} that took */
	sets = [];
	/** @type {JournalRecord[]} */
	refused = [];
	/** Of its last session. */
	mode = 'normal';

	/** @param {string} element @returns {JournalRecord|undefined} */
	last(element) {
		return this.sets.filter(record => record.args?.[0] === element).pop();
	}

	/** @param {JournalRecord} record @param {Set<string>} decisive */
	call(record, decisive) {
		const good = record.error === 0;
		if (record.name === 'initialize' && good) {
			this.began = this.running = record;
		} else if (record.name === 'terminate' && good) {
			this.running = null;
		} else if (record.name === 'setValue' && decisive.has(record.args?.[0] ?? '')) {
			(good ? this.sets : this.refused).push(record);
		} else if (!good && (record.name === 'initialize' || record.name === 'terminate')) {
			this.refused.push(record);
		}
	}
}

/** @param {JournalRecord[]} records @param {'1.2'|'2004'} edition @returns {{of: (at: number) => History, session: JournalRecord|null}} */
function readHistories(records, edition) {
	const decisive = new Set([...STATUSES[edition], SCORES[edition], ...edition === '2004' ? [PROGRESS] : []]);
	/** @type {Map<number, History>} */
	const histories = new Map();
	const of = (/** @type {number} */ at) => {
		const history = histories.get(at) ?? new History();
		histories.set(at, history);
		return history;
	};
	/** @type {History|null} */
	let current = null;
	/** @type {JournalRecord|null} */
	let session = null;
	for (const record of records) {
		if (record.kind === 'session') {
			session = record;
		} else if (record.kind === 'call') {
			current?.call(record, decisive);
		} else if (record.delivered !== null && record.delivered !== undefined) {
			current = of(record.delivered);
			current.opened.push(record);
			current.mode = session?.mode ?? 'normal';
		}
	}
	return {of, session};
}

/** @param {string} name @param {JournalRecord|null|undefined} record @param {...(string|number)} values @returns {Reason} */
function reason(name, record, ...values) {
	return record ? {name, values, sequence: record.sequence, at: record.now} : {name, values};
}

/** The last status that was set, or that none was. @param {History} history @param {'1.2'|'2004'} edition @returns {Reason[]} */
function statusReasons(history, edition) {
	const elements = STATUSES[edition];
	const lasts = elements.flatMap(element => history.last(element) ?? []);
	if (lasts.length === 0) {
		return [reason('NoStatus', history.began, elements.join(', '))];
	}
	const opened = history.opened[history.opened.length - 1];
	return lasts.flatMap(last => {
		const [element, value] = last.args ?? [];
		const earlier = DONE.has(value) ? undefined
			: history.sets.filter(record => record.args?.[0] === element && DONE.has(record.args[1])).pop();
		const told = reason('LastStatus', last, element, value);
		return [told, ...earlier ? [reason('WasDone', earlier, element, earlier.args?.[1] ?? '')] : [],
			...opened && opened.sequence > last.sequence ? [reason('Reopened', opened, element)] : []];
	});
}

/** The newest refusal of each element. @param {History} history @param {(code: number) => string} errorWords @returns {Reason[]} */
function refusals(history, errorWords) {
	const newest = new Map(history.refused.map(record => [record.name === 'setValue' ? record.args?.[0] : record.name, record]));
	return [...newest.values()].map(record => (record.name === 'setValue'
		? reason('RefusedSet', record, record.args?.[0] ?? '', record.args?.[1] ?? '', record.error, errorWords(record.error))
		: reason('RefusedCall', record, record.name ?? '', record.error, errorWords(record.error))));
}

/**
 * A value that the manifest demands, missing or too low.
 * @param {History} history @param {string} element @param {number|undefined} demanded @param {string} name
 * @returns {Reason[]}
 */
function belowDemand(history, element, demanded, name) {
	if (demanded === undefined) {
		return [];
	}
	const last = history.last(element);
	const value = last?.args?.[1] ?? '';
	if (!last || value === '') {
		return [reason(`No${name}`, last, element, demanded)];
	}
	return Number(value) < demanded ? [reason(`Below${name}`, last, element, Number(value), demanded)] : [];
}

/**
 * @param {Activity} activity @param {History} history @param {Inspection} seen @param {'1.2'|'2004'} edition
 * @param {(code: number) => string} errorWords
 * @returns {Reason[]}
 */
function activityReasons(activity, history, seen, edition, errorWords) {
	const {demands} = seen.activities[activity.index];
	if (history.opened.length === 0) {
		return [reason('NeverOpened', null)];
	}
	const mode = history.mode === 'normal' ? [] : [reason('NotNormal', null, history.mode)];
	if (!history.began) {
		return [reason('NeverBegan', history.opened[history.opened.length - 1]), ...refusals(history, errorWords), ...mode];
	}
	return [
		...statusReasons(history, edition), ...refusals(history, errorWords),
		...belowDemand(history, SCORES[edition], edition === '1.2' ? demands.mastery : demands.measure, 'Score'),
		...edition === '2004' ? belowDemand(history, PROGRESS, demands.progress, 'Progress') : [],
		...history.running ? [reason('NotTerminated', history.running)] : [], ...mode,
	];
}

/** What the platform makes of it. @param {Standing} standing @param {boolean} done @returns {Reason[]} */
function platformReasons({attempt, module, path, refused}, done) {
	/** @type {Reason[]} */
	const list = refused.map(each => ({...reason('RefusedRecords', null, each.code), at: each.at}));
	if (attempt.replaced) {
		list.push(reason('Replaced', null));
	}
	if (!done && attempt.completed_at !== null) {
		list.push({...reason('Kept', null), at: attempt.completed_at});
	} else if (!done && module?.completed) {
		list.push({...reason('OtherAttempt', null), at: module.completed_at ?? undefined});
	}
	if (path.complete) {
		list.push(reason('PathComplete', null));
	}
	list.push(...path.missing.map(each => reason('Path', null, each.it, each.en)));
	if (path.missing.some(({code}) => code === 'TIME_MISSING')) {
		list.push(reason('Time', null, ...[attempt.seconds_by_course, attempt.seconds_by_server, attempt.seconds_effective]
			.map(seconds => Math.floor(seconds / 60))));
	}
	return list;
}

/**
 * @param {object} from
 * @param {{edition: '1.2'|'2004', activities: Activity[]}} from.course
 * @param {JournalRecord[]} from.records
 * @param {Inspection} from.seen after the last record
 * @param {{completion: string}} from.summary of the same moment
 * @param {Standing} from.standing
 * @param {(code: number) => string} from.errorWords
 * @returns {Why}
 */
export function why({course, records, seen, summary, standing, errorWords}) {
	const {of, session} = readHistories(records, course.edition);
	const leaves = course.activities.filter(({kind}) => kind !== 'cluster');
	const activities = leaves.flatMap(activity => {
		const {completion, success, word} = stateOf(seen, activity.index, course.edition);
		return completion === 'completed' && success !== 'failed' ? [] : [{
			at: activity.index, title: activity.title || activity.identifier, status: word,
			reasons: activityReasons(activity, of(activity.index), seen, course.edition, errorWords),
		}];
	});
	const done = summary.completion === 'completed';
	/** @type {Reason[]} */
	const about = [];
	if (records.length === 0) {
		about.push(reason('Empty', null));
	} else if (!done && activities.length === 0) {
		about.push(reason('Rollup', null));
	} else if (!done && course.edition === '1.2' && leaves.length > 1) {
		about.push(reason(`Rule${RULES[session?.statusRule ?? 0]}`, null));
	}
	return {done, leaves: leaves.length, course: [...about, ...platformReasons(standing, done)], activities};
}
