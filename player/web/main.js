/**
 * The player page: opens the launch named in its address and plays it.
 * @module
 */
import {leaveFor, reload} from './guard.js';
import {Course} from './course.js';
import {awaitLastWords, bringIn, fetchCourse, fetchGlobals, fetchSnapshot, LaunchError, request, sendEarlier} from './launch.js';
import {Lease} from './lease.js';
import {Outbox} from './outbox.js';
import {button} from './page.js';
import {handOver, isRenewal, offerRenewal} from './renewal.js';
import {sealOf} from './seal.js';
import {Shell} from './shell.js';
import {speak, text} from './texts.js';
import {Uplink} from './uplink.js';

/** @typedef {import('./launch.js').Launch} Launch */

let token = location.pathname.split('/')[2] ?? '';
const base = () => `/play/${token}/`;
/** Tokens that this page had before its log-in was renewed: the course that runs has its files under one of them. @type {string[]} */
const formers = [];
/** This origin's "/" leads to the application. */
let backUrl = '/';

async function main() {
	if (!('WebAssembly' in window && 'HTMLDialogElement' in window && 'BroadcastChannel' in window)) {
		throw new LaunchError('failBrowser', '');
	}
	/** @type {Launch} */
	const launch = await request(`${base()}launch.json`).then(response => response.json());
	backUrl = launch.back_url;
	speak(new URLSearchParams(location.search).get('lang') ?? launch.lang);
	await containServiceWorkers();
	const shell = new Shell(launch.back_url);
	shell.showTitles(launch.course.title, text('loading'));
	const seal = sealOf(launch, launch.attempt);
	if (isRenewal()) {
		shell.showPanel(text('renewed'), [text('renewedClose')]);
		handOver(seal, token);
		return;
	}

	if (launch.inspect) {
		await look(launch, shell);
		return;
	}
	const debug = launch.preview ? await debugTools() : null;
	debug?.pretend(launch);

	/** @type {Uplink} */
	let uplink;
	const open = await fetchCourse(base(), launch, debug?.TracedEngine);
	if (!launch.preview) {
		await awaitLastWords(base(), launch, open);
	}
	/* The lease first: from then on nobody else's records can arrive behind the snapshot that is fetched next. */
	const number = launch.preview ? launch.lease : await takeLease();
	const lease = new Lease(launch.attempt, number, seal, () => uplink.takenOver());
	const outbox = new Outbox(launch.attempt, number, seal);
	uplink = new Uplink(outbox, () => `${base()}journal?lease=${number}`);
	if (launch.preview) {
		uplink.state = 'preview';
	}
	/* Before the globals are asked for: they may be in it. */
	await sendEarlier(base(), launch);
	const snapshot = await fetchSnapshot(base());
	const {engine, left} = await bringIn(() => open(snapshot), launch, number, outbox);
	const course = new Course({engine, launch, outbox, uplink, lease, shell, contentAddress: () => `/content/${token}/`});
	watch(uplink, outbox, lease, shell, launch, course);
	showMode(shell, launch);
	course.begin(await fetchGlobals(base(), uplink));
	if (debug) {
		debug.showPanel(/** @type {any} */ (engine), launch, course);
	}
	if (launch.updated) {
		shell.notify(text('updated'));
	}
	if (left !== 'nothing') {
		shell.notify(text(left === 'replayed' ? 'replayed' : 'mergeLost'));
	}
}

/** What only a preview needs. */
async function debugTools() {
	const [{TracedEngine}, {pretend, showPanel}] = await Promise.all([import('./debug/trace.js'), import('./debug/preview.js')]);
	return {TracedEngine, pretend, showPanel};
}

/** Somebody looks at the journal of an attempt: nothing is played, nothing recorded. @param {Launch} launch @param {Shell} shell */
async function look(launch, shell) {
	const [{TracedEngine}, {showJournal}] = await Promise.all([import('./debug/trace.js'), import('./debug/journal.js')]);
	const open = await fetchCourse(base(), launch, TracedEngine);
	shell.onBack = () => leaveFor(launch.back_url);
	await showJournal(/** @type {any} */ (() => open(new Uint8Array())), {
		records: async after => new Uint8Array(await (await request(`${base()}records?after=${after}`)).arrayBuffer()),
		standing: async () => (await request(`${base()}standing`)).json(),
	}, launch, shell);
}

/** @returns {Promise<number>} */
async function takeLease() {
	const response = await request(`${base()}lease`, {method: 'POST'});
	return Number((await response.json()).lease);
}

/**
 * Shows how saving goes, and asks the learner where something must be done about it.
 * @param {Uplink} uplink @param {Outbox} outbox @param {Lease} lease @param {Shell} shell @param {Launch} launch @param {Course} course
 */
function watch(uplink, outbox, lease, shell, launch, course) {
	const askLogIn = offerRenewal(shell, new URL(launch.back_url, location.href).origin, launch.attempt, sealOf(launch, launch.attempt), renewed => {
		formers.push(token);
		token = renewed;
		void keepFormers();
		history.replaceState(null, '', base() + location.search);
		uplink.renewed();
	});
	const show = () => shell.showSaving(uplink, outbox.stored);
	let before = uplink.state;
	uplink.addEventListener('change', () => {
		show();
		if (uplink.state === before) {
			return;
		}
		before = uplink.state;
		if (uplink.state === 'expired') {
			askLogIn();
		} else if (uplink.state === 'taken') {
			lease.lose();
			course.readOnly();
			askTakeBack(shell);
		}
	});
	show();
}

/** Lets the course that runs go on loading its files. */
async function keepFormers() {
	for (const former of formers) {
		await fetch(`${base()}former/${former}`, {method: 'POST'}).catch(error => console.warn('the former address:', error));
	}
}

/** @param {Shell} shell */
function askTakeBack(shell) {
	const here = () => reload();
	const dialog = shell.ask(text('takenTitle'), text('takenText'), [
		{label: text('takeBack'), act: here},
		{label: text('look'), act: () => {
			dialog.close();
			shell.notify(text('taken'), [button(text('takeBack'), here)]);
		}},
	]);
}

/** @param {Shell} shell @param {Launch} launch */
function showMode(shell, launch) {
	if (launch.preview) {
		shell.showMode(text('preview'));
	} else if (launch.mode !== 'normal') {
		shell.showMode(text(launch.mode));
	}
}

/** A course's service worker would outlive its launch: none is kept. */
async function containServiceWorkers() {
	try {
		const registrations = await navigator.serviceWorker.getRegistrations();
		await Promise.all(registrations.map(registration => registration.unregister()));
	} catch {
		/* the browser has none here */
	}
}

/** @param {unknown} error */
function fail(error) {
	console.error(error);
	const panel = new Shell(backUrl);
	panel.onBack = () => leaveFor(backUrl);
	const [name, detail] = error instanceof LaunchError ? [error.text, error.detail] : /** @type {const} */ (['failCourse', String(error)]);
	panel.showTitles(text('failTitle'), text('failTitle'));
	panel.showPanel(text('failTitle'), [text(name, detail)], [
		button(text('back'), () => leaveFor(backUrl), name === 'failExpired'),
		button(text('retry'), () => reload(), name !== 'failExpired'),
	]);
}

main().catch(fail);
