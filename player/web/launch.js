/**
 * Gets a launch ready: what the server says about it, the course, where the learner was, and work that
 * an earlier visit left in this browser.
 * @module
 */
import {Engine, EngineError} from './engine.js';
import {leaseHere} from './lease.js';
import {forgetLeftOver, leftOver} from './outbox.js';
import {sealOf} from './seal.js';

/** @typedef {import('./outbox.js').Increment} Increment */
/** @typedef {import('./outbox.js').Outbox} Outbox */

/**
 * @typedef {object} Launch launch.json
 * @property {string|number} attempt
 * @property {{title: string, edition: string, version: string|number}} course
 * @property {{id: string, name: string, language: string}} learner
 * @property {'normal'|'browse'|'review'} mode
 * @property {boolean} credit
 * @property {boolean} mastery_override SCORM 1.2, as the next
 * @property {'all'|'any'|'last'|'mastery'} status_rule
 * @property {string} seed
 * @property {string} image
 * @property {number} snapshot_sequence
 * @property {number} lease
 * @property {string} back_url
 * @property {string} lang
 * @property {{index: number, title: string}|null} [module]
 * @property {number} heartbeat_seconds
 * @property {Record<string, string>} [keys] by attempt, this one and earlier ones: for what is kept in this browser
 * @property {boolean} [preview]
 * @property {boolean} [inspect] somebody looks at this attempt's journal
 * @property {number[]} [earlier] attempts that gave way to others in this module
 * @property {boolean} [updated] this attempt took over from one of them and is opened the first time
 */

export class LaunchError extends Error {
	/** @param {'failExpired'|'failNetwork'|'failCourse'|'failBrowser'} text @param {string} detail */
	constructor(text, detail) {
		super(`${text} ${detail}`);
		this.text = text;
		this.detail = detail;
	}
}

/** @param {string} address @param {RequestInit} [options] */
export async function request(address, options) {
	let response;
	try {
		response = await fetch(address, {cache: 'no-store', ...options});
	} catch (error) {
		throw new LaunchError('failNetwork', String(error));
	}
	if (response.status === 401 || response.status === 404 || response.status === 410) {
		throw new LaunchError('failExpired', `${address} ${response.status}`);
	}
	if (!response.ok) {
		throw new LaunchError('failNetwork', `${address} ${response.status}`);
	}
	return response;
}

/** @param {string} address */
async function bytes(address) {
	const response = await request(address);
	return response.status === 204 ? new Uint8Array() : new Uint8Array(await response.arrayBuffer());
}

/**
 * The engine and the course.
 * @param {string} base the address of this launch @param {Launch} launch @param {typeof Engine} Kind of engine
 */
export async function fetchCourse(base, launch, Kind = Engine) {
	const [module, image] = await Promise.all([
		request('/player/engine.wasm', {cache: 'default'}).then(WebAssembly.compileStreaming),
		bytes(base + launch.image),
	]);
	/** A fresh engine at this snapshot; at the beginning when it is empty. @param {Uint8Array} snapshot */
	return async snapshot => {
		try {
			const engine = new Kind(await WebAssembly.instantiate(module), image);
			if (snapshot.length > 0) {
				engine.restore(snapshot);
			}
			return engine;
		} catch (error) {
			throw error instanceof EngineError ? new LaunchError('failCourse', error.code) : error;
		}
	};
}

/** Where the learner is, as far as the server knows; empty at the beginning. @param {string} base */
export function fetchSnapshot(base) {
	return bytes(`${base}snapshot`);
}

const LAST_WORDS_MS = 3000;
const LAST_WORDS_STEP_MS = 250;

/**
 * Whoever closes the course on one device and opens it on another at once is faster than the last words that the
 * first one sends when its page goes away; once this page has taken the lease they come too late. They are waited for
 * as long as the server believes that the course runs elsewhere, but not for ever: a browser that crashed says none,
 * and one in use loses the course to this one. What this browser said itself it has kept.
 * @param {string} base @param {Launch} launch @param {(snapshot: Uint8Array) => Promise<Engine>} open
 */
export async function awaitLastWords(base, launch, open) {
	if (launch.lease === 0 || launch.lease === leaseHere(launch.attempt, sealOf(launch, launch.attempt))) {
		return;
	}
	const until = performance.now() + LAST_WORDS_MS;
	let former = (await open(await fetchSnapshot(base))).summary();
	while (former.atWork && performance.now() < until) {
		await new Promise(resolve => setTimeout(resolve, LAST_WORDS_STEP_MS));
		const {snapshot_sequence: held} = await request(`${base}launch.json`).then(response => response.json());
		if (held > former.lastSequence) {
			former = (await open(await fetchSnapshot(base))).summary();
		}
	}
}

const LEFT_OVER_MS = 5000;

/**
 * What the learner's other courses left for this one. Work that an earlier visit left in this browser goes to the server
 * first: what comes back then holds it, and cannot undo it.
 * @param {string} base
 * @param {import('./uplink.js').Uplink} uplink
 */
export async function fetchGlobals(base, uplink) {
	if (uplink.state !== 'preview' && await uplink.settle(LEFT_OVER_MS)) {
		return bytes(`${base}globals`);
	}
	return new Uint8Array();
}

/**
 * Brings in the work that an earlier visit left in this browser, unless the learner went on elsewhere.
 * @param {() => Promise<Engine>} open
 * @param {Launch} launch
 * @param {number} lease
 * @param {Outbox} outbox
 * @returns {Promise<{engine: Engine, left: 'nothing'|'replayed'|'lost'}>}
 */
export async function bringIn(open, launch, lease, outbox) {
	const engine = await open();
	const rows = leftOver(launch.attempt, sealOf(launch, launch.attempt)).filter(row => row.lease < lease);
	const held = engine.summary().lastSequence;
	outbox.confirm(held);
	const work = chain(rows.flatMap(({increments}) => increments), held);
	if (work.length === 0) {
		forgetLeftOver(launch.attempt, lease);
		return {engine, left: 'nothing'};
	}
	/* A lease of somebody else came in between: numbers that the server holds already are not ours. */
	const elsewhere = rows[rows.length - 1].lease < lease - 1 && work[0].first <= held;
	try {
		if (elsewhere || work[0].first > held + 1) {
			throw new Error('the server went on without this work');
		}
		work.forEach(increment => engine.replay(increment.bytes));
	} catch (error) {
		console.warn('work left in this browser:', error);
		forgetLeftOver(launch.attempt, lease);
		return {engine: await open(), left: 'lost'};
	}
	work.forEach(increment => outbox.add(increment));
	forgetLeftOver(launch.attempt, lease);
	return {engine, left: 'replayed'};
}

/**
 * Sends the work that this browser kept of attempts which gave way meanwhile: it belongs to them. What is refused stays
 * here; what was not reached stays for the next visit.
 * @param {string} base
 * @param {Launch} launch
 */
export async function sendEarlier(base, launch) {
	for (const attempt of launch.earlier ?? []) {
		try {
			for (const {lease, increments} of leftOver(attempt, sealOf(launch, attempt))) {
				for (const {bytes: records} of increments) {
					const address = `${base}journal?lease=${lease}&attempt=${attempt}`;
					const response = await fetch(address, {method: 'POST', body: /** @type {BodyInit} */ (records)});
					if (!response.ok) {
						throw new Error(`${address} ${response.status}`);
					}
				}
			}
			forgetLeftOver(attempt, -1);
		} catch (error) {
			console.warn('work left in this browser:', error);
		}
	}
}

/** Those that bring something new, each once. @param {Increment[]} increments @param {number} held */
function chain(increments, held) {
	let last = held;
	return increments.filter(increment => {
		const fresh = increment.last > last;
		last = Math.max(last, increment.last);
		return fresh;
	});
}
